type Schema = Readonly<Record<string, unknown>>;

/** The schema of a tool's input as providers take it, and the way back to the tool's own. */
export interface LegalInput {
  readonly schema: unknown;
  /** The input under the tool's own member names. */
  restore(input: unknown): unknown;
}

/** Anthropic refuses a request for one member name of one tool: `^[a-zA-Z0-9_.-]{1,64}$`. */
const maxLength = 64;
const legal = /^[a-zA-Z0-9_.-]+$/;

/** An object schema has its members listed, under names every provider takes; MCP servers give others. */
export function legalInput(schema: unknown): LegalInput {
  if (!isObject(schema) || schema.type !== 'object') return { schema, restore: (input) => input };
  const properties = isObject(schema.properties) ? schema.properties : {};
  const names = legalNames(Object.keys(properties));
  if (names.size === 0) {
    return { schema: schema.properties === undefined ? { ...schema, properties } : schema, restore: (input) => input };
  }
  const rename = (name: string) => names.get(name) ?? name;
  const own = new Map([...names].map(([name, legalName]) => [legalName, name]));
  return {
    schema: {
      ...schema,
      properties: renamed(properties, rename),
      ...(Array.isArray(schema.required) ? { required: schema.required.map((name) => rename(String(name))) } : {}),
    },
    restore: (input) => (isObject(input) ? renamed(input, (name) => own.get(name) ?? name) : input),
  };
}

/** New names for those that need one. */
function legalNames(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(names);
  const found = new Map<string, string>();
  for (const name of names) {
    if (name.length <= maxLength && legal.test(name)) continue;
    const plain = name.replace(/[^a-zA-Z0-9_.-]/g, '_') || '_';
    let candidate = plain.slice(0, maxLength);
    for (let count = 2; taken.has(candidate); count += 1) {
      candidate = `${plain.slice(0, maxLength - String(count).length - 1)}_${count}`;
    }
    taken.add(candidate);
    found.set(name, candidate);
  }
  return found;
}

function renamed(members: Schema, rename: (name: string) => string): Schema {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [rename(name), member]));
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

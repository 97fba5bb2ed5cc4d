import { isObject, type JsonObject } from './json.ts';

/** Values by the names of the members they belong to; a name with `undefined` is left out of the instance. */
export type Facts = { readonly [name: string]: unknown };

/** Makes up a plausible instance of a JSON Schema, with the facts where the schema has a member for them. */
export function instanceOf(schema: JsonObject, facts: Facts = {}): unknown {
  return build(schema, { root: schema, facts, name: 'value', depth: 0 });
}

/** The fact for a member; the last word of a JSON pointer or a dotted path is a name too. */
export function factFor(name: string, facts: Facts): { readonly value: unknown } | undefined {
  const key = [name, name.split(/[/.]/).at(-1) ?? name].find((candidate) => Object.hasOwn(facts, candidate));
  return key === undefined ? undefined : { value: facts[key] };
}

/** The members a schema names, references at its root resolved. */
export function memberNames(schema: JsonObject): readonly string[] {
  const { properties } = resolve(schema, schema);
  return isObject(properties) ? Object.keys(properties) : [];
}

interface Place {
  readonly root: JsonObject;
  readonly facts: Facts;
  readonly name: string;
  readonly depth: number;
}

const MAX_DEPTH = 8;

function build(unresolved: unknown, place: Place): unknown {
  const schema = resolve(isObject(unresolved) ? unresolved : {}, place.root);
  if ('const' in schema) return schema.const;
  if ('default' in schema) return schema.default;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0];
  switch (typeOf(schema)) {
    case 'object':
      return buildObject(schema, place);
    case 'array':
      return buildArray(schema, place);
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return buildNumber(schema);
    case 'null':
      return null;
    default:
      return buildString(schema, place.name);
  }
}

function resolve(schema: JsonObject, root: JsonObject, depth = 0): JsonObject {
  if (depth > MAX_DEPTH) return schema;
  if (typeof schema.$ref === 'string') return resolve(lookUp(schema.$ref, root), root, depth + 1);
  if (Array.isArray(schema.allOf)) {
    const { allOf, ...rest } = schema;
    const parts = allOf.filter(isObject).map((part) => resolve(part, root, depth + 1));
    const properties = Object.assign({}, ...[rest, ...parts].map((part) => part.properties));
    const required = [rest, ...parts].flatMap((part) => part.required ?? []);
    return Object.assign({}, ...parts, rest, Object.keys(properties).length > 0 && { properties, required });
  }
  const [choice] = [schema.anyOf, schema.oneOf].flatMap((branches) => (Array.isArray(branches) ? branches : []));
  if (!isObject(choice)) return schema;
  const { anyOf: _anyOf, oneOf: _oneOf, ...rest } = schema;
  return resolve({ ...rest, ...choice }, root, depth + 1);
}

function lookUp(reference: string, root: JsonObject): JsonObject {
  let found: unknown = root;
  for (const word of reference.replace(/^#\/?/, '').split('/').filter(Boolean)) {
    const name = decodeURIComponent(word).replaceAll('~1', '/').replaceAll('~0', '~');
    found = isObject(found) ? found[name] : undefined;
  }
  return isObject(found) ? found : {};
}

function typeOf(schema: JsonObject): unknown {
  if (Array.isArray(schema.type)) return schema.type.find((type) => type !== 'null') ?? 'null';
  if (schema.type !== undefined) return schema.type;
  if (isObject(schema.properties)) return 'object';
  return schema.items === undefined ? 'string' : 'array';
}

function buildObject(schema: JsonObject, place: Place): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(properties)) {
    const fact = factFor(name, place.facts);
    if (fact?.value !== undefined) members.push([name, fact.value]);
    else if (fact === undefined && (place.depth < 3 || required.includes(name)) && place.depth < MAX_DEPTH) {
      members.push([name, build(member, { ...place, name, depth: place.depth + 1 })]);
    }
  }
  return Object.fromEntries(members);
}

function buildArray(schema: JsonObject, place: Place): readonly unknown[] {
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY;
  const count = Math.min(typeof schema.minItems === 'number' ? Math.max(schema.minItems, 1) : 1, most);
  if (place.depth >= MAX_DEPTH) return [];
  return Array.from({ length: count }, () => build(schema.items, { ...place, depth: place.depth + 1 }));
}

function buildNumber(schema: JsonObject): number {
  const least = typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum + 1 : schema.minimum;
  const most = typeof schema.exclusiveMaximum === 'number' ? schema.exclusiveMaximum - 1 : schema.maximum;
  const step = typeof schema.multipleOf === 'number' ? schema.multipleOf : 1;
  const wanted = Math.ceil(Math.max(1, typeof least === 'number' ? least : 1) / step) * step;
  if (typeof most === 'number' && wanted > most) return Math.floor(most / step) * step;
  return wanted;
}

const FORMATS: { readonly [format: string]: string } = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'ada@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uuid: '00000000-0000-4000-8000-000000000000',
};

function buildString(schema: JsonObject, name: string): string {
  const plain = FORMATS[String(schema.format)] ?? `a practice ${name}`;
  const padded = typeof schema.minLength === 'number' ? plain.padEnd(schema.minLength, '.') : plain;
  return typeof schema.maxLength === 'number' ? padded.slice(0, schema.maxLength) : padded;
}

import type { Random } from './random.ts';

export const names = ['a', 'b', 'c', 'ab'];

const scalars = [0, 1, 2, 3, -1, 1.5, 0.3, 1e3, '', 'a', 'b', 'ab', 'ba', 'aab', 'a😀', '😀😀', true, false, null];
/** So long that engines that give up would. */
const long = ['a', 'ab', 'b'].map((text) => text.repeat(10_001));

/** A small JSON value over few names and scalars, so that it often fits a random schema. */
export function randomValue(random: Random, depth = 3): unknown {
  if (depth === 0 || random.chance(0.4)) return random.chance(0.01) ? random.pick(long) : random.pick(scalars);
  if (random.chance(0.4)) return random.list(0, 3, () => randomValue(random, depth - 1));
  return Object.fromEntries(random.list(0, 3, () => [random.pick(names), randomValue(random, depth - 1)] as const));
}

/** A value made along a schema, which often fits it, and else nearly. */
export function valueFor(schema: unknown, document: unknown, random: Random, depth = 5): unknown {
  if (typeof schema !== 'object' || schema === null || depth === 0 || random.chance(0.05))
    return randomValue(random, 2);
  const known = schema as Readonly<Record<string, unknown>>;
  const within = (part: unknown) => valueFor(part, document, random, depth - 1);
  if (typeof known.$ref === 'string' && random.chance(0.8)) return within(resolved(known.$ref, document));
  if (Array.isArray(known.enum)) return random.pick(known.enum);
  if ('const' in known) return known.const;
  const branches = [known.allOf, known.anyOf, known.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  for (const keyword of ['then', 'else', 'if']) if (keyword in known) branches.push(known[keyword]);
  const own = random.chance(0.5) ? ownValue(known, within, random) : undefined;
  if (branches.length === 0) return own ?? ownValue(known, within, random) ?? randomValue(random, 2);
  return merged(random.list(1, 2, () => within(random.pick(branches))).concat(own === undefined ? [] : [own]));
}

function resolved(reference: string, document: unknown): unknown {
  let schema: unknown = document;
  for (const key of reference.split('/').slice(1)) schema = (schema as Readonly<Record<string, unknown>>)[key];
  return schema;
}

function ownValue(
  schema: Readonly<Record<string, unknown>>,
  within: (part: unknown) => unknown,
  random: Random,
): unknown {
  const has = (...keywords: string[]) => keywords.some((keyword) => keyword in schema);
  if (has('properties', 'required', 'patternProperties', 'minProperties', 'additionalProperties')) {
    const properties = (schema.properties ?? {}) as Readonly<Record<string, unknown>>;
    const required = Array.isArray(schema.required) ? (schema.required as string[]) : [];
    const wanted = new Set([...required, ...Object.keys(properties).filter(() => random.chance(0.7))]);
    if (random.chance(0.3)) wanted.add(random.pick(names));
    const partOf = (name: string) => (Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties);
    return Object.fromEntries([...wanted].map((name) => [name, within(partOf(name))] as const));
  }
  if (has('items', 'prefixItems', 'contains', 'minItems', 'uniqueItems', 'unevaluatedItems')) {
    const first = [schema.prefixItems, schema.items].find(Array.isArray) ?? [];
    const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
    return random.list(0, 4, (index) => within(first[index] ?? (random.chance(0.5) ? schema.contains : rest)));
  }
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  const fitting = scalars.filter((value) => type === typeof value || (type === 'null' && value === null));
  if (type === 'integer') return random.below(4) - 1;
  if (type === 'array') return random.list(0, 2, () => random.pick(scalars));
  if (type === 'object') return Object.fromEntries([[random.pick(names), random.pick(scalars)]]);
  return fitting.length > 0 ? random.pick(fitting) : undefined;
}

/** Objects become one with the members of all; of other values the last one counts. */
function merged(values: readonly unknown[]): unknown {
  return values.reduce((one, other) => {
    const areObjects = [one, other].every(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    );
    return areObjects
      ? Object.fromEntries([...Object.entries(one as object), ...Object.entries(other as object)])
      : other;
  });
}

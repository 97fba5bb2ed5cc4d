import type { Random } from '../../faults/simulation/random.ts';

/**
 * A JSON Schema, a value that it wants, and values in place of that. A wrong one is of another type, lacks an end, or does
 * not fit before it is whole, so that a stream shows nothing of it that the right one does not have.
 */
export interface Kind {
  readonly schema: object;
  readonly right: unknown;
  wrong(random: Random): unknown;
}

/** A schema of some depth, as a member of an answer may have. */
export function randomKind(random: Random, depth: number): Kind {
  const nested = depth > 0 && random.chance(0.45);
  return nested ? random.pick(containers)(random, depth - 1) : random.pick(leaves)(random);
}

type Leaf = (random: Random) => Kind;

function leaf(schema: object, right: unknown, wrong: readonly unknown[]): Kind {
  return { schema, right, wrong: (random) => random.pick(wrong) };
}

const leaves: readonly Leaf[] = [
  (random) => leaf({ type: 'string' }, random.pick(texts), [{}, ['a', 'b']]),
  (random) => leaf({ type: 'string' }, random.pick(texts).repeat(random.between(1, 12)), [{}]),
  () => leaf({ type: 'number' }, 12, ['a dozen', {}, '12', [12], '12 ', null]),
  (random) => leaf({ type: 'number' }, random.pick([-0.5, 1e21, 0, 1.25e-7]), ['none', {}]),
  () => leaf({ type: 'integer', minimum: 1, maximum: 9 }, 7, [0, 'seven or so', '7', 7.5]),
  () => leaf({ type: 'number', multipleOf: 0.5 }, 1.5, [1.2, 'free']),
  () => leaf({ type: 'boolean' }, true, ['maybe', 'True', 1, {}]),
  () => leaf({ type: 'boolean' }, false, ['maybe', 'False', []]),
  (random) => leaf({ type: ['string', 'null'] }, random.pick([null, 'so']), [{}]),
  () => leaf({ enum: ['in_progress', 'done', 3] }, 'done', ['Done', 'purple', 'DONE ', 4]),
  () => leaf({ const: 'v1' }, 'v1', ['v2', 1]),
  () => leaf({ type: 'string', minLength: 3, pattern: '^[a-z]+$' }, 'abc', ['ab', 'a1']),
  () => leaf({ type: 'string', maxLength: 5 }, 'five', ['far too long']),
  () => leaf({ anyOf: [{ type: 'number' }, { type: 'array', items: { type: 'string' } }] }, ['a'], [{}, [{}]]),
  () => leaf({ not: { type: 'number' } }, 'no number', [5]),
  () => leaf({ type: 'array', items: { type: 'string' }, minItems: 2, uniqueItems: true }, ['a', 'b'], [['a'], []]),
  () => leaf({ type: 'array', items: { type: 'number' }, contains: { minimum: 5 } }, [1, 5], [[1]]),
];

const containers: readonly ((random: Random, depth: number) => Kind)[] = [objectKind, objectKind, list, record, union];

const names = ['city', 'item', 'unit_price', 'Total', 'a/b~c', 'q"q', 'größe', 'x', 'id', 'tags', 'notes', 'ok'];

/** An object of named members, of which some may be missing. */
export function objectKind(random: Random, depth: number): Kind {
  const chosen = names.filter(() => random.chance(0.3));
  if (chosen.length === 0) chosen.push('item');
  const kinds = new Map(chosen.map((name) => [name, randomKind(random, depth)]));
  const required = chosen.filter(() => random.chance(0.8));
  const isStrict = random.chance(0.5);
  const isOpen = !isStrict && chosen.length % 3 === 0;
  const right: Members = {};
  for (const [name, { right: value }] of kinds)
    if (required.includes(name) || random.chance(0.5)) add(right, name, value);
  if (!isStrict && random.chance(0.15)) add(right, 'extra', { by: 'hand' });
  const schema = {
    type: 'object',
    properties: Object.fromEntries([...kinds].map(([name, kind]) => [name, kind.schema])),
    required,
    ...(isStrict ? { additionalProperties: false } : isOpen ? { additionalProperties: true } : {}),
  };
  return { schema, right, wrong: (chance) => spoilt(right, { kinds, required, isOpen, random: chance }) };
}

type Members = Record<string, unknown>;

function add(members: Members, name: string, value: unknown): void {
  members[name] = value;
}

interface Spoiling {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly required: readonly string[];
  /** Whether a member of another name may be shown at once. */
  readonly isOpen: boolean;
  readonly random: Random;
}

/** One member is missing, spelt otherwise or wrong. */
function spoilt(right: Members, { kinds, required, isOpen, random }: Spoiling): unknown {
  const chosen = [...kinds].filter(([name]) => Object.hasOwn(right, name));
  if (chosen.length === 0) return [];
  const [name, kind] = random.pick(chosen);
  const { [name]: value, ...others } = right;
  if (required.includes(name) && random.chance(0.2)) return others;
  if (required.includes(name) && random.chance(0.1)) return isOpen ? others : { ...others, [capitalised(name)]: value };
  const wrong = kind.wrong(random);
  return Object.fromEntries(Object.entries(right).map(([key, member]) => [key, key === name ? wrong : member]));
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function list(random: Random, depth: number): Kind {
  const item = randomKind(random, depth);
  const length = random.between(1, 4);
  const minItems = random.between(0, length);
  const right = Array.from({ length }, () => item.right);
  const schema = { type: 'array', items: item.schema, ...(minItems === 0 ? {} : { minItems }) };
  return {
    schema,
    right,
    wrong(chance) {
      if (minItems > 1 && chance.chance(0.3)) return right.slice(0, minItems - 1);
      return right.with(chance.between(0, length - 1), item.wrong(chance));
    },
  };
}

/** An object of members with any name. */
function record(random: Random, depth: number): Kind {
  const member = randomKind(random, depth);
  const right = { first: member.right, second: member.right };
  return {
    schema: { type: 'object', additionalProperties: member.schema, minProperties: 2 },
    right,
    wrong: (chance) =>
      chance.chance(0.3) ? { first: member.right } : { first: member.right, second: member.wrong(chance) },
  };
}

/** An object with a tag, or another one. */
function union(random: Random, depth: number): Kind {
  const value = randomKind(random, depth);
  const other = { type: 'object', properties: { tag: { const: 'b' }, n: { type: 'number' } }, required: ['tag', 'n'] };
  const branch = {
    type: 'object',
    properties: { tag: { const: 'a' }, value: value.schema },
    required: ['tag', 'value'],
  };
  return {
    schema: { [random.pick(['anyOf', 'oneOf'])]: [branch, other] },
    right: { tag: 'a', value: value.right },
    wrong: (chance) => random.pick([{ tag: 'a' }, { tag: 'a', value: value.wrong(chance) }]),
  };
}

const texts = [
  'Lyon',
  'Lyon "old"',
  'a\\b\n\tc',
  '𝒳 – größer 🎉',
  'The {fox} [jumps], "over": it. ',
  '```',
  '',
  '<think>',
];

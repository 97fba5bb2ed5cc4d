import type { Random } from './random.ts';
import { names, randomValue } from './random-value.ts';

export type Dialect = '4' | '6' | '7' | '2019-09' | '2020-12';

export const dialects: Readonly<Record<Dialect, string>> = {
  '4': 'http://json-schema.org/draft-04/schema#',
  '6': 'http://json-schema.org/draft-06/schema#',
  '7': 'http://json-schema.org/draft-07/schema#',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

const patterns = ['^a', 'b$', '^[ab]*$', '', '^.{2,3}$', 'a.*b', '^(a|b)+$', '^(?!b)', '\\ba', '^(a?b){1,2}$'];
const types = ['string', 'number', 'integer', 'boolean', 'null', 'object', 'array'];

interface Making {
  readonly random: Random;
  readonly dialect: Dialect;
  /** How many levels of subschemas may follow. */
  readonly depth: number;
}

/** A schema document of a few definitions that may refer to each other, and themselves. */
export function randomDocument(random: Random, dialect: Dialect): JsonSchema {
  const making = { random, dialect, depth: 3 };
  const definitions = { one: schemaOf(making), two: schemaOf({ ...making, depth: 2 }) };
  const root = { allOf: [schemaOf(making)], [definitionsOf(dialect)]: definitions };
  return { $schema: dialects[dialect], ...root };
}

function definitionsOf(dialect: Dialect): string {
  return dialect.startsWith('20') ? '$defs' : 'definitions';
}

function schemaOf(making: Making): JsonSchema {
  const { random, dialect, depth } = making;
  if (dialect !== '4' && random.chance(0.06)) return random.chance(0.6);
  if (depth === 0 || random.chance(0.15)) return leafOf(making);
  const schema: Record<string, unknown> = {};
  const makers = keywordsOf(dialect);
  for (let count = random.below(4) + 1; count > 0; count--) Object.assign(schema, random.pick(makers)(making));
  return schema;
}

function leafOf({ random, dialect }: Making): JsonSchema {
  const count = () => random.below(4);
  const number = () => random.below(4) - 1;
  const exclusive =
    dialect === '4' ? { minimum: number(), exclusiveMinimum: random.chance(0.5) } : { exclusiveMaximum: number() };
  return random.pick<() => JsonSchema>([
    () => ({ type: random.pick(types) }),
    () => ({ type: [...new Set(random.list(1, 3, () => random.pick(types)))] }),
    () => ({ enum: uniqueValues(random) }),
    () => (dialect === '4' ? {} : { const: randomValue(random, 2) }),
    () => ({ minimum: number() }),
    () => ({ maximum: number() }),
    () => exclusive,
    () => ({ multipleOf: random.pick([1, 2, 0.5, 0.1, 3]) }),
    () => ({ minLength: count() }),
    () => ({ maxLength: count() }),
    () => ({ pattern: random.pick(patterns) }),
    () => ({ minItems: count(), maxItems: random.below(5) }),
    () => ({ minProperties: random.below(3) }),
    () => ({ maxProperties: count() }),
    () => ({ uniqueItems: random.chance(0.8) }),
    () => requiredOf(random),
    () => ({ type: 'string', minLength: 1, maxLength: 3, pattern: random.pick(patterns) }),
    () => ({}),
  ])();
}

type Keywords = (making: Making) => Readonly<Record<string, unknown>>;

function keywordsOf(dialect: Dialect): readonly Keywords[] {
  const has = (since: Dialect) => Object.keys(dialects).indexOf(dialect) >= Object.keys(dialects).indexOf(since);
  return [
    ...common,
    ...common,
    ...(dialect === '2020-12' ? [prefixItems] : [listedItems]),
    ...(has('6') ? [contains, propertyNames] : []),
    ...(has('7') ? [conditional, conditional] : []),
    ...(has('2019-09') ? [counted, dependents, unevaluated, unevaluated, unevaluatedBeside] : [dependencies]),
  ];
}

const common: readonly Keywords[] = [
  leafKeywords,
  leafKeywords,
  (making) => ({ allOf: schemas(making) }),
  (making) => ({ anyOf: schemas(making) }),
  (making) => ({ oneOf: schemas(making) }),
  (making) => ({ not: below(making) }),
  ({ random, dialect }) => ({ $ref: `#/${definitionsOf(dialect)}/${random.pick(['one', 'two'])}` }),
  (making) => ({ properties: members(making, names) }),
  (making) => ({ properties: members(making, names), ...requiredOf(making.random) }),
  (making) => ({ patternProperties: members(making, patterns) }),
  (making) => ({ additionalProperties: making.random.chance(0.3) ? false : below(making) }),
  (making) => ({ items: below(making) }),
];

function leafKeywords(making: Making) {
  const leaf = leafOf(making);
  return typeof leaf === 'object' ? leaf : {};
}

function prefixItems(making: Making) {
  const rest = making.random.chance(0.5) ? { items: below(making) } : {};
  return { prefixItems: schemas(making), ...rest };
}

function listedItems(making: Making) {
  const rest = making.random.chance(0.5) ? { additionalItems: below(making) } : {};
  return { items: schemas(making), ...rest };
}

function contains(making: Making) {
  return { contains: below(making) };
}

function counted(making: Making) {
  const { random } = making;
  const min = random.chance(0.5) ? { minContains: random.below(3) } : {};
  const max = random.chance(0.5) ? { maxContains: random.below(3) } : {};
  return { contains: below(making), ...min, ...max };
}

function propertyNames(making: Making) {
  return { propertyNames: below(making) };
}

function conditional(making: Making) {
  const branch = (name: string) => (making.random.chance(0.8) ? { [name]: below(making) } : {});
  return { if: below(making), ...branch('then'), ...branch('else') };
}

function dependencies(making: Making) {
  const { random } = making;
  const value = random.chance(0.5) ? below(making) : [...new Set(random.list(1, 2, () => random.pick(names)))];
  return { dependencies: Object.fromEntries([[random.pick(names), value]]) };
}

function dependents(making: Making) {
  const { random } = making;
  if (random.chance(0.5)) return { dependentSchemas: Object.fromEntries([[random.pick(names), below(making)]]) };
  return { dependentRequired: Object.fromEntries([[random.pick(names), [random.pick(names)]]]) };
}

function unevaluated(making: Making) {
  const keyword = making.random.pick(['unevaluatedProperties', 'unevaluatedItems']);
  return { [keyword]: making.random.chance(0.6) ? false : below(making) };
}

function unevaluatedBeside(making: Making) {
  return { ...unevaluated(making), [making.random.pick(['anyOf', 'oneOf', 'allOf'])]: schemas(making) };
}

function below(making: Making): JsonSchema {
  return schemaOf({ ...making, depth: making.depth - 1 });
}

function schemas(making: Making): JsonSchema[] {
  return making.random.list(1, 3, () => below(making));
}

function members(making: Making, keys: readonly string[]) {
  return Object.fromEntries(making.random.list(1, 3, () => [making.random.pick(keys), below(making)] as const));
}

function requiredOf(random: Random) {
  return { required: [...new Set(random.list(1, 2, () => random.pick(names)))] };
}

function uniqueValues(random: Random): unknown[] {
  const texts = new Set(random.list(1, 4, () => JSON.stringify(randomValue(random, 2))));
  return [...texts].map((text) => JSON.parse(text));
}

import fc from 'fast-check';

/** A schema that can be met, with values that meet it. */
export interface Shape {
  readonly schema: object;
  readonly instances: fc.Arbitrary<unknown>;
}

const names = ['a', 'b', 'c'] as const;
const letters = fc
  .array(fc.constantFrom('a', 'b', '"', '\\', '😀', '\n'), { maxLength: 4 })
  .map((parts) => parts.join(''));

const leaf = fc.constantFrom<Shape>(
  { schema: { type: 'string' }, instances: letters },
  { schema: {}, instances: letters },
  { schema: { type: 'string', maxLength: 3 }, instances: fc.constantFrom('', 'a', '😀😀') },
  { schema: { enum: ['abc', 'abd', 1] }, instances: fc.constantFrom('abc', 'abd', 1) },
  { schema: { type: 'integer', minimum: 3 }, instances: fc.integer({ min: 3, max: 200 }) },
  { schema: { type: ['boolean', 'null'] }, instances: fc.constantFrom(true, false, null) },
  { schema: { const: { a: [1] } }, instances: fc.constant({ a: [1] }) },
  { schema: { not: { type: 'object' } }, instances: fc.constantFrom(1, 'a', [{}], null) },
  { schema: { type: 'array', uniqueItems: true }, instances: fc.constantFrom([], [1, 2], [{ a: 1 }, { a: 2 }]) },
  { schema: { type: 'array', contains: { const: 1 } }, instances: fc.constantFrom([1], ['a', 1], [1, 'a', {}]) },
);

/** Shapes such as people write: objects, lists, unions told apart by a member, nullable values. */
export const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3 },
    { weight: 2, arbitrary: leaf },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.array(tie('shape'), { minLength: 1, maxLength: 3 }), fc.boolean()).map(objectOf),
    },
    { weight: 1, arbitrary: tie('shape').map(listOf) },
    { weight: 1, arbitrary: fc.tuple(tie('shape'), tie('shape'), fc.constantFrom('anyOf', 'oneOf')).map(unionOf) },
    { weight: 1, arbitrary: tie('shape').map(nullable) },
  ),
}));

function objectOf([shapes, isOpen]: [Shape[], boolean]): Shape {
  const entries = shapes.map((shape, index) => [names[index] ?? 'a', shape] as const);
  const [first] = entries;
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
      required: first ? [first[0]] : [],
      additionalProperties: isOpen,
    },
    instances: fc.record(Object.fromEntries(entries.map(([name, { instances }]) => [name, instances])), {
      requiredKeys: first ? [first[0]] : [],
    }),
  };
}

function listOf({ schema, instances }: Shape): Shape {
  return {
    schema: { type: 'array', items: schema, maxItems: 3 },
    instances: fc.array(instances, { maxLength: 3 }),
  };
}

function unionOf([one, other, keyword]: [Shape, Shape, string]): Shape {
  const branch = (kind: string, { schema }: Shape) => ({
    type: 'object',
    properties: { kind: { const: kind }, value: schema },
    required: ['kind', 'value'],
  });
  return {
    schema: { [keyword]: [branch('one', one), branch('other', other)] },
    instances: fc.oneof(
      fc.record({ kind: fc.constant('one'), value: one.instances }),
      fc.record({ value: other.instances, kind: fc.constant('other') }),
    ),
  };
}

function nullable({ schema, instances }: Shape): Shape {
  return { schema: { anyOf: [schema, { type: 'null' }] }, instances: fc.option(instances) };
}

/** The value with something in it replaced. */
export function changed(value: unknown, at: number, replacement: unknown): unknown {
  if (at % 3 === 0 || typeof value !== 'object' || value === null) return replacement;
  const next = Math.floor(at / 3);
  if (Array.isArray(value)) {
    if (value.length === 0) return [replacement];
    return value.map((item, index) => (index === next % value.length ? changed(item, next, replacement) : item));
  }
  const keys = Object.keys(value);
  const key = keys[next % (keys.length + 1)];
  if (key === undefined) return { ...value, extra: replacement };
  return { ...value, [key]: changed((value as Record<string, unknown>)[key], next, replacement) };
}

import fc from 'fast-check';

const names = ['a', 'b', 'c', 'hasOwnProperty'];
const name = fc.constantFrom(...names);
const scalar = fc.constantFrom<unknown>(0, 1, 2, 1.5, -1, '', 'a', 'b', 'ab', 'a😀', true, false, null);
const count = fc.nat(3);

/** Small JSON values over few names and scalars, so that they often fit a random schema. */
export const { value: jsonValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 3, arbitrary: recordOf(tie('value')) },
  ),
}));

function recordOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  return fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 3 }).map(toRecord);
}

/** An object with own members, `__proto__` too. */
function toRecord(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return record;
}

/** Random schemas that use every keyword. */
export const { schema: jsonSchema } = fc.letrec((tie) => {
  const schema = tie('schema');
  const schemas = fc.array(schema, { minLength: 1, maxLength: 3 });
  const schemaMap = fc.uniqueArray(fc.tuple(name, schema), { selector: ([key]) => key, maxLength: 3 }).map(toRecord);
  const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'object', 'array');
  const keywords: Record<string, fc.Arbitrary<unknown>> = {
    type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
    enum: fc.array(jsonValue, { minLength: 1, maxLength: 3 }),
    const: jsonValue,
    minimum: fc.integer({ min: -1, max: 2 }),
    maximum: fc.integer({ min: -1, max: 2 }),
    exclusiveMinimum: fc.integer({ min: -1, max: 1 }),
    exclusiveMaximum: fc.integer({ min: 0, max: 2 }),
    multipleOf: fc.constantFrom(1, 2, 0.5),
    minLength: count,
    maxLength: count,
    pattern: fc.constantFrom('^a', 'b$', '^[ab]*$', ''),
    properties: schemaMap,
    patternProperties: fc
      .uniqueArray(fc.tuple(fc.constantFrom('^a', 'b|c', 'O'), schema), { selector: ([key]) => key, maxLength: 2 })
      .map(toRecord),
    additionalProperties: schema,
    propertyNames: schema,
    required: fc.uniqueArray(name, { maxLength: 2 }),
    dependentRequired: fc.tuple(name, fc.uniqueArray(name, { maxLength: 2 })).map((entry) => toRecord([entry])),
    dependentSchemas: fc.tuple(name, schema).map((entry) => toRecord([entry])),
    minProperties: count,
    maxProperties: count,
    prefixItems: schemas,
    items: schema,
    contains: schema,
    minContains: count,
    maxContains: count,
    minItems: count,
    maxItems: count,
    uniqueItems: fc.boolean(),
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
    not: schema,
    if: schema,
    // biome-ignore lint/suspicious/noThenProperty: it is the keyword
    then: schema,
    else: schema,
    unevaluatedProperties: schema,
    unevaluatedItems: schema,
    $ref: fc.constantFrom('#/$defs/one', '#/$defs/two'),
  };
  // references, members and alternatives are what schemas meet each other by
  const frequent = ['$ref', '$ref', '$ref', 'properties', 'patternProperties', 'anyOf', 'oneOf', 'items'];
  const keyword = fc.constantFrom(...Object.keys(keywords), ...frequent).chain((key) => {
    const value = keywords[key] as fc.Arbitrary<unknown>;
    return value.map((argument) => [key, argument] as const);
  });
  return {
    schema: fc.oneof(
      { maxDepth: 3 },
      { weight: 1, arbitrary: fc.boolean() },
      {
        weight: 8,
        arbitrary: fc.uniqueArray(keyword, { selector: ([key]) => key, minLength: 0, maxLength: 4 }).map(toRecord),
      },
    ),
  };
});

/** A schema document: references lead to two definitions, which may be recursive. */
export const schemaDocument = fc
  .tuple(jsonSchema, jsonSchema, jsonSchema)
  .map(([root, one, two]) => ({ allOf: [root], $defs: { one, two } }));

/** The value as text, with members in any order and whitespace anywhere. */
export function textOf(value: unknown): fc.Arbitrary<string> {
  return fc.constantFrom(undefined, 1, '\t').map((indent) => JSON.stringify(value, null, indent));
}

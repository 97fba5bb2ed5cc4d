/**
 * What a Schema Object of OpenAPI 3.1 and later must be: its published schema leaves them to a dialect, and this is the
 * default one's keywords.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#schema-object
 */
export const schemaObject = {
  type: ['object', 'boolean'],
  properties: {
    ...each(['$ref', '$id', '$schema', '$anchor', '$comment', 'title', 'description', 'format'], { type: 'string' }),
    ...each(['pattern', 'contentMediaType', 'contentEncoding'], { type: 'string' }),
    ...each(['deprecated', 'readOnly', 'writeOnly', 'uniqueItems'], { type: 'boolean' }),
    ...each(['maximum', 'minimum', 'exclusiveMaximum', 'exclusiveMinimum'], { type: 'number' }),
    multipleOf: { type: 'number', exclusiveMinimum: 0 },
    ...each(['maxLength', 'minLength', 'maxItems', 'minItems', 'maxContains', 'minContains'], count()),
    ...each(['maxProperties', 'minProperties'], count()),
    ...each(['items', 'contains', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else'], schema()),
    ...each(['unevaluatedItems', 'unevaluatedProperties', 'contentSchema'], schema()),
    ...each(['properties', 'patternProperties', 'dependentSchemas', '$defs'], mapOf(schema())),
    ...each(['allOf', 'anyOf', 'oneOf', 'prefixItems'], { type: 'array', minItems: 1, items: schema() }),
    required: names(),
    dependentRequired: mapOf(names()),
    ...each(['enum', 'examples'], { type: 'array' }),
    type: {
      anyOf: [{ enum: types() }, { type: 'array', minItems: 1, uniqueItems: true, items: { enum: types() } }],
    },
    discriminator: {
      type: 'object',
      properties: { propertyName: { type: 'string' }, mapping: mapOf({ type: 'string' }) },
      required: ['propertyName'],
    },
    ...each(['xml', 'externalDocs'], { type: 'object' }),
  },
};

function each(keywords: readonly string[], value: object): Readonly<Record<string, object>> {
  return Object.fromEntries(keywords.map((keyword) => [keyword, value]));
}

function schema() {
  return { $ref: '#/$defs/schema' };
}

function mapOf(value: object) {
  return { type: 'object', additionalProperties: value };
}

function count() {
  return { type: 'integer', minimum: 0 };
}

function names() {
  return { type: 'array', uniqueItems: true, items: { type: 'string' } };
}

function types() {
  return ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
}

const any = { $ref: '#' };
const list = { type: 'array', items: any };
const map = { type: 'object', additionalProperties: any };
const count = { type: 'integer', minimum: 0 };
const types = { enum: ['string', 'number', 'integer', 'boolean', 'null', 'object', 'array'] };
const bound = { type: ['number', 'boolean'] };

function each<VALUE>(names: string, value: VALUE): Record<string, VALUE> {
  return Object.fromEntries(names.split(' ').map((name) => [name, value]));
}

/** What a JSON Schema of any draft may say, as far as a mistake in it would judge answers otherwise than its author thinks. */
export const schemaOfSchemas = {
  type: ['object', 'boolean'],
  properties: {
    type: { anyOf: [types, { type: 'array', items: types }] },
    items: { anyOf: [any, list] },
    enum: { type: 'array' },
    required: { type: ['array', 'boolean'], items: { type: 'string' } },
    pattern: { type: 'string' },
    uniqueItems: { type: 'boolean' },
    ...each('properties patternProperties dependentSchemas $defs definitions', map),
    ...each('allOf anyOf oneOf prefixItems', list),
    ...each('not if then else contains propertyNames additionalProperties additionalItems unevaluatedProperties', any),
    ...each('minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains', count),
    ...each('minimum maximum multipleOf', { type: 'number' }),
    ...each('exclusiveMinimum exclusiveMaximum', bound),
  },
};

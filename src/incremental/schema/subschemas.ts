import { isRecord } from '../text/json-type.ts';

const SINGLE = [
  'additionalItems',
  'additionalProperties',
  'contains',
  'else',
  'if',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const LISTS = ['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems'];
const MAPS = ['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'];

/** The schemas written inside a schema, under the keywords that hold schemas and no others. */
export function* subschemasOf(schema: Readonly<Record<string, unknown>>): Generator<unknown> {
  for (const keyword of SINGLE) yield schema[keyword];
  for (const keyword of LISTS) {
    const value = schema[keyword];
    if (Array.isArray(value)) yield* value;
    else yield value;
  }
  for (const keyword of MAPS) {
    const value = schema[keyword];
    if (isRecord(value)) yield* Object.values(value);
  }
}

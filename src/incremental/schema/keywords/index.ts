import type { Keyword } from '../keyword-site.ts';
import { allOf } from './all-of.ts';
import { anyOf } from './any-of.ts';
import { contains } from './contains.ts';
import { dependentRequired } from './dependent-required.ts';
import { dependentSchemas } from './dependent-schemas.ts';
import { enumAndConst } from './enum.ts';
import { format } from './format.ts';
import { ifThenElse } from './if.ts';
import { itemCount } from './item-count.ts';
import { items } from './items.ts';
import { length } from './length.ts';
import { not } from './not.ts';
import { numbers } from './numbers.ts';
import { oneOf } from './one-of.ts';
import { pattern } from './pattern.ts';
import { properties } from './properties.ts';
import { propertyCount } from './property-count.ts';
import { propertyNames } from './property-names.ts';
import { ref } from './ref.ts';
import { required } from './required.ts';
import { type } from './type.ts';
import { unevaluated } from './unevaluated.ts';
import { uniqueItems } from './unique-items.ts';

/** Which function reads which keyword; what is not listed demands nothing. */
const readers: Readonly<Record<string, readonly Keyword[]>> = {
  $dynamicRef: [ref],
  $recursiveRef: [ref],
  $ref: [ref],
  additionalProperties: [properties],
  allOf: [allOf],
  anyOf: [anyOf],
  const: [enumAndConst],
  contains: [contains],
  dependencies: [dependentRequired, dependentSchemas],
  dependentRequired: [dependentRequired],
  dependentSchemas: [dependentSchemas],
  enum: [enumAndConst],
  exclusiveMaximum: [numbers],
  exclusiveMinimum: [numbers],
  format: [format],
  if: [ifThenElse],
  items: [items],
  maxItems: [itemCount],
  maxLength: [length],
  maxProperties: [propertyCount],
  maximum: [numbers],
  minItems: [itemCount],
  minLength: [length],
  minProperties: [propertyCount],
  minimum: [numbers],
  multipleOf: [numbers],
  not: [not],
  oneOf: [oneOf],
  pattern: [pattern],
  patternProperties: [properties],
  prefixItems: [items],
  properties: [properties],
  propertyNames: [propertyNames],
  required: [required],
  type: [type],
  unevaluatedItems: [unevaluated],
  unevaluatedProperties: [unevaluated],
  uniqueItems: [uniqueItems],
};

const byName = new Map(Object.entries(readers));

/** The functions that read a schema's keywords, each once. */
export function readersOf(schema: object): Iterable<Keyword> {
  const found = new Set<Keyword>();
  for (const name of Object.keys(schema)) for (const reader of byName.get(name) ?? []) found.add(reader);
  return found;
}

import type { Keyword } from '../compiler.ts';
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

/** Every keyword that judges, cheap ones first. */
export const keywords: readonly Keyword[] = [
  type,
  enumAndConst,
  numbers,
  length,
  pattern,
  format,
  required,
  dependentRequired,
  propertyCount,
  propertyNames,
  properties,
  itemCount,
  items,
  uniqueItems,
  contains,
  ref,
  allOf,
  anyOf,
  oneOf,
  not,
  ifThenElse,
  dependentSchemas,
  unevaluated,
];

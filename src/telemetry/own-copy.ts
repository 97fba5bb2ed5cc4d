import { isOurs } from '../errors/is-ours.ts';

/**
 * A copy for a reader who may change it. Lists, plain objects and the errors of this library are copied; anything else,
 * such as a provider's error or the instance of a class, is the same.
 */
export function ownCopy<VALUE>(value: VALUE, copies: Map<object, unknown> = new Map()): VALUE {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value) as VALUE | undefined; // what was made of it
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    copies.set(value, list);
    for (const item of value) list.push(ownCopy(item, copies));
    return list as VALUE;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return copyOfMembers(value, copies) as VALUE;
  return isOurs(value) ? copyOfError(value, copies) : value;
}

function copyOfMembers(value: object, copies: Map<object, unknown>): object {
  const copy: Record<string, unknown> = {};
  copies.set(value, copy);
  for (const name of Object.keys(value)) {
    const member = ownCopy((value as typeof copy)[name], copies);
    if (name === '__proto__') Object.defineProperty(copy, name, { value: member, enumerable: true });
    else copy[name] = member;
  }
  return copy;
}

/** With the members that are not printed, and the symbols by which it is known. */
function copyOfError<ERROR extends Error>(error: ERROR, copies: Map<object, unknown>): ERROR {
  // An error to the platform too, unlike an object of the same prototype.
  const copy = Object.setPrototypeOf(new Error(), Object.getPrototypeOf(error)) as ERROR;
  copies.set(error, copy);
  for (const name of Reflect.ownKeys(error)) {
    const value: unknown = ownCopy(Reflect.get(error, name), copies);
    const enumerable = Object.prototype.propertyIsEnumerable.call(error, name);
    Object.defineProperty(copy, name, { value, enumerable, writable: true, configurable: true });
  }
  return copy;
}

import { isOurs } from '../errors/is-ours.ts';
import { copied } from '../trace/copied.ts';

/**
 * A copy of an error of ours, which holds the history of its run, for a sink that may change it. An error of somebody else
 * is the same.
 */
export function ownError(error: unknown): unknown {
  if (!isOurs(error)) return error;
  // An error to the platform too, unlike an object of the same prototype.
  const copy = Object.setPrototypeOf(new Error(), Object.getPrototypeOf(error)) as Error;
  for (const name of Reflect.ownKeys(error)) {
    const value: unknown = copied(Reflect.get(error, name));
    const enumerable = Object.prototype.propertyIsEnumerable.call(error, name);
    Object.defineProperty(copy, name, { value, enumerable, writable: true, configurable: true });
  }
  return copy;
}

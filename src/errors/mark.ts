import { errorName } from './error-name.ts';

/**
 * Makes an error known by its name, as the SDK makes its own, to a second copy of this package too. Not by a class field:
 * bundlers keep a class that has a computed name, used or not.
 */
export function markAs(error: Error, name: string): void {
  Object.defineProperty(error, markerOf(name), { value: true });
}

/** The same for an error that may have a cause, which is not printed. */
export function mark(error: Error, name: string): void {
  markAs(error, name);
  hide(error, 'cause');
  Object.defineProperty(error, Symbol.for('nodejs.util.inspect.custom'), { value: inspected });
}

/** Node prints a cause whole, and with it what was sent, keys included. It is named instead, and read as before. */
function inspected(this: Error, _depth: number, options: object, inspect: (value: unknown, options: object) => string) {
  const { cause, stack } = this;
  const { name: _, ...members } = Object.fromEntries(Object.entries(this));
  if (cause !== undefined) Object.assign(members, { cause: errorName(cause) ?? typeof cause });
  return `${stack} ${inspect(members, options)}`;
}

export function isMarked(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, markerOf(name)) === true;
}

function markerOf(name: string): symbol {
  return Symbol.for(`ai-staged-retry.error.${name}`);
}

/** Keeps members that hold prompts and answers out of what prints an error, or makes JSON of it. They are read as before. */
export function hide<ERROR extends Error>(error: ERROR, ...members: readonly (keyof ERROR)[]): void {
  for (const member of members) Object.defineProperty(error, member, { enumerable: false });
}

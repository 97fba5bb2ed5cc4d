/**
 * Makes an error known by its name, as the SDK makes its own, to a second copy of this package too. Not by a class field:
 * bundlers keep a class that has a computed name, used or not.
 */
export function mark(error: Error, name: string): void {
  Object.defineProperty(error, markerOf(name), { value: true });
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

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

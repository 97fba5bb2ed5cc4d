/** The types of a JSON value as one bit each, so that a set of types is a number. */
export const NULL = 1;
export const BOOLEAN = 2;
export const NUMBER = 4;
export const STRING = 8;
export const ARRAY = 16;
export const OBJECT = 32;
export const CONTAINER = ARRAY | OBJECT;
export const ANY = NULL | BOOLEAN | NUMBER | STRING | ARRAY | OBJECT;

/** The bit of a value's type. */
export function typeOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'number':
      return NUMBER;
    case 'boolean':
      return BOOLEAN;
    default:
      return value === null ? NULL : Array.isArray(value) ? ARRAY : OBJECT;
  }
}

const NAMES: readonly (readonly [number, string])[] = [
  [STRING, 'a string'],
  [NUMBER, 'a number'],
  [BOOLEAN, 'a boolean'],
  [OBJECT, 'an object'],
  [ARRAY, 'an array'],
  [NULL, 'null'],
];

/** The types of a set in words, `null` last. */
export function typeNames(types: number): string[] {
  return NAMES.filter(([type]) => (types & type) !== 0).map(([, name]) => name);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { OBJECT, STRING, typeNames, typeOf } from '../text/json-type.ts';

const LIMIT = 60;

/** What stands in the answer, in words: `the string "12"`, `an object`. */
export function received(value: unknown): string {
  const type = typeOf(value);
  if (type >= STRING << 1) return type === OBJECT ? 'an object' : 'an array';
  if (value === null || typeof value === 'boolean') return String(value);
  return `the ${typeof value} ${shown(value)}`;
}

/** The value as JSON text, cut. */
export function shown(value: unknown): string {
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, LIMIT + 1) : value) ?? String(value);
  return text.length > LIMIT ? `${text.slice(0, LIMIT)}…` : text;
}

/** `a, b or c`, cut after eight. */
export function alternatives<NAMED>(values: readonly NAMED[], nameOf: (value: NAMED) => string): string {
  const listed = values.slice(0, 8).map(nameOf);
  if (values.length > 8) listed.push(`${values.length - 8} more`);
  return listed.length < 2 ? (listed[0] ?? '') : `${listed.slice(0, -1).join(', ')} or ${listed.at(-1)}`;
}

/** `a string or null` for a set of types. */
export function anyOfTypes(types: number): string {
  return alternatives(typeNames(types), String);
}

import type { Site } from '../compiler.ts';
import { formatCheck } from '../formats.ts';
import { STRING } from '../json-type.ts';
import { received } from '../received.ts';

/** `format`, where it is asserted. */
export function format({ node, get, formats }: Site): void {
  const name = get('format');
  if (formats !== 'assert' || typeof name !== 'string') return;
  const check = formatCheck(name);
  if (check === undefined) return;
  node.assertions.push({
    types: STRING,
    isMet: (value) => check(value as string),
    demand: (where, value) => `Make ${where} a valid ${name}; it is ${received(value)}.`,
  });
}

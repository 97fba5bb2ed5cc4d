import { formatCheck } from '../formats.ts';
import { STRING } from '../json-type.ts';
import { received } from '../received.ts';
import type { Site } from '../site.ts';

/** `format`, where it is asserted. */
export function format(site: Site): void {
  const { node, formats } = site;
  const name = site.get('format');
  if (formats !== 'assert' || typeof name !== 'string') return;
  const check = formatCheck(name);
  if (check === undefined) return;
  node.assertions.push({
    types: STRING,
    isMet: (value) => check(value as string),
    demand: (where, value) => `Make ${where} a valid ${name}; it is ${received(value)}.`,
  });
}

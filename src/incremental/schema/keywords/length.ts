import { STRING } from '../../text/json-type.ts';
import type { Site } from '../keyword-site.ts';

/** `minLength` and `maxLength`, counted in code points. */
export function length(site: Site): void {
  const { node } = site;
  const minimum = site.get('minLength');
  if (typeof minimum === 'number' && minimum > 0) {
    node.assertions.push({
      types: STRING,
      judge: (value) => isAtLeast(value as string, minimum),
      demand: (where, value) =>
        `Make ${where} at least ${minimum} characters long; it has ${codePoints(value as string)}.`,
    });
  }
  const maximum = site.get('maxLength');
  if (typeof maximum === 'number') {
    node.assertions.push({
      types: STRING,
      judge: (value) => !isAtLeast(value as string, maximum + 1),
      canBegin: (prefix) => prefix.length <= maximum,
      demand: (where, value) =>
        `Make ${where} at most ${maximum} characters long; it has ${codePoints(value as string)}.`,
    });
  }
}

function isAtLeast(text: string, count: number): boolean {
  if (text.length < count) return false;
  return text.length >= 2 * count || codePoints(text) >= count;
}

/** The number of code points; a surrogate pair is one. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let position = 0; position < text.length - 1; position++) {
    if ((text.charCodeAt(position) & 0xfc00) === 0xd800 && (text.charCodeAt(position + 1) & 0xfc00) === 0xdc00) {
      count--;
      position++;
    }
  }
  return count;
}

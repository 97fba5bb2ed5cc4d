import { received } from '../../explaining/received.ts';
import { STRING } from '../../text/json-type.ts';
import type { Site } from '../keyword-site.ts';

/** `pattern`: a regular expression that matches somewhere in the string. */
export function pattern(site: Site): void {
  const source = site.get('pattern');
  if (typeof source !== 'string') return;
  const test = site.pattern(source);
  site.node.assertions.push({
    types: STRING,
    judge: (value) => test(value as string),
    demand: (where, value) => `Make ${where} match the pattern ${source}; it is ${received(value)}.`,
  });
}

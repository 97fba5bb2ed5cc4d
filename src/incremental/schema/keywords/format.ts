import { received } from '../../explaining/received.ts';
import { STRING } from '../../text/json-type.ts';
import { formatCheck, UNJUDGED_FORMATS } from '../formats.ts';
import type { Site } from '../keyword-site.ts';

/** `format`, where it is asserted. */
export function format(site: Site): void {
  const { node, formats } = site;
  const name = site.get('format');
  if (formats !== 'assert' || typeof name !== 'string') return;
  if (UNJUDGED_FORMATS.has(name)) site.limit(`the format ${name} is not judged and accepts everything`);
  const check = formatCheck(name);
  if (check === undefined) return;
  node.assertions.push({
    types: STRING,
    isMet: (value) => check(value as string),
    demand: (where, value) => `Make ${where} a valid ${name}; it is ${received(value)}.`,
  });
}

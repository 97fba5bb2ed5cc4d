import { received } from '../../explaining/received.ts';
import { STRING } from '../../text/json-type.ts';
import { formatCheck, formatLimit } from '../formats.ts';
import type { Site } from '../keyword-site.ts';

/** `format`, where it is asserted. */
export function format(site: Site): void {
  const { node, formats } = site;
  const name = site.get('format');
  if (formats !== 'assert' || typeof name !== 'string') return;
  const limit = formatLimit(name);
  if (limit !== undefined) site.limit(`the format ${name} is not judged on ${limit}`);
  const check = formatCheck(name);
  if (check === undefined) return;
  node.assertions.push({
    types: STRING,
    judge: (value) => {
      const text = value as string;
      const truth = check(text);
      if (truth === undefined) site.limit(`the format ${name} is not judged on a string of ${text.length} characters`);
      return truth;
    },
    demand: (where, value) => `Make ${where} a valid ${name}; it is ${received(value)}.`,
  });
}

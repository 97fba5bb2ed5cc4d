import type { Answer } from '../../model/answer.ts';
import type { IssuePath } from '../../trace/issue.ts';
import type { Check, FoundIssue } from '../check.ts';
import { anyJson } from '../json.ts';
import { type Place, placesAt, toPath } from './place.ts';

/** Each is parsed, which takes its time. */
const mostTexts = 100;

/** Judges the answer's text, or what stands at each place of its JSON value that a path leads to. */
export function eachParsed(
  place: Place | undefined,
  judge: (found: unknown, path: IssuePath) => Promise<readonly FoundIssue[]>,
): Pick<Check, 'schema' | 'test'> {
  if (place === undefined) return { test: ({ text }) => judge(text, []) };
  const wanted = toPath(place);
  const test = async ({ value }: Answer) => {
    const places = placesAt(value, wanted);
    if (places.length > mostTexts)
      return [{ message: `Put at most ${mostTexts} texts at ${place}; there are ${places.length}.` }];
    const issues: FoundIssue[] = [];
    for (const { value: found, path } of places) issues.push(...(await judge(found, path)));
    return issues;
  };
  return { schema: anyJson, test };
}

import type { Answer } from '../model/answer.ts';
import type { IssuePath } from '../trace/issue.ts';
import type { FoundIssue } from './check.ts';
import { type Place, placesAt, toPath } from './place.ts';

/** Each is parsed, which takes its time. */
const mostTexts = 100;

/** Judges the answer's text, or what stands at each place of its JSON value that a path leads to. */
export function eachParsed(
  place: Place | undefined,
  judge: (found: unknown, path: IssuePath) => Promise<readonly FoundIssue[]>,
): (answer: Answer) => Promise<readonly FoundIssue[]> {
  if (place === undefined) return ({ text }) => judge(text, []);
  const wanted = toPath(place);
  return async ({ value }) => {
    const places = placesAt(value, wanted);
    if (places.length > mostTexts)
      return [{ message: `Put at most ${mostTexts} texts at ${place}; there are ${places.length}.` }];
    const issues: FoundIssue[] = [];
    for (const { value: found, path } of places) issues.push(...(await judge(found, path)));
    return issues;
  };
}

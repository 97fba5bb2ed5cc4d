import type { Answer } from '../../model/answer.ts';
import type { IssuePath } from '../../trace/issue.ts';
import type { Check, FoundIssue } from '../check.ts';
import { anyJson } from '../json.ts';
import { type Place, placesAt, toPath } from './place.ts';

const mostIssues = 50;

/** Judges the whole text, or each string at a place of an answer that is JSON. */
export function eachText(
  place: Place | undefined,
  judge: (text: string) => readonly string[],
): Required<Pick<Check, 'test'>> & Pick<Check, 'schema'> {
  if (place === undefined) return { test: ({ text }) => judge(text).map((message) => ({ message })) };
  const path = toPath(place);
  const test = ({ value }: Answer): FoundIssue[] =>
    placesAt(value, path)
      .flatMap(({ value: found, path: at }) => {
        const messages = typeof found === 'string' ? judge(found) : [noText(at)];
        return messages.map((message) => ({ message, path: at }));
      })
      .slice(0, mostIssues);
  return { schema: anyJson, test };
}

function noText(path: IssuePath): string {
  return `Put a text at ${path.length === 0 ? 'the top' : path.join('.')}, as a string.`;
}

import type { Answer } from '../model/answer.ts';
import type { IssuePath } from '../trace/issue.ts';
import type { FoundIssue } from './check.ts';
import { type Place, placesAt, toPath } from './place.ts';

const mostIssues = 50;

/** Judges the whole text, or each string at a place. */
export function eachText(place: Place | undefined, judge: (text: string) => readonly string[]) {
  if (place === undefined) return ({ text }: Answer) => judge(text).map((message) => ({ message }));
  const path = toPath(place);
  return ({ value }: Answer): FoundIssue[] =>
    placesAt(value, path)
      .flatMap(({ value: found, path: at }) => {
        const messages = typeof found === 'string' ? judge(found) : [noText(at)];
        return messages.map((message) => ({ message, path: at }));
      })
      .slice(0, mostIssues);
}

function noText(path: IssuePath): string {
  return `Put a text at ${path.length === 0 ? 'the top' : path.join('.')}, as a string.`;
}

import type { Steps } from '../../effects/in-turns.ts';
import { fencesIn } from './fences.ts';

const inline = /`[^`\n]+`/g;

/** The text with blanks in place of its code: closed fences, and what stands between backticks. */
export function* withoutCode(text: string): Steps<string> {
  if (!/[`~]/.test(text)) return text;
  const parts: string[] = [];
  let position = 0;
  for (const { start, end, isClosed } of fencesIn(text)) {
    yield;
    if (!isClosed) continue;
    parts.push(yield* withoutInline(text.slice(position, start)), ' '.repeat(end - start));
    position = end;
  }
  parts.push(yield* withoutInline(text.slice(position)));
  return parts.join('');
}

function* withoutInline(text: string): Steps<string> {
  const parts: string[] = [];
  let position = 0;
  for (const { 0: code, index } of text.matchAll(inline)) {
    yield;
    parts.push(text.slice(position, index), ' '.repeat(code.length));
    position = index + code.length;
  }
  parts.push(text.slice(position));
  return parts.join('');
}

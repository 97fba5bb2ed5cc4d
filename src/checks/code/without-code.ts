import { fencesOf } from './fences.ts';

const inline = /`[^`\n]+`/g;

/** The text with blanks in place of its code: closed fences, and what stands between backticks. */
export function withoutCode(text: string): string {
  if (!/[`~]/.test(text)) return text;
  let outside = '';
  let position = 0;
  for (const { start, end, isClosed } of fencesOf(text)) {
    if (!isClosed) continue;
    outside += text.slice(position, start) + ' '.repeat(end - start);
    position = end;
  }
  return (outside + text.slice(position)).replace(inline, (code) => ' '.repeat(code.length));
}

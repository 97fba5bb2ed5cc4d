import type { Candidate } from '../../answers/candidate.ts';
import { withText, withTextParts } from '../../answers/with-text.ts';
import { isIntermediate } from '../../checks/plan/verdict.ts';
import type { Run } from '../../context/run.ts';
import { parseJson } from '../../trace/parse-json.ts';

/**
 * An answer that nothing accepted, as the model wrote it. Where part of it was released, the opening of a code fence goes,
 * and values that were released as they were read stay so; `undefined` if it contradicts what was released.
 */
export async function asWritten(run: Run, candidate: Candidate): Promise<Candidate | undefined> {
  const { original, readText } = candidate;
  if (isIntermediate(original.result.content)) return { ...candidate, ...original };
  const text = await continuing(run, original.text, original.text);
  if (text !== undefined) return { ...candidate, ...original, original: { ...original, text } };
  const read = readText === undefined ? undefined : await continuing(run, readText, original.text);
  if (read === undefined) return undefined;
  const result = withText(original.result, read);
  const parts = original.parts && withTextParts(original.parts, read);
  return { ...candidate, result, parts, original: { text: read, result, parts } };
}

/** White space, a byte order mark, and the opening of a code fence are not released. */
const opening = /^[\s\uFEFF]*(?:```[\w-]{0,100}\s*)?/;

/**
 * A text, or all of it but its opening, that continues what was released, and is JSON if the answer is: the JSON of an
 * answer that the SDK refuses must not pass for it.
 */
async function continuing({ live, abortSignal }: Run, text: string, answer: string): Promise<string | undefined> {
  if (live === undefined || live.text.owed() === '') return text;
  const opened = text.replace(opening, '');
  for (const rest of opened === text ? [text] : [opened, text]) {
    if (rest !== answer && (parseJson(rest) === undefined) !== (parseJson(answer) === undefined)) continue;
    if ((await live.text.compare(rest, abortSignal)) === undefined) return rest;
  }
  return undefined;
}

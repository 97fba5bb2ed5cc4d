/** Work that can be left off at each step. */
export type Steps<RESULT> = Generator<undefined, RESULT>;

/** How long the event loop may stand still, in milliseconds. */
const longestTurnMs = 12;
/** Work on fewer characters is done at once. */
const longText = 16_384;

/** Does work on so many characters; a long one lets the event loop turn between its steps, and ends when the caller aborts. */
export function inTurns<RESULT>(
  work: Steps<RESULT>,
  { length, abortSignal }: { readonly length: number; readonly abortSignal?: AbortSignal | undefined },
): RESULT | Promise<RESULT> {
  return length < longText ? atOnce(work) : turning(work, abortSignal);
}

/** Does all the work now. */
export function atOnce<RESULT>(work: Steps<RESULT>): RESULT {
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}

async function turning<RESULT>(work: Steps<RESULT>, abortSignal: AbortSignal | undefined): Promise<RESULT> {
  let begun = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value;
    if (performance.now() - begun < longestTurnMs) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    abortSignal?.throwIfAborted();
    begun = performance.now();
  }
}

import { differences, measureCalls, measureStructured, missing } from '../test/reading/raw-answers.ts';

/** Prints what reading makes of recorded raw answers, and where it differs from a reader that guesses. */
if (missing !== undefined) {
  console.log(`Skipped: ${missing}`);
} else {
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const [structured, calls] = [measureStructured(), measureCalls()];
  console.table({
    'structured answers': { answers: structured.answers, valid: share(structured.valid, structured.answers) },
    'function calls': {
      answers: calls.answers,
      valid: share(calls.valid, calls.answers),
      accepted: share(calls.accepted, calls.answers),
    },
  });
  for (const { id, raw, ours, theirs } of differences()) {
    console.log(`${id}  ${JSON.stringify(raw).slice(0, 90)}\n    ours:   ${ours ?? 'not read'}\n    theirs: ${theirs}`);
  }
}

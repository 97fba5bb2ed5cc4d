import { differences } from '../test/reading/differences.ts';
import { measureCalls, measureStructured, throughTheLibrary } from '../test/reading/raw-answers.ts';
import { missing } from '../test/reading/recorded.ts';

/** Prints what reading makes of recorded raw answers, and where it differs from a reader that guesses. */
if (missing !== undefined) {
  console.log(`Skipped: ${missing}`);
} else {
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  // As a caller gets them: `generateText` with a wrapped model.
  const [structured, calls] = [await measureStructured(throughTheLibrary), await measureCalls(throughTheLibrary)];
  console.table({
    'structured answers': { answers: structured.answers, valid: share(structured.valid, structured.answers) },
    'function calls': {
      answers: calls.answers,
      valid: share(calls.valid, calls.answers),
      accepted: share(calls.accepted, calls.answers),
    },
  });
  const found = differences();
  for (const { id, raw, ours, theirs, reason } of found) {
    console.log(`${id}  ${JSON.stringify(raw).slice(0, 90)}`);
    console.log(
      `    reason: ${reason ?? 'NONE'}\n    ours:   ${ours === undefined ? 'not read' : JSON.stringify(ours)}`,
    );
    console.log(`    theirs: ${JSON.stringify(theirs).slice(0, 200)}`);
  }
  const silent = found.filter(({ reason }) => reason === undefined).length;
  const invented = structured.invented.length + calls.invented.length;
  const lost = structured.lost.length + calls.lost.length;
  console.log(
    `Differences to readers that guess: ${found.length}, silent: ${silent}. Invented: ${invented}. Lost: ${lost}.`,
  );
  process.exitCode = silent + invented + lost > 0 ? 1 : 0;
}

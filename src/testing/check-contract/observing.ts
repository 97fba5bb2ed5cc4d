import type { Check, CheckContext } from '../../checks/check.ts';
import { canonicalJson } from '../../trace/canonical-json.ts';
import { runCheck } from '../run-check.ts';
import type { AnswerCase } from './saying.ts';

/** How long a check may go on after its run was aborted. */
export const graceMs = 2000;

/** What of that which a check is shown is another one when it has judged. */
export async function changedBy(check: Check, answer: AnswerCase, context: Partial<CheckContext>) {
  const { test } = check;
  if (test === undefined) return undefined;
  let changed: string | undefined;
  const watched: Check = {
    ...check,
    async test(judged, around) {
      const parts = Object.entries({ answer: judged, params: around.params, history: around.history });
      const before = parts.map(([, part]) => textOf(part));
      const found = await test.call(check, judged, around);
      changed = parts.find(([, part], index) => textOf(part) !== before[index])?.[0];
      return found;
    },
  };
  await runCheck(watched, answer, context);
  return changed;
}

/** Whether a check's own code ends when its run is aborted; the run itself would not wait for it. */
export async function endsOnAbort(check: Check, answer: AnswerCase, context: Partial<CheckContext>): Promise<boolean> {
  const { test } = check;
  if (test === undefined) return true;
  const abort = new AbortController();
  let judging: Promise<unknown> = Promise.resolve();
  const watched: Check = {
    ...check,
    test(judged, around) {
      const found = Promise.resolve(test.call(check, judged, around));
      judging = found.catch(() => undefined);
      abort.abort();
      return found;
    },
  };
  await runCheck(watched, answer, { ...context, abortSignal: abort.signal }).catch(() => undefined);
  return await new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), graceMs);
    judging.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

function textOf(part: unknown): string {
  try {
    return canonicalJson(part);
  } catch {
    return 'no JSON';
  }
}

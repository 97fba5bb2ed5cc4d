import { isIntermediate } from '../../checks/plan/verdict.ts';
import type { Run } from '../../context/run.ts';
import { leaving } from '../../policy/stage-ends.ts';
import type { History, HistoryEntry } from '../../trace/history.ts';
import type { Issue } from '../../trace/issue.ts';
import { releasedCheck } from '../../trace/released.ts';
import { exhausted } from './give-up.ts';
import { leaveStage } from './leave-stage.ts';
import type { Outcome } from './outcome.ts';

/**
 * Ends a run whose last answer could not be judged, and one whose reader has already seen what the checks, or a person, say
 * otherwise: it cannot be taken back.
 *
 * Rejects with what kept the checks from judging, or with `StagesExhaustedError`.
 */
export async function endIfOver(run: Run, history: HistoryEntry[]): Promise<void> {
  if (run.state.fault !== undefined) throw run.state.fault;
  if (await isReleaseFaulty(run, history)) {
    leaveLast(run, history, 'released');
    throw exhausted(run, history, 'released');
  }
  if (contradictsRelease(history)) {
    leaveLast(run, history, 'decided');
    throw exhausted(run, history, 'contradicted');
  }
}

/**
 * Refuses an answer that the reader was shown otherwise, such as an earlier one that a person approved.
 *
 * @throws StagesExhaustedError
 */
export function refuseContradiction(run: Run, { candidate, history }: Outcome): void {
  const { text, content } = candidate.answer;
  if (isIntermediate(content)) return;
  if (run.live?.text.disagreement(text) !== undefined) throw exhausted(run, history, 'contradicted');
}

/** Ends the stage of the last attempt; the plain call is not one, so the stage that would have come next. */
function leaveLast(run: Run, history: HistoryEntry[], reason: 'released' | 'decided'): void {
  const { ladder } = run.settings;
  const last = history.at(-1)?.stage ?? '';
  const stage = ladder.some(({ name }) => name === last) ? last : (ladder[0]?.name ?? last);
  for (const end of leaving(stage, reason, { ladder, history })) leaveStage(run, end, history);
}

/** Whether a check rejected text that the reader already has. */
async function isReleaseFaulty({ live, plan, candidates, abortSignal }: Run, history: History): Promise<boolean> {
  const last = history.at(-1);
  if (live === undefined || live.text.owed() === '') return false;
  if (last?.type !== 'attempt' || last.verdict.type === 'pass' || last.estimatedTokens !== undefined) return false;
  // An answer that was cut off, or stops being JSON further on, can be continued.
  if (plan.structure.length > 0 && candidates.get(last.number)?.isJson === false) return false;
  // What a schema or a check that read along let through can be continued to what it wants.
  const readAlong = new Set(plan.content.filter(({ start }) => start !== undefined).map(({ name }) => name));
  // Issues of an answer that says something else are not about the released text.
  if ((await live.text.compare(last.text, abortSignal)) !== undefined) return false;
  // An issue of a tool's input is not about the text beside the call.
  const issues = last.verdict.issues.filter(
    (issue) =>
      issue.kind !== 'schema' && issue.kind !== 'tool-input' && !readAlong.has(issue.check) && !isReleased(issue),
  );
  return live.text.holdsAny(issues, abortSignal);
}

/** Whether a person's decision contradicts what the reader was shown. The person is not asked again. */
function contradictsRelease(history: History): boolean {
  const [cause, last] = history.slice(-2);
  if (cause?.type !== 'decision' || cause.decision.type === 'retry') return false;
  return last?.type === 'attempt' && last.verdict.type === 'fail' && last.verdict.issues.every(isReleased);
}

function isReleased({ check }: Issue): boolean {
  return check === releasedCheck;
}

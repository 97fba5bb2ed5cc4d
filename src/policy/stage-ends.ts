import type { Attempt, History } from '../trace/history.ts';
import type { IssueKind } from '../trace/issue.ts';
import { type FailureSummary, summaryOf } from '../trace/provider-failure.ts';
import type { StageEnd, StageEndReason } from '../trace/stage-end.ts';
import { repetitionIn } from './convergence.ts';
import type { Rung } from './rung.ts';
import type { Situation } from './situation.ts';

/** Why a rung has nothing left to try, apart from the budget; `undefined` while it has something. */
export function endOf(rung: Rung, { ladder, history, convergence = 'strict' }: Situation): StageEnd | undefined {
  const attempts = attemptsOf(history, rung.name);
  const end = (reason: StageEndReason, detail: Partial<StageEnd> = {}) => stageEnd(rung, attempts, reason, detail);
  const kinds = unhandledKinds(rung, history);
  if (kinds.length > 0) return end('not-handled', { kinds });
  const isUsedUp = attempts.length >= rung.attempts;
  if (rung.asksPerson === true) return isUsedUp && wasAsked(history, rung.name) ? end('attempts-used') : undefined;
  if (isUsedUp) return end('attempts-used');
  const error = failureOf(rung, ladder, history);
  if (error !== undefined) return end('provider-failed', { error });
  const repeats = convergence === 'off' ? undefined : repetitionIn(attempts);
  return repeats === undefined ? undefined : end('no-progress', { repeats });
}

/** The end of a stage. The plain call is not a stage. */
export function leaving(
  stage: string,
  reason: StageEndReason,
  { ladder, history, reachedLimit }: Situation,
): StageEnd[] {
  const rung = ladder[indexOf(ladder, stage)];
  if (rung === undefined) return [];
  const error = reason === 'provider-failed' ? failureOf(rung, ladder, history) : undefined;
  const detail = {
    ...(reason === 'budget' && reachedLimit !== undefined ? { limit: reachedLimit } : {}),
    ...(error === undefined ? {} : { error }),
    ...(reason === 'accepted' || reason === 'decided' ? decisionOf(history, stage) : {}),
  };
  return [stageEnd(rung, attemptsOf(history, stage), reason, detail)];
}

/** The decision of a person at a stage, if there was one. */
function decisionOf(history: History, stage: string): Pick<StageEnd, 'decision'> {
  const asked = history.findLast((entry) => entry.type === 'decision' && entry.stage === stage);
  return asked?.type === 'decision' ? { decision: asked.decision.type } : {};
}

function stageEnd(
  { name, attempts: maxAttempts }: Rung,
  attempts: readonly Attempt[],
  reason: StageEndReason,
  detail: Partial<StageEnd>,
): StageEnd {
  return { type: 'stage-end', stage: name, reason, attempts: attempts.length, maxAttempts, ...detail };
}

/** The kinds of issues in the latest attempt that the stage does not handle. */
function unhandledKinds({ handles }: Rung, history: History): IssueKind[] {
  const latest = history.findLast((entry) => entry.type === 'attempt');
  if (handles === undefined || latest?.verdict.type !== 'fail') return [];
  const kinds = new Set(latest.verdict.issues.map(({ kind }) => kind));
  return [...kinds].filter((kind) => !handles.includes(kind));
}

/** How the rung's model failed, or why its request was refused; `undefined` if neither happened. */
function failureOf(rung: Rung, ladder: readonly Rung[], history: History): FailureSummary | undefined {
  const failed = history.findLast((entry) => {
    if (entry.type !== 'provider-failure') return false;
    if (entry.isRefused === true) return entry.stage === rung.name;
    return ladder[indexOf(ladder, entry.stage)]?.usesModel === rung.usesModel;
  });
  return failed?.type === 'provider-failure' ? summaryOf(failed) : undefined;
}

function wasAsked(history: History, stage: string): boolean {
  return history.some((entry) => entry.type === 'decision' && entry.stage === stage);
}

export function hasEnded(history: History, stage: string): boolean {
  return history.some((entry) => entry.type === 'stage-end' && entry.stage === stage);
}

export function attemptsOf(history: History, stage: string): Attempt[] {
  return history.filter((entry) => entry.type === 'attempt' && entry.stage === stage) as Attempt[];
}

export function indexOf(ladder: readonly Rung[], stage: string): number {
  return ladder.findIndex((rung) => rung.name === stage);
}

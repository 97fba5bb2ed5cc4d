import type { Escalation } from '../trace/escalation.ts';
import { countAttempts, type History } from '../trace/history.ts';
import type { ProviderFailure } from '../trace/provider-failure.ts';
import { releasedCheck } from '../trace/released.ts';
import type { BudgetExceeded, SpendLimit } from './budget-exceeded-error.ts';
import { type Explained, explainCourse, explainIssues, sentences, stageEnds } from './explain-course.ts';
import type { LimitReachedError } from './limit-reached-error.ts';
import type { ThrownByCaller } from './thrown-by-caller.ts';

// The messages of the errors that end a run. They load with the first run that needs one.

/**
 * Why a ladder has nothing left. What a live stream had shown was rejected by a check (`released`), or a person decided
 * otherwise (`contradicted`).
 */
export type Exhausted = 'exhausted' | 'rejected' | 'released' | 'contradicted';

/** The message of a `StagesExhaustedError`. */
export function exhaustedMessage(run: Explained, reason: Exhausted): string {
  const { history } = run;
  if (reason === 'contradicted') {
    return sentences(
      `A person's decision contradicts what the stream had delivered, ${explainCourse(history)}.`,
      explainIssues(run),
      'Send the same request again to get the decision.',
    );
  }
  if (reason === 'rejected') {
    return sentences(
      `A person rejected the answer ${explainCourse(history)}.`,
      explainIssues(run),
      'Send the request with a new resumeKey to start afresh.',
    );
  }
  const asked = history.findLast((entry) => entry.type === 'decision');
  if (reason === 'exhausted' && asked?.decision.type === 'escalate') {
    return sentences(
      `A person passed the request on (escalate) at the stage "${asked.stage}", and the ladder has no further person, ${explainCourse(history)}.`,
      explainIssues(run),
      `Put another human({ name, inbox }) after "${asked.stage}".`,
    );
  }
  const stoppedEarly = stageEnds(history).some((end) => end.reason === 'no-progress');
  const more = stoppedEarly ? "set convergence: 'off', " : '';
  const unhandled = stageEnds(history).findLast((end) => end.reason === 'not-handled')?.kinds;
  const climbing =
    unhandled === undefined
      ? `${more}add a stage to the ladder`
      : `${more}add human({ inbox }) to the ladder, name ${unhandled.join(', ')} in the handles of a stage`;
  return sentences(
    `No answer passed the checks ${explainCourse(history)}.`,
    explainIssues(run),
    `To go on from here, ${reason === 'released' || disagreesWithReleased(history) ? toBuffer : climbing}, or relax a check. See history and bestAttempt.`,
  );
}

const toBuffer = "set delivery: 'buffer', which delivers nothing before the checks have passed";

/** Whether the last answer says otherwise than what a live stream had delivered. */
function disagreesWithReleased(history: History): boolean {
  const last = history.findLast((entry) => entry.type === 'attempt');
  return last?.verdict.type === 'fail' && last.verdict.issues.some(({ check }) => check === releasedCheck);
}

/** The message of an `EscalationPendingError`. */
export function pendingMessage(run: Explained, { id, stage, expiresAt }: Escalation): string {
  return sentences(
    `Escalation ${id} of stage ${stage} waits for a person until ${expiresAt}, ${explainCourse(run.history)}.`,
    explainIssues(run),
    'Decide it in the inbox, then send the same request again.',
  );
}

/** A limit of a budget, and what was spent of it. */
export interface ReachedBudget {
  readonly most: number;
  readonly spent: number;
  readonly isShared: boolean;
}

/** The message of a `BudgetExceededError`. */
export function budgetMessage({
  history,
  explaining,
  limit,
  spend,
  reached,
}: Omit<BudgetExceeded, 'message'> & Partial<Explained> & { readonly reached?: ReachedBudget | undefined }): string {
  const isShared = reached?.isShared === true;
  const budget = `The ${isShared ? 'shared budget' : 'budget'} (${limit}) is used up`;
  const what = spend === undefined ? budget : explainSpend(spend);
  const soFar =
    countAttempts(history) === 0
      ? 'before the first answer'
      : `and no answer has passed the checks ${explainCourse(history)}`;
  const figures = reached === undefined ? '' : ` above ${amount(reached.most)} (${amount(reached.spent)} spent)`;
  const own = isShared
    ? [`Raise ${limit} of createBudget()${figures}`, 'make a budget for each job']
    : [`Raise budget.${limit}${figures}`];
  const raised = spend === undefined ? own : adviceOnSpend(spend);
  const ways = disagreesWithReleased(history) ? [...raised, toBuffer] : raised;
  const asked = history.findLast((entry) => entry.type === 'decision');
  const isHeld = stageEnds(history).some(({ stage, reason }) => reason === 'budget' && stage === asked?.stage);
  return sentences(
    `${what} ${soFar}.`,
    explaining === undefined ? '' : explainIssues({ history, explaining }),
    `${either(asked === undefined ? [...ways, 'put a human stage on the ladder'] : ways)}.`,
    isHeld ? "The same request, sent again, then tries the person's advice." : '',
  );
}

/** What one may do, as one clause: "raise it, make another, or ask". */
function either(ways: readonly string[]): string {
  const last = ways.at(-1) ?? '';
  return ways.length < 2 ? last : `${ways.slice(0, -1).join(', ')}, or ${last}`;
}

function explainSpend({ name, usd, spent, estimated, scope }: SpendLimit): string {
  const whose = scope === undefined ? '' : ` of the scope "${scope}"`;
  return `The spend limit "${name}"${whose} of ${amount(usd)} USD leaves too little for this call (${amount(spent)} spent or reserved, up to ${amount(estimated)} for the call)`;
}

/** Without what binary fractions leave over. */
function amount(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function adviceOnSpend({ usd, estimated, resetsAt }: SpendLimit): string[] {
  if (estimated > usd)
    return ['The call alone may cost more: lower its maxOutputTokens', 'raise usd of the spendLimiter'];
  return resetsAt === undefined
    ? ['Raise usd of the spendLimiter']
    : [`Call again after ${resetsAt}`, 'raise usd of the spendLimiter'];
}

/** The message of a `CallbackFailedError`. */
export function callbackMessage({ callback, fault, cause }: ThrownByCaller, run: Explained): string {
  return sentences(
    `${callback} ${fault} ${explainCourse(run.history)}.`,
    explainIssues(run),
    `${cause === undefined ? 'What was tried is in' : 'Its error is in `cause`, and what was tried in'} \`history\`: fix the function.`,
  );
}

/** The message of a `CallbackFailedError` of a function that is called when the run has ended. */
export function afterMessage({ callback, fault, cause }: ThrownByCaller, ended: Error): string {
  const advice = cause === undefined ? 'Fix the function.' : 'The error is in `cause`: fix the function.';
  return `${callback} ${fault}. ${advice} The run had ended: ${ended.message}`;
}

/** The message of an error that ended a run as it climbed, with how far the run came. */
export function misuseMessage({ message }: Error, run: Explained): string {
  return sentences(message, crashCourse(run), 'What was tried is in `history`.');
}

/** What a message says of the run that a fault ended. */
export function crashCourse(run: Explained): string {
  return sentences(`It ended the run ${explainSoFar(run.history)}.`, explainIssues(run));
}

/** A limit that held back a call, and the check that made the call. */
export interface ReachedLimit extends Pick<LimitReachedError, 'limit' | 'retryAfterMs'> {
  readonly check: string | undefined;
}

/** The message of a `LimitReachedError` that ended a run. */
export function limitMessage({ limit, retryAfterMs, check }: ReachedLimit, run: Explained): string {
  const { history } = run;
  const call = check === undefined ? 'a call' : `the model call of the check "${check}"`;
  const what =
    limit === 'own' ? 'A limiter of your own' : limit === 'circuit' ? 'An open circuit' : `The limit ${limit}`;
  const elsewhere = check === undefined ? 'add a fallback stage' : 'give the check another model';
  const ways = [
    `It allows a call again in ${duration(retryAfterMs)}: call again then`,
    ...(limit === 'circuit' ? [] : ['raise the limit']),
    elsewhere,
    ...(countAttempts(history) === 0 ? [] : ["set whenExhausted: 'deliver' for the best answer so far"]),
  ];
  return sentences(`${what} held back ${call} ${explainSoFar(history)}.`, explainIssues(run), `${either(ways)}.`);
}

function explainSoFar(history: History): string {
  return countAttempts(history) === 0 ? 'before the first answer' : explainCourse(history);
}

/** The message of a `ProviderFailedError`: every provider call that failed for good, and what to do about the last. */
export function providerMessage(run: Explained, retryAfterMs: number | undefined): string {
  const { history } = run;
  const failures = history.filter((entry) => entry.type === 'provider-failure');
  const last = failures.at(-1);
  const models = new Set(failures.map(({ model }) => model));
  const elsewhere = models.size > 1 ? 'add a human stage after them' : 'add a fallback stage';
  return sentences(
    `${last?.heldBy === undefined ? 'The provider failed' : 'A limiter held the run back'} ${explainCourse(history)}.`,
    explainIssues(run),
    `${whatToDo(last, { retryAfterMs, wasAnswered: countAttempts(history) > 0 })}, or ${elsewhere}.`,
  );
}

interface FailedAt {
  readonly retryAfterMs: number | undefined;
  /** The provider had answered in this run, so that the request it refused was a further one. */
  readonly wasAnswered: boolean;
}

function whatToDo(failure: ProviderFailure | undefined, { retryAfterMs, wasAnswered }: FailedAt): string {
  const { statusCode = 500, isRefused = false, isSpent = false, noRetry, heldBy } = failure ?? {};
  if (isSpent) return 'A quota or a balance is used up: raise it';
  if (noRetry === 'budget') return adviceOnTime(retryAfterMs);
  if (noRetry === 'retry-bucket')
    return 'Wait until the model answers again: each answer gives the process a tenth of a retry back';
  if (heldBy !== undefined) return `It allows a call again in ${duration(retryAfterMs ?? 0)}: call again then`;
  if (retryAfterMs !== undefined) return `It asks to wait ${duration(retryAfterMs)}: call again after that`;
  const named = adviceByStatus[statusCode];
  if (named !== undefined && !isRefused) return named;
  if (!isRefused && (passing.has(statusCode) || statusCode >= 500))
    return 'Its retries are over: raise transport.attempts';
  const what = wasAnswered ? 'a further request of this run' : 'the request';
  return `The provider refused ${what} and would again; its reason is in \`cause\`: correct the request`;
}

function adviceOnTime(retryAfterMs: number | undefined): string {
  const asked = retryAfterMs === undefined ? 'The budget' : `It asks to wait ${duration(retryAfterMs)}, and the budget`;
  return `${asked} leaves too little time for a retry: raise elapsedMs`;
}

const adviceByStatus: Readonly<Record<number, string>> = {
  401: 'The key was not accepted: check the API key',
  402: 'The provider asks to be paid: check the balance',
  403: 'The key may not do this: check its permissions, and whether the model is open to it',
  404: "There is no such model or address: check the model's id and the provider's baseURL",
};

/** Statuses of the 4xx that pass by themselves. */
const passing: ReadonlySet<number> = new Set([408, 409, 429]);

/** A time as a person says it: "5 minutes". */
function duration(ms: number): string {
  if (ms < 1000) return `${Math.ceil(ms)} ms`;
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return `${seconds} second${seconds === 1 ? '' : 's'}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

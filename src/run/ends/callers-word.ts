import { type Candidate, toCandidate } from '../../answers/candidate.ts';
import { isEmptyPlan } from '../../checks/plan/plan.ts';
import { verdictOn } from '../../checks/plan/verdict.ts';
import { zeroConfigNames } from '../../checks/plan/zero-config.ts';
import type { Run } from '../../context/run.ts';
import { budgetReached } from '../../context/spent.ts';
import { decide } from '../../policy/decide.ts';
import { type Attempt, countAttempts, type History } from '../../trace/history.ts';
import type { Verdict } from '../../trace/issue.ts';
import { noUsage } from '../../trace/usage.ts';
import { checkContext } from '../check-context.ts';
import type { Evaluated } from '../evaluate.ts';
import type { AttemptPlace } from '../foresee.ts';
import { asWritten } from './as-written.ts';
import type { Outcome } from './outcome.ts';

/**
 * Asks the caller's own checks, which had to wait for the structure, about an answer that only checks of the call found
 * fault with, if no other attempt follows. So what they cost belongs to this attempt.
 */
export async function withCallersWord(run: Run, evaluated: Evaluated, place: AttemptPlace): Promise<Evaluated> {
  const { candidate, verdict, estimatedTokens } = evaluated;
  if (estimatedTokens !== undefined || !isOfCallAlone(run, verdict)) return evaluated;
  if (!isLast(run, place, evaluated) || (await asWritten(run, candidate)) === undefined) return evaluated;
  const satisfiesCaller = await satisfies(run, candidate, place);
  return { ...evaluated, candidate: { ...candidate, satisfiesCaller } };
}

/**
 * The last answer, when only checks the caller did not ask for found fault with it: the SDK's own validation,
 * `repairToolCall` and agent loop have the last word then, as they would have without us.
 */
export async function unchangedAnswer(run: Run, history: History): Promise<Outcome | undefined> {
  const latest = history.findLast((entry) => entry.type === 'attempt');
  if (latest?.type === 'attempt' && isRefusedByCaller(run, latest)) return undefined;
  // An aborted answer is not an answer.
  const last = history.findLast((entry) => entry.type === 'attempt' && entry.estimatedTokens === undefined);
  if (last?.type !== 'attempt') return undefined;
  const candidate = run.candidates.get(last.number);
  if (candidate === undefined || !isOfCallAlone(run, last.verdict)) return undefined;
  const delivered = await asWritten(run, candidate);
  if (delivered === undefined) return undefined;
  // A later attempt that failed was expected to answer.
  const { satisfiesCaller = await satisfies(run, candidate, { history, number: countAttempts(history) }) } = candidate;
  return satisfiesCaller ? { type: 'unchanged', candidate: delivered, attempt: last, history } : undefined;
}

/**
 * Keeps what a stream had of an answer when it reported the error that the run ends with: it goes out before the error, as
 * from the bare model, unless a check of the caller's objects, or it contradicts what was released.
 */
export async function keepReported(run: Run, history: History): Promise<void> {
  const { reported } = run.state;
  if (reported === undefined) return;
  const candidate = toCandidate(reported, { needsJson: true });
  const delivered = await asWritten(run, candidate);
  if (delivered === undefined) return;
  if (await satisfies(run, candidate, { history, number: countAttempts(history) + 1 })) run.state.held = delivered;
}

/** Whether the run gives up after this attempt. */
function isLast(run: Run, { history, number, stage }: AttemptPlace, { candidate, verdict }: Evaluated): boolean {
  const { ladder, convergence } = run.settings;
  const { text } = candidate.answer;
  const model = run.state.calledModel.modelId;
  const attempt: Attempt = { type: 'attempt', number, stage, model, text, verdict, usage: noUsage, ...noTime };
  const made = [...history, attempt];
  return decide({ ladder, history: made, reachedLimit: budgetReached(run, made), convergence }).type === 'give-up';
}

const noTime = { startedAt: '', durationMs: 0 };

/** Whether only checks that the call brings along found fault. */
function isOfCallAlone(run: Run, verdict: Verdict): boolean {
  if (verdict.type === 'pass') return false;
  const own = callersChecks(run);
  return verdict.issues.every(({ check }) => zeroConfigNames.has(check) && !own.has(check));
}

/** Whether a check of the caller's found fault. */
function isRefusedByCaller(run: Run, { verdict }: Attempt): boolean {
  const own = callersChecks(run);
  return verdict.type === 'fail' && verdict.issues.some(({ check }) => own.has(check));
}

function callersChecks({ settings: { plan } }: Run): ReadonlySet<string> {
  return new Set([...plan.toolInput, ...plan.structure, ...plan.content].map(({ name }) => name));
}

/** Whether the caller's own checks accept an answer. With the budget used up, none of them may call a model. */
async function satisfies(
  run: Run,
  { answer, isJson }: Candidate,
  { history, number }: Pick<AttemptPlace, 'history' | 'number'>,
): Promise<boolean> {
  const { plan, effects } = run.settings;
  if (isEmptyPlan(plan)) return true;
  const { context, meter } = checkContext(run, { history, number, isLast: true });
  const limit = budgetReached(run, []); // attempts that are used up refuse further attempts, and no call of a check
  const payable = limit === undefined ? meter : () => Promise.reject(new Error(`The budget (${limit}) is used up.`));
  const circumstances = { context, meter: payable, whenCheckCrashes: 'throw', effects } as const;
  const judgement = { plan, answer, isJson, params: run.params, circumstances: () => circumstances };
  try {
    return (await verdictOn(judgement)).verdict.type === 'pass';
  } catch {
    run.abortSignal?.throwIfAborted();
    return false;
  }
}

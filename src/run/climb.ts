import { judgeAnswer } from '../checks/judge-answer.ts';
import { isEmptyPlan } from '../checks/plan.ts';
import { zeroConfigNames } from '../checks/zero-config.ts';
import { sleep } from '../effects/waiting.ts';
import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import { ProviderFailedError } from '../errors/provider-failed-error.ts';
import { StagesExhaustedError } from '../errors/stages-exhausted-error.ts';
import { bestAttempt } from '../policy/best-attempt.ts';
import { decide, type Move } from '../policy/decide.ts';
import { isHuman } from '../stages/human.ts';
import type { Stage } from '../stages/stage.ts';
import { isReleased } from '../stream/live/released-path.ts';
import { type Attempt, countAttempts, type History, type HistoryEntry } from '../trace/history.ts';
import { askPerson, resume } from './ask-person.ts';
import { attempt } from './attempt.ts';
import { type Candidate, toCandidate } from './candidate.ts';
import { addRunUsage, budgetReached, emit, type Run } from './run.ts';
import { releasedCheck } from './watch-answer.ts';

/** How a run ended with an answer. */
export interface Outcome {
  readonly type: 'accepted' | 'unchanged' | 'pending';
  readonly candidate: Candidate;
  /** The attempt that is delivered; none while a person is waited for. */
  readonly attempt: Attempt | undefined;
  /** The human stage that answers while a person is waited for. */
  readonly waitsAt?: string;
  readonly history: History;
}

/**
 * Climbs the ladder until an answer is accepted.
 *
 * Rejects with the typed errors of the library, with a provider's own error where the run does not own it, and with the
 * reason of the caller's signal.
 */
export async function climb(run: Run): Promise<Outcome> {
  const { ladder, convergence } = run.settings;
  let history: HistoryEntry[] = ladder.some(isHuman) ? [...(await resume(run))] : [];
  takeUpUsage(run, history);
  for (;;) {
    run.abortSignal?.throwIfAborted();
    const move = decide({ ladder, history, reachedLimit: budgetReached(run, history), convergence });
    switch (move.type) {
      case 'attempt': {
        const stage = ladder[move.rung];
        enterStage(run, stage, history);
        const delayMs = delayBefore(run, stage, history);
        if (delayMs > 0) await sleep(delayMs, run.settings.effects, run.abortSignal);
        history.push(await attempt(run, stage, history));
        refuseFaultyRelease(run, history);
        break;
      }
      case 'ask': {
        const stage = ladder[move.rung];
        if (!isHuman(stage)) throw new TypeError('A stage that asks a person comes of human().');
        enterStage(run, stage, history);
        history = [...(await askPerson(run, stage, history))];
        break;
      }
      case 'accept':
        return accepted(run, move.attempt, history);
      case 'give-up':
        return await giveUp(run, move, history);
    }
  }
}

/** What an earlier process spent on the request, which it had no result to report in. */
function takeUpUsage(run: Run, history: History): void {
  for (const entry of history) {
    if (entry.type !== 'attempt') continue;
    addRunUsage(run, entry.usage);
    run.state.estimatedTokens += entry.estimatedTokens ?? 0;
  }
}

/** What a reader already has cannot be mended: a check that saw it only at the end ends the run when it faults it. */
function refuseFaultyRelease({ live, plan, candidates }: Run, history: History): void {
  const last = history.at(-1);
  if (live === undefined || live.text.released === '') return;
  if (last?.type !== 'attempt' || last.verdict.type === 'pass' || last.estimatedTokens !== undefined) return;
  // What was cut off, or is no JSON further on, can be continued.
  if (plan.structure.length > 0 && candidates.get(last.number)?.isJson === false) return;
  const { released } = live.text;
  const faults = last.verdict.issues.some(({ path, check }) => check !== releasedCheck && isReleased(released, path));
  if (faults) throw new StagesExhaustedError({ history, reason: 'exhausted', bestAttempt: bestAttempt(history) });
}

function enterStage(run: Run, stage: Stage | undefined, history: History): void {
  const last = history.findLast((entry) => entry.type !== 'decision');
  if (stage !== undefined && last?.stage !== stage.name) emit(run, 'stage-start', { stage: stage.name });
}

/** How long a stage waits before its next attempt. */
function delayBefore(run: Run, stage: Stage | undefined, history: History): number {
  const delay = stage?.delay ?? 0;
  if (stage === undefined || delay === 0) return 0;
  const retries = history.filter((entry) => entry.type === 'attempt' && entry.stage === stage.name).length;
  if (retries === 0) return 0;
  return typeof delay === 'number' ? delay : delay(retries, run.settings.effects.random());
}

function accepted(run: Run, number: number, history: History): Outcome {
  const entry = history.findLast((candidate) => candidate.type === 'attempt' && candidate.number === number);
  if (entry?.type !== 'attempt') throw new TypeError(`There is no attempt ${number} to accept.`);
  const candidate = run.candidates.get(number) ?? candidateOfText(entry.text);
  return { type: 'accepted', candidate, attempt: entry, history };
}

/** A text as a candidate: an attempt of an earlier process is known by nothing else. */
export function candidateOfText(text: string, finishReason = 'stop'): Candidate {
  const answer = { text, value: undefined, content: [{ type: 'text', text } as const], finishReason };
  return toCandidate(answer, { needsJson: false });
}

async function giveUp(run: Run, move: Extract<Move, { type: 'give-up' }>, history: History): Promise<Outcome> {
  const unchanged = move.reason === 'rejected' ? undefined : lastUnlessRefused(run, history);
  if (unchanged !== undefined && (await satisfiesCaller(run, unchanged))) return unchanged;
  switch (move.reason) {
    case 'budget':
      throw new BudgetExceededError({ history, limit: move.limit });
    case 'provider': {
      const failure = history.findLast((entry) => entry.type === 'provider-failure');
      throw new ProviderFailedError({ history, cause: run.state.lastError, retryAfterMs: failure?.retryAfterMs });
    }
    case 'exhausted':
    case 'rejected':
      throw new StagesExhaustedError({ history, reason: move.reason, bestAttempt: bestAttempt(history) });
  }
}

/**
 * The last answer, when only checks the caller did not ask for found fault with it: the SDK's own validation,
 * `repairToolCall` and agent loop have the last word then, as they would have without us.
 */
function lastUnlessRefused(run: Run, history: History): Outcome | undefined {
  // What was aborted half-way is no answer.
  const last = history.findLast((entry) => entry.type === 'attempt' && entry.estimatedTokens === undefined);
  if (last?.type !== 'attempt') return undefined;
  const candidate = run.candidates.get(last.number);
  if (last.verdict.type !== 'fail' || candidate === undefined) return undefined;
  if (!last.verdict.issues.every(({ check }) => isZeroConfig(run, check))) return undefined;
  if (!candidate.original.text.startsWith(run.live?.text.released ?? '')) return undefined;
  return { type: 'unchanged', candidate: { ...candidate, ...candidate.original }, attempt: last, history };
}

/** The caller's own checks, which had to wait for the structure, have to be content with such an answer too. */
async function satisfiesCaller(run: Run, { candidate, history }: Outcome): Promise<boolean> {
  const { plan, effects } = run.settings;
  if (isEmptyPlan(plan)) return true;
  const { params, abortSignal } = run;
  const signal = abortSignal === undefined ? {} : { abortSignal };
  const context = { params, history, attempt: countAttempts(history), isLastAttempt: true, ...signal };
  const { answer, isJson } = candidate;
  const judging = judgeAnswer({ plan, answer, isJson, context, whenCheckCrashes: 'throw', effects });
  try {
    return (await judging).type === 'pass';
  } catch {
    abortSignal?.throwIfAborted();
    return false;
  }
}

function isZeroConfig({ settings: { plan } }: Run, check: string): boolean {
  const isCallers = [...plan.toolInput, ...plan.structure, ...plan.content].some(({ name }) => name === check);
  return zeroConfigNames.has(check) && !isCallers;
}

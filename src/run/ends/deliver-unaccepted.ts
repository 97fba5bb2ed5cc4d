import type { Run } from '../../context/run.ts';
import { BudgetExceededError } from '../../errors/budget-exceeded-error.ts';
import { CallbackFailedError } from '../../errors/callback-failed-error.ts';
import { LimitReachedError } from '../../errors/limit-reached-error.ts';
import { afterMessage } from '../../errors/messages.ts';
import { ProviderFailedError } from '../../errors/provider-failed-error.ts';
import { StagesExhaustedError } from '../../errors/stages-exhausted-error.ts';
import { ThrownByCaller } from '../../errors/thrown-by-caller.ts';
import { reserveOfLimiter } from '../../limits/error-of-limiter.ts';
import type { ExhaustedContext, ExhaustedError, WhenExhausted } from '../../options/when-exhausted.ts';
import { bestAttempt } from '../../policy/best-attempt.ts';
import type { Decision } from '../../trace/decision.ts';
import type { History } from '../../trace/history.ts';
import { candidateOfText } from '../climb.ts';
import type { Outcome } from './outcome.ts';

type WhenExhaustedFunction = Exclude<WhenExhausted, string>;

/**
 * What a run delivers that ended without an accepted answer, where `whenExhausted` says so. What a live stream has shown
 * cannot be taken back: a text that disagrees with it is not delivered.
 *
 * @throws the error that the run ended with, where there is nothing to deliver.
 */
export async function deliverUnaccepted(run: Run, error: unknown): Promise<Outcome> {
  const { whenExhausted } = run.settings;
  if (whenExhausted === 'throw' || !isExhaustedError(error)) throw error;
  const { history } = error;
  const ended = { history, ...(BudgetExceededError.isInstance(error) ? { limit: error.limit } : {}) };
  if (whenExhausted === 'deliver') {
    const attempt =
      reasonOf(error) === 'rejected'
        ? undefined
        : bestAttempt(notOverruled(history).filter((entry) => entry.type === 'attempt' && agrees(run, entry.text)));
    if (attempt === undefined) throw error;
    const candidate = run.candidates.get(attempt.number) ?? candidateOfText(attempt.text);
    return { type: 'not-accepted', candidate, attempt, ...ended };
  }
  const text: unknown = await said(whenExhausted, contextOf(run, error));
  if (text === undefined) throw error;
  if (typeof text !== 'string') {
    const what = text === null ? 'null' : `a value of type ${typeof text}`;
    throw callbackFailed(
      new ThrownByCaller('whenExhausted', undefined, `returned ${what}: return a text, or undefined for the error`),
      error,
    );
  }
  if (!agrees(run, text)) throw error;
  return { type: 'not-accepted', candidate: candidateOfText(text), attempt: undefined, ...ended };
}

/** @throws CallbackFailedError if the function throws or rejects. */
async function said(whenExhausted: WhenExhaustedFunction, context: ExhaustedContext): Promise<unknown> {
  try {
    return await whenExhausted(context);
  } catch (cause) {
    throw callbackFailed(new ThrownByCaller('whenExhausted', cause), context.error);
  }
}

function callbackFailed(thrown: ThrownByCaller, ended: ExhaustedError): CallbackFailedError {
  const { callback, cause } = thrown;
  return new CallbackFailedError({
    callback,
    cause,
    history: ended.history,
    ended,
    message: afterMessage(thrown, ended),
  });
}

function contextOf({ params, callOptions }: Run, error: ExhaustedError): ExhaustedContext {
  const { history } = error;
  const { metadata } = callOptions;
  return { reason: reasonOf(error), error, history, bestAttempt: bestAttempt(history), params, metadata };
}

function reasonOf(error: ExhaustedError): ExhaustedContext['reason'] {
  if (StagesExhaustedError.isInstance(error)) return error.reason;
  if (BudgetExceededError.isInstance(error)) return 'budget';
  return ProviderFailedError.isInstance(error) ? 'provider' : 'limit';
}

/** A person who wrote or chose an answer decided against those before it. */
function notOverruled(history: History): History {
  return history.slice(history.findLastIndex((entry) => entry.type === 'decision' && isOwnAnswer(entry.decision)) + 1);
}

function isOwnAnswer({ type }: Decision): boolean {
  return type === 'edit' || type === 'approve';
}

function agrees({ live }: Run, text: string): boolean {
  return live === undefined || live.text.disagreement(text) === undefined;
}

/** Functions that decide whether a call may be made. */
const ofLimits: ReadonlySet<string> = new Set(['price', reserveOfLimiter]);

function isExhaustedError(error: unknown): error is ExhaustedError {
  return (
    StagesExhaustedError.isInstance(error) ||
    BudgetExceededError.isInstance(error) ||
    ProviderFailedError.isInstance(error) ||
    LimitReachedError.isInstance(error) ||
    (CallbackFailedError.isInstance(error) && ofLimits.has(error.callback))
  );
}

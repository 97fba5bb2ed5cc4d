import type { Run } from '../context/run.ts';
import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import { CallbackFailedError } from '../errors/callback-failed-error.ts';
import { ProviderFailedError } from '../errors/provider-failed-error.ts';
import { StagesExhaustedError } from '../errors/stages-exhausted-error.ts';
import { ThrownByCaller } from '../errors/thrown-by-caller.ts';
import { wrongUse } from '../errors/wrong-use.ts';
import type { ExhaustedContext, ExhaustedError, WhenExhausted } from '../options/when-exhausted.ts';
import { bestAttempt } from '../policy/best-attempt.ts';
import type { Attempt } from '../trace/history.ts';
import { candidateOfText } from './climb.ts';
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
    const attempt = reasonOf(error) === 'rejected' ? undefined : bestAttempt(history.filter(isDeliverable(run)));
    if (attempt === undefined) throw error;
    const candidate = run.candidates.get(attempt.number) ?? candidateOfText(attempt.text);
    return { type: 'not-accepted', candidate, attempt, ...ended };
  }
  const text: unknown = await said(whenExhausted, contextOf(run, error));
  if (text === undefined) throw error;
  if (typeof text !== 'string') {
    const message = `whenExhausted returned ${text === null ? 'null' : `a value of type ${typeof text}`}: return a text, or undefined for the error.`;
    throw wrongUse('whenExhausted', message, error);
  }
  if (!agrees(run, text)) throw error;
  return { type: 'not-accepted', candidate: candidateOfText(text), attempt: undefined, ...ended };
}

/** @throws CallbackFailedError if the function throws or rejects. */
async function said(whenExhausted: WhenExhaustedFunction, context: ExhaustedContext): Promise<unknown> {
  const { error, history } = context;
  try {
    return await whenExhausted(context);
  } catch (cause) {
    const { callback, fault } = new ThrownByCaller('whenExhausted', cause);
    const message = `${callback} ${fault}. The error is in \`cause\`: mend the function. The run had ended: ${error.message}`;
    throw new CallbackFailedError({ callback, cause, history, ended: error, message });
  }
}

function contextOf({ params, callOptions }: Run, error: ExhaustedError): ExhaustedContext {
  const { history } = error;
  const { metadata } = callOptions;
  return { reason: reasonOf(error), error, history, bestAttempt: bestAttempt(history), params, metadata };
}

function reasonOf(error: ExhaustedError): ExhaustedContext['reason'] {
  if (StagesExhaustedError.isInstance(error)) return error.reason;
  return BudgetExceededError.isInstance(error) ? 'budget' : 'provider';
}

/** An aborted answer is not an answer. */
function isDeliverable(run: Run): (entry: { readonly type: string }) => boolean {
  return (entry) => {
    if (entry.type !== 'attempt') return false;
    const { text, estimatedTokens } = entry as Attempt; // by its type
    return estimatedTokens === undefined && agrees(run, text);
  };
}

function agrees({ live }: Run, text: string): boolean {
  return live === undefined || live.text.disagreement(text) === undefined;
}

function isExhaustedError(error: unknown): error is ExhaustedError {
  return (
    StagesExhaustedError.isInstance(error) ||
    BudgetExceededError.isInstance(error) ||
    ProviderFailedError.isInstance(error)
  );
}

import { AISDKError } from '@ai-sdk/provider';
import type { History } from '../trace/history.ts';
import { explainAttempts, explainIssues, sentences } from './explain-run.ts';
import { findError } from './find.ts';
import { isMarked, mark } from './mark.ts';

const name = 'StagedRetry_ProviderFailedError';

/** A provider kept failing and the ladder has no stage left that does without it; `cause` is its last error. */
export class ProviderFailedError extends AISDKError {
  readonly history: History;
  /** How long the server asked to wait before the next call, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor({
    history,
    cause,
    retryAfterMs,
  }: { history: History; cause: unknown; retryAfterMs?: number | undefined }) {
    super({
      name,
      message: sentences(
        `The provider failed ${explainAttempts(history)}${explainFailure(history)}.`,
        explainIssues(history),
        whatToDo(history, retryAfterMs),
      ),
      cause,
    });
    mark(this, name);
    this.history = history;
    this.retryAfterMs = retryAfterMs;
  }

  static override isInstance(error: unknown): error is ProviderFailedError {
    return isMarked(error, name);
  }

  /** Finds it in an error that wraps it, the SDK's `RetryError` for one. */
  static find(error: unknown): ProviderFailedError | undefined {
    return findError(error, ProviderFailedError.isInstance);
  }
}

function whatToDo(history: History, retryAfterMs: number | undefined): string {
  const last = history.findLast((entry) => entry.type === 'provider-failure');
  const { statusCode = 500, isRefused = false, isSpent = false } = last ?? {};
  if (isSpent) return 'A quota or a balance is used up: raise it, or add a fallback stage.';
  if (retryAfterMs !== undefined)
    return `It asks to wait ${retryAfterMs} ms: call again after that, or add a fallback stage.`;
  return !isRefused && (passing.has(statusCode) || statusCode >= 500)
    ? 'Its retries are over: add a fallback stage, or raise transport.attempts.'
    : 'The same request would fail again: correct it, the key or the quota, or add a fallback stage.';
}

/** Statuses of the 4xx that pass by themselves. */
const passing: ReadonlySet<number> = new Set([408, 409, 429]);

function explainFailure(history: History): string {
  const last = history.findLast((entry) => entry.type === 'provider-failure');
  return last === undefined ? '' : `: ${last.message} from ${last.model} in stage ${last.stage}`;
}

import { InvalidArgumentError } from '@ai-sdk/provider';
import { cleanPrompt } from '../feedback/clean-prompt.ts';
import type { CallOptions } from '../model/language-model.ts';
import { refuseBadScope } from './refuse-options.ts';

/** What a single call may say under `providerOptions.stagedRetry`. */
export interface StagedRetryCallOptions {
  /** Who may share this call's answers and decisions. */
  readonly scope?: string;
  /** Names the run in events, and stands for the prompt up to the last user message when it is sent again. */
  readonly runId?: string;
  /** `bypass` leaves the cache alone, `refresh` writes and does not read. @default 'default' */
  readonly cache?: 'default' | 'bypass' | 'refresh';
  /** The oldest cached answer to take, in milliseconds. */
  readonly maxAgeMs?: number;
  /** Calls the bare model. @default false */
  readonly disabled?: boolean;
}

const known = new Set(['scope', 'runId', 'cache', 'maxAgeMs', 'disabled']);
const none: StagedRetryCallOptions = {};

/**
 * Takes what is ours out of a call, so that the provider never sees it: the options, and marks of earlier answers.
 *
 * @throws InvalidArgumentError for an unknown key or a value that makes no sense.
 */
export function takeCallOptions(params: CallOptions): { params: CallOptions; options: StagedRetryCallOptions } {
  const given = params.providerOptions?.stagedRetry;
  const prompt = cleanPrompt(params.prompt);
  const cleaned = prompt === params.prompt ? params : { ...params, prompt };
  if (given === undefined) return { params: cleaned, options: none };
  const { stagedRetry: _, ...providerOptions } = params.providerOptions ?? {};
  return { params: { ...cleaned, providerOptions }, options: validated(given) };
}

function validated(given: object): StagedRetryCallOptions {
  if (typeof given !== 'object' || given === null) throw invalid('it must be an object.');
  const options: StagedRetryCallOptions = given;
  const unknown = Object.keys(options).find((name) => !known.has(name));
  if (unknown !== undefined) throw invalid(`there is no option "${unknown}".`);
  const { runId, cache = 'default', maxAgeMs = 0, disabled = false } = options;
  refuseBadScope(options.scope);
  if (runId !== undefined && (typeof runId !== 'string' || runId === ''))
    throw invalid('runId must be a non-empty string.');
  if (!['default', 'bypass', 'refresh'].includes(cache)) throw invalid('cache must be default, bypass or refresh.');
  if (!(maxAgeMs >= 0)) throw invalid('maxAgeMs must not be negative.');
  if (typeof disabled !== 'boolean') throw invalid('disabled must be true or false.');
  return options;
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({
    argument: 'providerOptions.stagedRetry',
    message: `providerOptions.stagedRetry: ${message}`,
  });
}

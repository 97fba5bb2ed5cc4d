import type { Run } from '../context/run.ts';
import { timeoutError } from '../effects/waiting.ts';
import type { CallOptions, LanguageModel } from '../model/language-model.ts';
import type { Fragment } from '../trace/fragment.ts';
import type { Receipt } from './receipt.ts';

export interface ProviderRequest {
  readonly run: Run;
  readonly model: LanguageModel;
  readonly params: CallOptions;
  /** Whether the model would be asked again if its stream were aborted. */
  readonly mayAbort: (fragment: Fragment) => boolean;
  /** Present if there are limiters. */
  readonly receipt?: Receipt | undefined;
}

/** What ends a call. */
export interface Lifetime {
  readonly signal: AbortSignal | undefined;
  /** Aborts the call when its time is up. */
  readonly controller?: AbortController;
}

/** Aborts after `ms`. Call the result to cancel. */
export function abortAfter(ms: number | undefined, controller: AbortController | undefined, { run }: ProviderRequest) {
  if (ms === undefined || controller === undefined) return () => {};
  return run.settings.effects.after(ms, () => controller.abort(timeoutError(`No answer within ${ms} ms.`)));
}

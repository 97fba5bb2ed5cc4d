import type { Run } from '../context/run.ts';
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

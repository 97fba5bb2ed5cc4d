import type { Effects } from '../effects/effects.ts';
import type { EventDetail, StagedRetryEventName } from '../events.ts';
import type { RejectedAnswer } from '../feedback/messages.ts';
import type { Answer } from '../model/answer.ts';
import type { CallOptions, GenerateResult, LanguageModel, Prompt, StreamPart } from '../model/language-model.ts';
import type { Backoff } from '../policy/backoff.ts';
import type { Rung } from '../policy/rung.ts';
import type { RunPart } from '../telemetry/telemetry.ts';
import type { History } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';

/** A way to propose an answer: a step of the ladder. */
export interface Stage extends Rung {
  /** Waits between attempts; there is no reason to after a wrong answer. @default 0 */
  readonly delay?: number | Backoff;
  /**
   * Asked before the first model call of a run.
   *
   * @throws InvalidArgumentError for a call that the stage could never serve.
   */
  refuseCall?(params: CallOptions): void;
  /** Proposes the next answer, or `undefined` when it has nothing to propose, which ends the stage. */
  propose(context: StageContext): Promise<Answer | undefined>;
}

/** An answer as a model gave it. */
export interface ModelAnswer extends Answer {
  readonly result: GenerateResult;
  /** What a streaming model sent, without `stream-start`, `finish` and `error`. */
  readonly parts?: readonly StreamPart[];
  /** The value of the text, where it was parsed already. */
  readonly parsed?: { readonly value: unknown } | undefined;
  /** The text with what was read while it streamed, where that is another one. */
  readonly readText?: string;
  /** Why it was aborted while it streamed, and about how many tokens it had by then. */
  readonly aborted?: { readonly issues: readonly Issue[]; readonly estimatedTokens: number };
}

/** What a stage may see and do. */
export interface StageContext {
  readonly runId: string;
  readonly stage: string;
  /** The caller's call, without the options that are ours. */
  readonly params: CallOptions;
  readonly history: History;
  /** The number of the attempt being made. */
  readonly attempt: number;
  /** The last answer that was judged, and what was found. */
  readonly rejected: RejectedAnswer | undefined;
  readonly model: LanguageModel;
  readonly abortSignal: AbortSignal | undefined;
  readonly effects: Effects;
  /** The caller's prompt, the last answer, and the feedback on it. */
  promptWithFeedback(options?: FeedbackOptions): Prompt;
  /** Calls a model, the wrapped one unless said; failures of the provider are retried within. */
  call(params: CallOptions, options?: { readonly model?: LanguageModel }): Promise<ModelAnswer>;
  emit<NAME extends StagedRetryEventName>(name: NAME, event: EventDetail<NAME>): void;
  /** Runs a part of the attempt, so that telemetry shows it as a span and what is called in it below that. */
  within<RESULT>(part: RunPart, code: () => Promise<RESULT>): Promise<RESULT>;
  /** What this stage makes once for all its attempts in the run. */
  once<VALUE>(create: () => VALUE): VALUE;
  /** Runs when the run ends, however it ends. */
  onRunEnd(release: () => PromiseLike<void> | void): void;
}

/** What the attempt that the feedback is for may do. */
export interface FeedbackOptions {
  /** The names of the tools lent to the attempt. */
  readonly tools?: readonly string[];
  /** The members the attempt is to send, and nothing else. */
  readonly only?: readonly string[];
  /** What a person told the model. */
  readonly advice?: string;
  /** The model the attempt asks. @default the wrapped one */
  readonly model?: LanguageModel;
}

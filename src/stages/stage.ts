import type { Effects } from '../effects/effects.ts';
import type { EventDetail, StagedRetryEventName } from '../events.ts';
import type { RejectedAnswer } from '../feedback/rejection-messages.ts';
import type { Answer } from '../model/answer.ts';
import type { CallOptions, GenerateResult, LanguageModel, Prompt, StreamPart } from '../model/language-model.ts';
import type { Backoff } from '../policy/backoff.ts';
import type { Rung } from '../policy/rung.ts';
import type { RunPart } from '../telemetry/telemetry.ts';
import type { Fix } from '../trace/fix.ts';
import type { History } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';

/** A way to propose an answer: one step of the ladder. */
export interface Stage extends Rung {
  /**
   * The wait between attempts, in milliseconds or as a backoff. After a wrong answer there is no reason to wait.
   * @default 0
   */
  readonly delay?: number | Backoff;
  /**
   * Called before the first model call of a run.
   *
   * @throws InvalidArgumentError for a call that the stage could never handle.
   */
  refuseCall?(params: CallOptions): void;
  /** Returns the next answer, or `undefined` if the stage has nothing to propose, which ends the stage. */
  propose(context: StageContext): Promise<Answer | undefined>;
}

/** An answer from a model. */
export interface ModelAnswer extends Answer {
  /** The result as the model returned it. */
  readonly result: GenerateResult;
  /** The parts of a streamed answer, without `stream-start`, `finish` and `error`. */
  readonly parts?: readonly StreamPart[];
  /** The JSON value of the text, if it was already parsed. */
  readonly parsed?: { readonly value: unknown } | undefined;
  /** The text after reading while it streamed, if reading changed it. */
  readonly readText?: string;
  /** What reading changed in the part that was shown while it streamed. */
  readonly fixes?: readonly Fix[];
  /** Why the answer was aborted while it streamed, and about how many tokens it had. */
  readonly aborted?: { readonly issues: readonly Issue[]; readonly estimatedTokens: number };
}

/** What a stage may see and do in an attempt. */
export interface StageContext {
  /** The id of the run. */
  readonly runId: string;
  /** The name of this stage. */
  readonly stage: string;
  /** The caller's call, without this library's own options. */
  readonly params: CallOptions;
  /** What happened in the run so far, oldest first. */
  readonly history: History;
  /** The number of this attempt. */
  readonly attempt: number;
  /** The last answer that was judged, and its issues; `undefined` if there is none. */
  readonly rejected: RejectedAnswer | undefined;
  /** The wrapped model. */
  readonly model: LanguageModel;
  /** The caller's abort signal. */
  readonly abortSignal: AbortSignal | undefined;
  /** The clock, randomness, ids and timers of the run. */
  readonly effects: Effects;
  /** Returns the caller's prompt, followed by the last answer and the feedback on it. */
  promptWithFeedback(options?: FeedbackOptions): Prompt;
  /** Calls a model, by default the wrapped one. Provider failures are retried, and tokens and cost are counted. */
  call(params: CallOptions, options?: { readonly model?: LanguageModel }): Promise<ModelAnswer>;
  /** Emits an event of this run. */
  emit<NAME extends StagedRetryEventName>(name: NAME, event: EventDetail<NAME>): void;
  /** Runs a part of the attempt. Telemetry shows it as a span, with everything it calls below that. */
  within<RESULT>(part: RunPart, code: () => Promise<RESULT>): Promise<RESULT>;
  /** Creates something once for all attempts of this stage in the run. */
  once<VALUE>(create: () => VALUE): VALUE;
  /** Registers a function that runs when the run ends, however it ends. */
  onRunEnd(release: () => PromiseLike<void> | void): void;
}

/** What the next attempt can do, for the feedback. */
export interface FeedbackOptions {
  /** The names of the tools lent to the attempt. */
  readonly tools?: readonly string[];
  /** The members that the attempt must send, and nothing else. */
  readonly only?: readonly string[];
  /** What a person told the model. */
  readonly advice?: string;
  /** The model that the attempt calls. @default the wrapped one */
  readonly model?: LanguageModel;
}

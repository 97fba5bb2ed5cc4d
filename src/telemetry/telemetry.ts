import type { JSONObject } from '@ai-sdk/provider';
import type { EventSink } from '../events.ts';
import type { Prompt } from '../model/language-model.ts';

/** A part of a run that a trace shows as a span. */
export type RunPart =
  | { readonly type: 'run' }
  | { readonly type: 'attempt'; readonly attempt: number; readonly stage: string }
  | {
      readonly type: 'tool-call';
      readonly attempt: number;
      /** Counts from 1 in each attempt, as in the event. */
      readonly call: number;
      readonly toolCallId: string;
      readonly toolName: string;
    }
  /** A model call of a check. */
  | {
      readonly type: 'check-call';
      readonly check: string;
      readonly attempt: number;
      /** Counts from 1 for each check of an attempt, as in the event. */
      readonly call: number;
      readonly provider: string;
      readonly model: string;
    };

/** The run that is about to begin. */
export interface TracedRun {
  readonly runId: string;
  readonly type: 'generate' | 'stream';
  readonly provider: string;
  readonly model: string;
  readonly metadata: JSONObject | undefined;
  readonly prompt: Prompt;
  readonly abortSignal: AbortSignal | undefined;
}

/** Follows one run: gets its events, within the parts they belong to. */
export interface RunTelemetry extends EventSink {
  /**
   * Runs a part of the run, with the part as the parent of everything called in it. Settles as `code` does, and soon: the
   * run waits for it. If it throws, the run goes on.
   */
  within<RESULT>(part: RunPart, code: () => Promise<RESULT>): Promise<RESULT>;
}

/** Follows runs: `otelTelemetry()` of `ai-staged-retry/otel`. */
export interface Telemetry {
  /** Called when a run begins, in the context of its caller. */
  startRun(run: TracedRun): RunTelemetry;
}

import type { DeepPartial, UIMessage } from 'ai';
import type { Attempt, Escalation, Fix, Issue, StagedRetryEvents } from 'ai-staged-retry';
import type { Invoice } from '../../practice-server/invoice-schema.ts';
import { usdOf } from './price.ts';

/** An attempt as the pages show it; while it lasts it has no issues yet. */
export interface AttemptView {
  readonly number: number;
  readonly stage: string;
  readonly state: 'running' | 'passed' | 'failed';
  readonly model?: string;
  readonly text?: string;
  /** What the model was told to change. */
  readonly feedback?: string;
  readonly issues: readonly Issue[];
  readonly fixes?: readonly Fix[];
  readonly inputTokens?: number;
  /** Of output; where the stream was cancelled, what had come until then, by estimate. */
  readonly tokens?: number;
  readonly usd?: number;
  readonly isCutShort: boolean;
  readonly startedAt: string;
  readonly durationMs: number;
  /** The run that made it, if that was an earlier one of the same mail. */
  readonly earlierRun?: string;
}

/** A call of a tool that was lent to the model. */
export interface ToolView {
  readonly id: string;
  readonly attempt: number;
  readonly name: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly startedAt: string;
  readonly durationMs: number;
}

export interface EscalationView {
  readonly id: string;
  readonly state: Escalation['state'];
  readonly askedAt: string;
  readonly decidedAt?: string;
  readonly decision?: string;
  readonly by?: string;
}

export type Outcome = StagedRetryEvents['run-end']['outcome'] | 'running';

/** What is kept of a run. */
export interface RunRecord {
  readonly runId: string;
  /** What the same mail is recognised by while its escalation is open. */
  readonly resumeKey: string;
  /** The number of the invoice, where the mail names one. */
  readonly title: string;
  readonly runtime: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601; of the latest request. */
  readonly endedAt?: string;
  readonly outcome: Outcome;
  readonly attempts: readonly AttemptView[];
  readonly tools: readonly ToolView[];
  readonly escalation?: EscalationView;
}

/** The stream of a run: its ladder and, growing, its answer. */
export type RunMessage = UIMessage<
  never,
  {
    run: { readonly runtime: string; readonly delivery?: 'live' | 'buffer'; readonly heldBy?: readonly string[] };
    attempt: AttemptView;
    tool: ToolView;
    escalation: EscalationView;
    answer: DeepPartial<Invoice>;
    end: { readonly outcome: Outcome; readonly message?: string };
  }
>;

export function attemptView(attempt: Attempt): AttemptView {
  const { number, stage, model, text, verdict, fixes, usage, estimatedTokens, startedAt, durationMs } = attempt;
  const reported = usage.outputTokens.total;
  return {
    number,
    stage,
    state: verdict.type === 'pass' ? 'passed' : 'failed',
    model,
    text,
    issues: verdict.type === 'pass' ? [] : verdict.issues,
    ...(fixes === undefined ? {} : { fixes }),
    inputTokens: usage.inputTokens.total,
    tokens: reported ?? estimatedTokens,
    usd: usdOf(usage.inputTokens.total, reported ?? estimatedTokens),
    isCutShort: reported === undefined && estimatedTokens !== undefined,
    startedAt,
    durationMs,
  };
}

export function escalationView({ id, state, createdAt, decision }: Escalation): EscalationView {
  if (decision === undefined) return { id, state, askedAt: createdAt };
  const { type, by, at } = decision;
  return { id, state, askedAt: createdAt, decidedAt: at, decision: type, ...(by === undefined ? {} : { by }) };
}

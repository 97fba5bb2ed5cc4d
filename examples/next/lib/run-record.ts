import type { DeepPartial, UIMessage } from 'ai';
import type { Attempt, Escalation, Issue, StagedRetryEvents } from 'ai-staged-retry';
import type { Invoice } from '../../practice-server/invoice-schema.ts';

/** An attempt as the pages show it; while it lasts it has no issues yet. */
export interface AttemptView {
  readonly number: number;
  readonly stage: string;
  readonly state: 'running' | 'passed' | 'failed';
  readonly model?: string;
  readonly text?: string;
  readonly issues: readonly Issue[];
  readonly tokens?: number;
  /** Its stream was cancelled: `tokens` is what had come until then, by estimate. */
  readonly isCutShort: boolean;
  readonly startedAt: string;
  readonly durationMs: number;
}

export interface EscalationView {
  readonly id: string;
  readonly state: 'pending' | 'decided';
  readonly decision?: string;
  readonly by?: string;
}

export type Outcome = StagedRetryEvents['run-end']['outcome'] | 'running';

/** What is kept of a run for the page of runs. */
export interface RunRecord {
  readonly runId: string;
  readonly runtime: string;
  readonly startedAt: string;
  readonly outcome: Outcome;
  readonly attempts: readonly AttemptView[];
  readonly escalation?: EscalationView;
}

/** The stream of a run: its ladder and, growing, its answer. */
export type RunMessage = UIMessage<
  never,
  {
    run: { readonly runtime: string; readonly delivery?: 'live' | 'buffer'; readonly heldBy?: readonly string[] };
    attempt: AttemptView;
    tool: { readonly attempt: number; readonly name: string; readonly input: unknown; readonly output: unknown };
    escalation: EscalationView;
    answer: DeepPartial<Invoice>;
    end: { readonly outcome: Outcome; readonly message?: string };
  }
>;

export function attemptView(attempt: Attempt): AttemptView {
  const { number, stage, model, text, verdict, usage, estimatedTokens, startedAt, durationMs } = attempt;
  const reported = usage.outputTokens.total;
  return {
    number,
    stage,
    state: verdict.type === 'pass' ? 'passed' : 'failed',
    model,
    text,
    issues: verdict.type === 'pass' ? [] : verdict.issues,
    tokens: reported ?? estimatedTokens,
    isCutShort: reported === undefined && estimatedTokens !== undefined,
    startedAt,
    durationMs,
  };
}

export function escalationView({ id, decision }: Escalation): EscalationView {
  if (decision === undefined) return { id, state: 'pending' };
  const { type, by } = decision;
  return { id, state: 'decided', decision: type, ...(by === undefined ? {} : { by }) };
}

/** How a run stands, in words; a sender who left does not end it. */
export function standing({ outcome, escalation }: Pick<RunRecord, 'outcome' | 'escalation'>): string {
  if (escalation === undefined || outcome === 'accepted' || outcome === 'failed') return outcome;
  return escalation.state === 'pending' ? 'waits for a person' : 'waits for its sender';
}

/** About how many tokens were not written because hopeless answers were cancelled, taking the accepted one's length. */
export function savedTokens(attempts: readonly AttemptView[]): number {
  const whole = attempts.findLast(({ isCutShort, tokens }) => !isCutShort && tokens !== undefined)?.tokens ?? 0;
  return attempts
    .filter(({ isCutShort }) => isCutShort)
    .reduce((saved, { tokens = 0 }) => saved + Math.max(0, whole - tokens), 0);
}

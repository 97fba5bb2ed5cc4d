import { cut } from '../../feedback/excerpt.ts';
import type { RecordedDecision } from '../../trace/decision.ts';
import type { Escalation, EscalationOutcome, FieldValue } from '../../trace/escalation.ts';
import type { Issue } from '../../trace/issue.ts';
import { shortMetadata } from './facets.ts';

/** What a queue shows of an escalation, in a few kilobytes. `get(id)` returns all of it. */
export interface EscalationSummary
  extends Pick<Escalation, 'id' | 'scope' | 'stage' | 'state' | 'createdAt' | 'expiresAt' | 'priority' | 'claimed'> {
  /** The title from `human({ describe })`. At most 300 characters, as every text of a summary. */
  readonly title?: string;
  /** The first 20 fields from `human({ describe })`, by label. */
  readonly fields?: Readonly<Record<string, FieldValue>>;
  /** The members of the call's `metadata` that a list can be filtered by. */
  readonly metadata?: Escalation['metadata'];
  /** The first 10 issues of the best attempt, without their places. */
  readonly issues: readonly Pick<Issue, 'message' | 'check' | 'kind'>[];
  /** How many notes there are, if any. `get(id)` has them. */
  readonly noteCount?: number;
  /** The decision, once there is one, without its text. */
  readonly decision?: Pick<RecordedDecision, 'type' | 'by' | 'at'>;
  /** The result of the decision, without the answer. */
  readonly outcome?: Pick<EscalationOutcome, 'type' | 'escalationId' | 'at'>;
}

/** Asks for summaries in place of whole escalations. */
export interface SummaryOption {
  readonly summary: true;
}

const maxText = 300;
const maxFields = 20;
const maxIssues = 10;

/** Takes what a queue shows, so that a page of long answers is a short text. */
export function summaryOf(escalation: Escalation): EscalationSummary {
  const { id, scope, stage, state, createdAt, expiresAt, priority, claimed } = escalation;
  const { title, fields, metadata, issues, notes = [], decision, outcome } = escalation;
  return {
    id,
    scope,
    stage,
    state,
    createdAt,
    expiresAt,
    ...(title === undefined ? {} : { title: cut(title, maxText) }),
    ...(fields === undefined ? {} : { fields: shortFields(fields) }),
    ...(priority === undefined ? {} : { priority }),
    ...(metadata === undefined ? {} : { metadata: shortMetadata(metadata) }),
    issues: issues
      .slice(0, maxIssues)
      .map(({ message, check, kind }) => ({ message: cut(message, maxText), check, kind })),
    ...(claimed === undefined ? {} : { claimed }),
    ...(notes.length === 0 ? {} : { noteCount: notes.length }),
    ...(decision === undefined ? {} : { decision: withoutText(decision) }),
    ...(outcome === undefined ? {} : { outcome: withoutAnswer(outcome) }),
  };
}

function shortFields(fields: NonNullable<Escalation['fields']>): NonNullable<Escalation['fields']> {
  const first = Object.entries(fields).slice(0, maxFields);
  return Object.fromEntries(
    first.map(([label, value]) => [cut(label, maxText), typeof value === 'string' ? cut(value, maxText) : value]),
  );
}

function withoutText({ type, by, at }: RecordedDecision): NonNullable<EscalationSummary['decision']> {
  return { type, ...(by === undefined ? {} : { by }), at };
}

function withoutAnswer({ type, escalationId, at }: EscalationOutcome): NonNullable<EscalationSummary['outcome']> {
  return { type, ...(escalationId === undefined ? {} : { escalationId }), at };
}

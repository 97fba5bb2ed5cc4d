import type { Store } from '../../stores/store.ts';
import type { Decision } from '../../trace/decision.ts';
import type { Issue } from '../../trace/issue.ts';
import type { EscalationRecord } from '../record.ts';
import { type Forgotten, forgottenDecisions } from './forgotten.ts';
import { type Journal, type JournalEntry, journal } from './journal.ts';

/** A write of a record. */
export interface ChangeEntry extends JournalEntry {
  readonly revision: string;
}

/** A decision, with what its numbers are made of. */
export interface DecisionEntry extends JournalEntry {
  /** When the escalation was filed, in milliseconds since the epoch. */
  readonly filedAt: number;
  readonly type: Decision['type'];
  readonly by: string | undefined;
  /** The checks that faulted the proposal. */
  readonly checks: readonly string[];
  /** Those of them whose finding the person let pass. */
  readonly overridden: readonly string[];
}

export interface Journals {
  readonly changes: Journal<ChangeEntry>;
  readonly decisions: Journal<DecisionEntry>;
  readonly forgotten: Forgotten;
}

export function escalationJournals(store: Store): Journals {
  return {
    forgotten: forgottenDecisions(store),
    changes: journal<ChangeEntry>({
      store,
      name: 'changes',
      entryOf: ({ changedAt, revision, escalation: { id, scope } }) => ({ at: changedAt, id, scope, revision }),
      write: ({ at, id, scope, revision }) => [at, id, scope, revision],
      read: ([at, id, scope, revision]) => ({ ...placeOf(at, id, scope), revision: String(revision) }),
    }),
    decisions: journal<DecisionEntry>({
      store,
      name: 'decisions',
      entryOf: decisionEntryOf,
      write: ({ at, id, scope, filedAt, type, by, checks, overridden }) => [
        at,
        id,
        scope,
        filedAt,
        type,
        by ?? null,
        checks,
        overridden,
      ],
      read: ([at, id, scope, filedAt, type, by, checks, overridden]) => ({
        ...placeOf(at, id, scope),
        filedAt: Number(filedAt),
        type: type as Decision['type'], // as it was written
        by: by === null ? undefined : String(by),
        checks: textsOf(checks),
        overridden: textsOf(overridden),
      }),
    }),
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function placeOf(at: unknown, id: unknown, scope: unknown): JournalEntry {
  return { at: Number(at), id: String(id), scope: String(scope) };
}

function decisionEntryOf({ escalation, history }: EscalationRecord): DecisionEntry | undefined {
  const { id, scope, createdAt, decision, issues, outcome } = escalation;
  if (decision === undefined) return undefined;
  const ofProposal = checksOf(issues);
  const overridden = decision.type === 'edit' && decision.force === true ? forcedAgainst() : approvedAgainst();
  const checks = [...new Set([...ofProposal, ...overridden])];
  const { type, by } = decision;
  return { at: Date.parse(decision.at), id, scope, filedAt: Date.parse(createdAt), type, by, checks, overridden };

  /** Until the checks have judged it, a text that was forced counts as faulted like the one before it. */
  function forcedAgainst(): string[] {
    if (outcome?.verdict === undefined) return ofProposal;
    return outcome.verdict.type === 'fail' ? checksOf(outcome.verdict.issues) : [];
  }

  function approvedAgainst(): string[] {
    if (decision?.type !== 'approve') return [];
    if (decision.attempt === undefined) return ofProposal;
    const attempt = history.find((entry) => entry.type === 'attempt' && entry.number === decision.attempt);
    return attempt?.type === 'attempt' && attempt.verdict.type === 'fail' ? checksOf(attempt.verdict.issues) : [];
  }
}

function checksOf(issues: readonly Issue[]): string[] {
  return [...new Set(issues.map(({ check }) => check))];
}

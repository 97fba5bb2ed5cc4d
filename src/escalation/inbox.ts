import type { Store } from '../stores/store.ts';
import type { Escalation, EscalationOutcome } from '../trace/escalation.ts';
import type { EscalationListener } from './actions/announcing.ts';
import type { Decide } from './actions/deciding.ts';
import type { EscalationRequest, FiledEscalation, FoundEscalation } from './actions/filing.ts';
import type { AssignOptions, ClaimOptions, NamedOptions, NoteOptions } from './actions/sharing.ts';
import type { ChangesOptions, EscalationChange, WaitOptions } from './actions/watching.ts';
import type { ExportOptions } from './history/exporting.ts';
import type { InboxStats, StatsOptions } from './history/stats.ts';
import type { EscalationPage, ListOptions } from './lists/list-options.ts';
import type { EscalationSummary, SummaryOption } from './lists/summary.ts';
import type { ChangeResult } from './records.ts';

export type { BulkResult, Decide } from './actions/deciding.ts';
export type { EscalationRequest, FiledEscalation, FoundEscalation } from './actions/filing.ts';
export type { ChangesOptions, EscalationChange, WaitOptions } from './actions/watching.ts';
export type { ExportOptions } from './history/exporting.ts';
export type { DecisionStats, InboxStats, StatsOptions } from './history/stats.ts';
export type { EscalationFilter } from './lists/facets.ts';
export type { EscalationPage, ListOptions } from './lists/list-options.ts';
export type { EscalationSummary, SummaryOption } from './lists/summary.ts';
export type { ChangeResult } from './records.ts';

/** Where escalations wait, for how long, and what happens when one is filed or decided. */
export interface InboxOptions {
  /** Where escalations are kept. @default memoryStore() */
  readonly store?: Store;
  /** How long a decision is possible, in milliseconds. @default 604_800_000 (7 days) */
  readonly ttlMs?: number;
  /** Changes the texts of the stored prompt, issues, title and fields, but never the proposal or the path of an issue. */
  readonly redact?: (text: string) => string;
  /**
   * Runs after an escalation was written; the run waits up to five seconds for it. An error does not affect the run.
   * After an error or a crash, it runs again when the request is sent again.
   */
  readonly onFiled?: EscalationListener;
  /** Runs after a decision was written; `decide` waits up to five seconds for it. */
  readonly onDecided?: EscalationListener;
}

/** Where escalations wait and are decided. */
export interface Inbox {
  /** Writes an escalation and announces it, or finds the one that was written for the same request. Used by runs. */
  file(request: EscalationRequest): Promise<FiledEscalation>;
  /** How long a decision is possible, in milliseconds. */
  readonly ttlMs: number;
  /**
   * The escalation that a request filed after `round` decisions, also if it only leads to the next round. Used by runs.
   */
  find(requestKey: string, round: number): Promise<FoundEscalation | undefined>;
  /**
   * Keeps the earlier rounds of a request for at least `forMs` milliseconds from now, so that a later one is found.
   * Used by runs.
   */
  keep(ids: readonly string[], forMs: number): Promise<void>;
  /**
   * Calls `onFiled` for an escalation that has not been announced, and returns it; `undefined` for any other.
   *
   * @throws InvalidArgumentError for an unknown id.
   */
  announce(id: string): Promise<Escalation | undefined>;
  /** All of an escalation. */
  get(id: string): Promise<Escalation | undefined>;
  /** A page of what queues show of escalations, newest first by default. */
  list(options: ListOptions & SummaryOption): Promise<EscalationPage<EscalationSummary>>;
  /** A page of escalations, newest first by default. */
  list(options?: ListOptions): Promise<EscalationPage>;
  /**
   * Decides an escalation. The first decision wins; a later one gets the recorded outcome. Anybody may decide, whoever
   * holds a claim, unless `takeOver` is `false`: then `won` is `false`, and the escalation is still pending. With a list of
   * ids, each escalation gets the same decision, and the results are in the same order.
   *
   * @throws InvalidArgumentError for an unknown id or an invalid decision. With a list, the error is in that id's
   * result.
   */
  readonly decide: Decide;
  /**
   * Claims a pending escalation for `ttlMs`, or extends the claim. `won` is false if somebody else holds it, or if it
   * is no longer pending.
   *
   * @throws InvalidArgumentError for an unknown id.
   */
  claim(id: string, options: ClaimOptions): Promise<ChangeResult>;
  /**
   * Releases a claim. `won` is false if `by` does not hold it.
   *
   * @throws InvalidArgumentError for an unknown id.
   */
  release(id: string, options: NamedOptions): Promise<ChangeResult>;
  /**
   * Assigns a pending escalation to somebody until it is decided, whoever holds it now; `null` removes the assignment.
   * `won` is false if it is no longer pending.
   *
   * @throws InvalidArgumentError for an unknown id.
   */
  assign(id: string, options: AssignOptions): Promise<ChangeResult>;
  /**
   * Adds a note for others, in any state. A note has at most 10,000 characters, and an escalation at most 200 notes.
   *
   * @throws InvalidArgumentError for an unknown id or an invalid note.
   */
  note(id: string, options: NoteOptions): Promise<ChangeResult>;
  /** Records the outcome of a decision. Used by runs. */
  conclude(id: string, outcome: Omit<EscalationOutcome, 'at'>): Promise<void>;
  /**
   * Counts the escalations, and the decisions of a window: by check and by person, with the decision and the time it
   * took.
   */
  stats(options?: StatsOptions): Promise<InboxStats>;
  /** Decided escalations as JSON Lines, oldest decision first, one line per chunk: for example as an evaluation set. */
  exportDecisions(options?: ExportOptions): AsyncIterable<string>;
  /** Resolves to the decided escalation, or to `undefined` after `timeoutMs`. Rejects with the signal's reason. */
  waitFor(id: string, options: WaitOptions): Promise<Escalation | undefined>;
  /** Every change from now on, with what queues show of the escalation. */
  changes(options: ChangesOptions & SummaryOption): AsyncIterable<EscalationChange<EscalationSummary>>;
  /** Every change from now on, made in any process, until the signal is aborted. */
  changes(options?: ChangesOptions): AsyncIterable<EscalationChange>;
}

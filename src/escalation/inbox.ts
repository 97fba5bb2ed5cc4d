import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Effects, systemEffects } from '../effects/effects.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { refuseNoStore } from '../stores/arguments.ts';
import { memoryStore } from '../stores/memory.ts';
import type { Store } from '../stores/store.ts';
import type { Escalation, EscalationOutcome } from '../trace/escalation.ts';
import { announcing, type EscalationListener } from './announcing.ts';
import { concluding } from './concluding.ts';
import { type Decide, deciding } from './deciding.ts';
import { type ExportOptions, exporting } from './exporting.ts';
import { type EscalationRequest, type FiledEscalation, type FoundEscalation, filing } from './filing.ts';
import { escalationJournals } from './journals.ts';
import { legacyLists } from './legacy.ts';
import { type EscalationPage, type ListOptions, listing } from './listing.ts';
import { escalationLists } from './lists.ts';
import { toEscalation } from './record.ts';
import { type ChangeResult, escalationRecords } from './records.ts';
import { settling } from './settling.ts';
import { type AssignOptions, type ClaimOptions, type NamedOptions, type NoteOptions, sharing } from './sharing.ts';
import { type InboxStats, inboxStats, type StatsOptions } from './stats.ts';
import { createWakers } from './wakers.ts';
import { type ChangesOptions, type EscalationChange, type WaitOptions, watching } from './watching.ts';

export type { BulkResult, Decide } from './deciding.ts';
export type { ExportOptions } from './exporting.ts';
export type { EscalationFilter } from './facets.ts';
export type { EscalationRequest, FiledEscalation, FoundEscalation } from './filing.ts';
export type { EscalationPage, ListOptions } from './listing.ts';
export type { ChangeResult } from './records.ts';
export type { DecisionStats, InboxStats, StatsOptions } from './stats.ts';
export type { ChangesOptions, EscalationChange, WaitOptions } from './watching.ts';

/** Where escalations wait, for how long, and what happens when one is filed. */
export interface InboxOptions {
  /** Where escalations wait. @default memoryStore() */
  readonly store?: Store;
  /** How long a decision is possible, in milliseconds. @default 604_800_000 (7 days) */
  readonly ttlMs?: number;
  /** Changes the stored prompt and issue texts, never the proposal. */
  readonly redact?: (text: string) => string;
  /**
   * Runs after an escalation was written; the run waits five seconds for it. What it throws does not harm the run, and
   * lets it be told again when the request is sent again; so does a process that died before it was done.
   */
  readonly onFiled?: EscalationListener;
  /** Runs after a decision was written; `decide` waits five seconds for it. */
  readonly onDecided?: EscalationListener;
}

/** Where escalations wait and are decided. */
export interface Inbox {
  /** Writes an escalation and announces it, or finds the one that was written for the same request before. */
  file(request: EscalationRequest): Promise<FiledEscalation>;
  /** How long a decision is possible, in milliseconds. */
  readonly ttlMs: number;
  /** The escalation a request filed after `round` decisions, also when it only leads to the next round. */
  find(requestKey: string, round: number): Promise<FoundEscalation | undefined>;
  /** Keeps the earlier rounds of a request for `forMs` from now at least, so that a later one is found. */
  keep(ids: readonly string[], forMs: number): Promise<void>;
  /**
   * Tells `onFiled` of an escalation it has not heard of, and gives it back; `undefined` for any other.
   *
   * @throws InvalidArgumentError for an unknown id.
   */
  announce(id: string): Promise<Escalation | undefined>;
  get(id: string): Promise<Escalation | undefined>;
  /** A page of them; newest first unless said. */
  list(options?: ListOptions): Promise<EscalationPage>;
  /**
   * The first decision wins; a later one gets the recorded outcome. Anybody may decide, whoever holds a claim. With a
   * list of ids, each is decided alike, and the results are in their order.
   *
   * @throws InvalidArgumentError for an unknown id, and for a decision that is none; with a list, that is its result.
   */
  readonly decide: Decide;
  /**
   * Takes hold of a pending escalation for `ttlMs` (a quarter of an hour), or holds it longer; `won` is false when
   * somebody else holds it or it is pending no more.
   *
   * @throws InvalidArgumentError for an unknown id.
   */
  claim(id: string, options: ClaimOptions): Promise<ChangeResult>;
  /**
   * Lets go of an escalation; `won` is false when `by` does not hold it.
   *
   * @throws InvalidArgumentError for an unknown id.
   */
  release(id: string, options: NamedOptions): Promise<ChangeResult>;
  /**
   * Puts somebody on a pending escalation until it is decided, whoever holds it now; `null` takes it off them. `won` is
   * false when it is pending no more.
   *
   * @throws InvalidArgumentError for an unknown id.
   */
  assign(id: string, options: AssignOptions): Promise<ChangeResult>;
  /**
   * Adds a note for the others, whatever its state; at most 10,000 characters, and 200 notes.
   *
   * @throws InvalidArgumentError for an unknown id, and for a note that is none.
   */
  note(id: string, options: NoteOptions): Promise<ChangeResult>;
  /** What came of a decision, for the record. */
  conclude(id: string, outcome: Omit<EscalationOutcome, 'at'>): Promise<void>;
  /** How many there are, and what was decided in a window: by check and by person, how, and in what time. */
  stats(options?: StatsOptions): Promise<InboxStats>;
  /** Decided escalations as JSON Lines, the oldest decision first: one line a chunk, to be used as an evaluation set. */
  exportDecisions(options?: ExportOptions): AsyncIterable<string>;
  /** The decided escalation, or `undefined` when `timeoutMs` is up; rejects with the signal's reason. */
  waitFor(id: string, options: WaitOptions): Promise<Escalation | undefined>;
  /** Every change from now on, in any process, until the signal is aborted. */
  changes(options?: ChangesOptions): AsyncIterable<EscalationChange>;
}

const weekMs = 7 * 24 * 3_600_000;

/**
 * A durable inbox on a store.
 *
 * @throws InvalidArgumentError for a store that is none, and for a `ttlMs` that is no positive number.
 * @example
 * const inbox = createInbox({ store, onFiled: (escalation) => post(`/inbox/${escalation.id}`) });
 * const model = withStagedRetry(openai('gpt-5-mini'), { stages: [retry({ attempts: 2 }), human({ inbox })], scope: 'public' });
 */
export function createInbox(options: InboxOptions = {}, effects: Effects = systemEffects): Inbox {
  refuseBadOptions('createInbox', options, { store: true, ttlMs: true, redact: true, onFiled: true, onDecided: true });
  const { store = memoryStore(), ttlMs = weekMs, redact = (text) => text, onFiled, onDecided } = options;
  refuseNoStore('store', store);
  if (!(ttlMs > 0 && Number.isFinite(ttlMs))) {
    throw new InvalidArgumentError({ argument: 'ttlMs', message: 'ttlMs must be above 0 and finite.' });
  }
  const lists = escalationLists(store);
  const journals = escalationJournals(store);
  const wakers = createWakers(effects);
  const records = escalationRecords({ store, lists, journals, wakers, effects });
  const settled = settling({ lists, journals, records, effects });
  const legacy = legacyLists({ store, lists, journals, records, effects });
  const announcements = announcing({ records, onFiled, effects });
  const isTelling = onFiled !== undefined;
  const { sweep } = settled;
  return {
    ttlMs,
    ...filing({ records, announcements, sweep, isTelling, redact, ttlMs, effects }),
    ...deciding({ records, onDecided, effects }),
    ...sharing({ records, effects }),
    ...concluding({ records, redact, effects }),
    ...listing({ lists, legacy, settled, effects }),
    ...exporting({ lists, legacy, settled, effects }),
    ...watching({ journals, records, wakers, effects }),
    announce: announcements.announce,
    stats: (request) => inboxStats({ lists, journals, legacy, effects }, request),
    async get(id) {
      const stored = await records.read(id);
      return stored === undefined ? undefined : toEscalation(stored.record, effects.now());
    },
  };
}

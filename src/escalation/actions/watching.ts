import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Effects } from '../../effects/effects.ts';
import { raced } from '../../effects/waiting.ts';
import { refuseBadOptions } from '../../errors/refuse-bad-options.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { ChangeEntry, Journals } from '../history/journals.ts';
import { type EscalationSummary, type SummaryOption, summaryOf } from '../lists/summary.ts';
import { type EscalationRecord, toEscalation } from '../record.ts';
import type { Records } from '../records.ts';
import { requireId } from '../require-name.ts';
import type { Wakers } from '../wakers.ts';

/** How long to wait for a decision. */
export interface WaitOptions {
  /** How long to wait, in milliseconds. */
  readonly timeoutMs: number;
  /**
   * How often the store is read, in milliseconds. Decisions made through this inbox object are known at once.
   * @default 1000
   */
  readonly pollMs?: number | undefined;
  /** Ends the wait, which then rejects with its reason. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** Which changes to follow, and from where. */
export interface ChangesOptions {
  /** The only scope to follow. @default every scope */
  readonly scope?: string | undefined;
  /** The `cursor` of the last change that you saw, or a time in ISO 8601. @default from now on */
  readonly after?: string | undefined;
  /**
   * How often the store is read, in milliseconds. Changes made through this inbox object are known at once.
   * @default 2000
   */
  readonly pollMs?: number | undefined;
  /** Ends the iteration. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** An escalation after it was filed, announced, claimed, assigned, released, noted or decided. */
export interface EscalationChange<SHOWN extends EscalationSummary = Escalation> {
  /** The escalation after the change. */
  readonly escalation: SHOWN;
  /** Pass it as `after` to continue from here. */
  readonly cursor: string;
}

const pageSize = 100;
/** The most changes that are told of at once; of more than that between two looks the latest. */
const maxChanges = 10_000;

interface Seen {
  readonly cursors: ReadonlySet<string>;
  /** What is older only came into view because others left the list. */
  readonly since: number;
}

interface WatchingOptions {
  readonly journals: Pick<Journals, 'changes'>;
  readonly records: Records;
  readonly wakers: Wakers;
  readonly effects: Effects;
}

/** Waiting for what people do, by polling: a store that cannot be read for a moment is asked again. */
export function watching({ journals: { changes: journal }, records, wakers, effects }: WatchingOptions) {
  async function readWithin(id: string, timeoutMs: number, signal: AbortSignal | undefined) {
    try {
      return await raced(records.read(id), { timeoutMs, signal, effects });
    } catch {
      signal?.throwIfAborted();
      return 'unreadable';
    }
  }

  /** The latest first: a page of them, or as many pages as hold something new. */
  async function latest(
    scope: string | undefined,
    seen: Seen | undefined,
  ): Promise<readonly ChangeEntry[] | undefined> {
    try {
      const all: ChangeEntry[] = [];
      let cursor: string | undefined;
      do {
        const page = await journal.page({ scope, limit: pageSize, order: 'desc', cursor });
        all.push(...page.entries);
        const isNew = seen !== undefined && newTo(seen, page.entries).length === page.entries.length;
        cursor = isNew ? page.cursor : undefined;
      } while (cursor !== undefined && all.length < maxChanges);
      return all;
    } catch {
      return undefined;
    }
  }

  async function readOrNothing(id: string): Promise<EscalationRecord | undefined> {
    return (await records.read(id).catch(() => undefined))?.record;
  }

  function newTo({ cursors, since }: Seen, entries: readonly ChangeEntry[]): ChangeEntry[] {
    return entries.filter((entry) => entry.at >= since && !cursors.has(journal.textOf(entry)));
  }

  /** What is no cursor is behind nothing: better to tell a change twice than never. */
  function seenUntil(after: string): Seen {
    return { cursors: new Set([after]), since: (journal.read(after)?.at ?? Date.parse(after)) || 0 };
  }

  function seenNow(entries: readonly ChangeEntry[]): Seen {
    const oldest = entries.length < pageSize ? undefined : entries.at(-1);
    return { cursors: new Set(entries.map(journal.textOf)), since: oldest?.at ?? 0 };
  }

  async function waitFor(id: string, options: WaitOptions): Promise<Escalation | undefined> {
    requireId(id);
    refuseBadOptions('inbox.waitFor', options, { timeoutMs: 'number', pollMs: 'number', abortSignal: true });
    const { timeoutMs, pollMs = 1000, abortSignal } = options;
    if (timeoutMs === undefined)
      throw new InvalidArgumentError({ argument: 'timeoutMs', message: 'inbox.waitFor() needs timeoutMs.' });
    const deadline = effects.now() + timeoutMs;
    for (;;) {
      abortSignal?.throwIfAborted();
      const listener = wakers.listen(id);
      try {
        const stored = await readWithin(id, Math.max(deadline - effects.now(), 1000), abortSignal);
        if (stored !== 'unreadable') {
          const escalation = stored === undefined ? undefined : toEscalation(stored.record, effects.now());
          if (escalation?.state !== 'pending') return escalation?.state === 'decided' ? escalation : undefined;
        }
        const remainingMs = deadline - effects.now();
        if (remainingMs <= 0) return undefined;
        await listener.wait(Math.min(remainingMs, jittered(pollMs, effects)), abortSignal);
      } finally {
        listener.stop();
      }
    }
  }

  function changes(options: ChangesOptions & SummaryOption): AsyncGenerator<EscalationChange<EscalationSummary>, void>;
  function changes(options?: ChangesOptions): AsyncGenerator<EscalationChange, void>;
  async function* changes(
    options: ChangesOptions & Partial<SummaryOption> = {},
  ): AsyncGenerator<EscalationChange | EscalationChange<EscalationSummary>, void, undefined> {
    refuseBadOptions<ChangesOptions & Partial<SummaryOption>>('inbox.changes', options, {
      scope: 'string',
      after: 'string',
      pollMs: 'number',
      summary: 'boolean',
      abortSignal: true,
    });
    const { scope, after, pollMs = 2000, summary, abortSignal } = options;
    let seen = after === undefined ? undefined : seenUntil(after);
    while (abortSignal?.aborted !== true) {
      const fresh: ChangeEntry[] = [];
      // From before the look, so that nothing falls in between; and not while there is something to read, since a reader
      // may leave it unread.
      const listener = wakers.listen('');
      try {
        const entries = await latest(scope, seen);
        if (entries !== undefined) {
          if (seen !== undefined) fresh.push(...newTo(seen, entries));
          seen = seenNow(entries);
        }
        if (fresh.length === 0) await listener.wait(jittered(pollMs, effects), abortSignal);
      } finally {
        listener.stop();
      }
      for (const entry of fresh.reverse()) {
        const record = await readOrNothing(entry.id);
        if (record === undefined) continue;
        const escalation = toEscalation(record, effects.now());
        yield { escalation: summary === true ? summaryOf(escalation) : escalation, cursor: journal.textOf(entry) };
      }
    }
  }

  return { waitFor, changes };
}

function jittered(ms: number, { random }: Pick<Effects, 'random'>): number {
  return ms * (0.75 + random() / 2);
}

import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Effects } from '../../effects/effects.ts';
import { refuseBadOptions } from '../../errors/refuse-bad-options.ts';
import type { Decision } from '../../trace/decision.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { Lists } from '../lists/lists.ts';
import type { DecisionEntry, Journals } from './journals.ts';
import type { legacyLists } from './legacy.ts';

/** A span of time. Both ends are ISO 8601 texts or a `Date`. */
export interface Window {
  /** The beginning. @default no beginning */
  readonly since?: string | Date | undefined;
  /** The end, which is not part of it, so that the next window can begin there. @default no end */
  readonly until?: string | Date | undefined;
}

/** Which escalations to count, over which window. */
export interface StatsOptions extends Window {
  /** The only scope to count. @default every scope */
  readonly scope?: string | undefined;
}

/** Counts and times of decisions. */
export interface DecisionStats {
  /** How many were decided. */
  readonly decided: number;
  /** How many decisions there were of each type. */
  readonly decisions: Readonly<Partial<Record<Decision['type'], number>>>;
  /** Answers that were accepted although a check rejected them: approved, or edited with `force`. */
  readonly overridden: number;
  /** The median time from filing to decision, in milliseconds. */
  readonly medianDecisionMs?: number;
  /** The 90th percentile of that time, in milliseconds. */
  readonly p90DecisionMs?: number;
}

/** Counts and times of an inbox, in total and for a window. */
export interface InboxStats {
  /** How many are pending. Each of the counts stops at 10,000. */
  readonly pending: number;
  /** How many were decided. */
  readonly decided: number;
  /** How many expired without a decision. */
  readonly expired: number;
  /** When the oldest pending escalation was filed, as ISO 8601. */
  readonly oldestPendingAt?: string;
  /** The decisions between `since` and `until`. */
  readonly window: DecisionStats & {
    /** By the check that rejected the answer. `overridden` counts answers that the person accepted anyway. */
    readonly byCheck: Readonly<Record<string, DecisionStats>>;
    /** By who decided. Decisions without a name are only in the total. */
    readonly byPerson: Readonly<Record<string, DecisionStats>>;
    /**
     * Whether all decisions were counted. Of more than 10,000, in the window and after it, only the latest are, and a
     * decision counts only as long as its record is kept.
     */
    readonly isComplete: boolean;
  };
}

export const windowNames = { scope: 'string', since: true, until: true } as const;

const countLimit = 10_000;

interface InboxStatsOptions {
  readonly lists: Lists;
  readonly journals: Journals;
  readonly legacy: ReturnType<typeof legacyLists>;
  readonly effects: Pick<Effects, 'now'>;
}

/** The numbers of an inbox, in a round trip or two however much it holds: no record is read for them. */
export async function inboxStats(
  { lists, journals, legacy, effects }: InboxStatsOptions,
  options: StatsOptions = {},
): Promise<InboxStats> {
  refuseBadOptions('inbox.stats', options, windowNames);
  const { scope, since, until } = options;
  const [from, to] = [
    timeOf('since', since, Number.NEGATIVE_INFINITY),
    timeOf('until', until, Number.POSITIVE_INFINITY),
  ];
  const all = { scope, limit: countLimit };
  const listOf = (state: Escalation['state']) => lists.page({ state, by: 'time' }, { ...all, order: 'asc' });
  const read = () =>
    Promise.all([
      listOf('pending'),
      listOf('decided'),
      listOf('expired'),
      journals.decisions.page({ ...all, order: 'desc' }),
      journals.forgotten.until(scope),
    ]);
  const [begun, ...outdated] = await Promise.all([
    read(),
    legacy.takeOver('pending'),
    legacy.takeOver('decided'),
    legacy.takeOver('expired'),
  ]);
  const [listed, decided, expired, journal, forgottenAt] = outdated.includes(true) ? await read() : begun;
  const now = effects.now();
  const pending = listed.members.filter(({ expiresAt }) => expiresAt > now);
  const overdue = listed.members.length - pending.length;
  const [oldest] = pending;
  const entries = journal.entries.filter(({ at }) => at >= from && at < to);
  const earliest = journal.entries.at(-1)?.at ?? 0;
  return {
    pending: pending.length,
    decided: decided.members.length,
    expired: Math.min(countLimit, expired.members.length + overdue),
    ...(oldest === undefined ? {} : { oldestPendingAt: new Date(oldest.at).toISOString() }),
    window: {
      ...decisionStats(entries, ({ overridden }) => overridden.length > 0),
      byCheck: grouped(
        entries.flatMap((entry) => entry.checks.map((check) => [check, entry] as const)),
        (check, { overridden }) => overridden.includes(check),
      ),
      byPerson: grouped(
        entries.flatMap((entry) => (entry.by === undefined ? [] : [[entry.by, entry] as const])),
        (_, { overridden }) => overridden.length > 0,
      ),
      isComplete:
        (journal.cursor === undefined || earliest < from) && (forgottenAt === undefined || forgottenAt < from),
    },
  };
}

/** @throws InvalidArgumentError for what is no time. */
export function timeOf(argument: string, time: string | Date | undefined, otherwise: number): number {
  if (time === undefined) return otherwise;
  const isTime = typeof time === 'string' || time instanceof Date;
  const ms = isTime ? new Date(time).getTime() : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new InvalidArgumentError({ argument, message: `${argument} must be a Date or a time in ISO 8601.` });
}

function grouped(
  pairs: readonly (readonly [name: string, entry: DecisionEntry])[],
  isOverridden: (name: string, entry: DecisionEntry) => boolean,
): Record<string, DecisionStats> {
  const groups = new Map<string, DecisionEntry[]>();
  for (const [name, entry] of pairs) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return Object.fromEntries(
    [...groups].map(([name, entries]) => [name, decisionStats(entries, (entry) => isOverridden(name, entry))]),
  );
}

function decisionStats(
  entries: readonly DecisionEntry[],
  isOverridden: (entry: DecisionEntry) => boolean,
): DecisionStats {
  const decisions: Partial<Record<Decision['type'], number>> = {};
  for (const { type } of entries) decisions[type] = (decisions[type] ?? 0) + 1;
  const durations = entries.map(({ at, filedAt }) => at - filedAt).sort((left, right) => left - right);
  const median = durations[Math.floor(durations.length / 2)];
  const p90 = durations[Math.ceil(durations.length * 0.9) - 1];
  return {
    decided: entries.length,
    decisions,
    overridden: entries.filter(isOverridden).length,
    ...(median === undefined ? {} : { medianDecisionMs: median }),
    ...(p90 === undefined ? {} : { p90DecisionMs: p90 }),
  };
}

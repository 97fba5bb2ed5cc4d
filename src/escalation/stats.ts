import type { Decision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { listing } from './listing.ts';
import type { Lists } from './lists.ts';

export interface InboxStats {
  /** How many wait; each number is counted up to 10,000. */
  readonly pending: number;
  readonly decided: number;
  readonly expired: number;
  /** When the one that waits longest was filed (ISO 8601). */
  readonly oldestPendingAt?: string;
  /** What the latest fifty decided ones came to, and how long they took. */
  readonly latest: {
    readonly decisions: Readonly<Partial<Record<Decision['type'], number>>>;
    readonly medianDecisionMs?: number;
  };
}

const countLimit = 10_000;

interface StatsOptions {
  readonly lists: Lists;
  readonly listed: ReturnType<typeof listing>;
}

/** The numbers of an inbox, in a handful of round trips however much it holds. */
export async function inboxStats(
  { lists, listed }: StatsOptions,
  { scope }: { readonly scope?: string | undefined } = {},
): Promise<InboxStats> {
  await listed.settleExpired(scope);
  const states = ['pending', 'decided', 'expired'] as const;
  const [[pending, decided, expired], { escalations }] = await Promise.all([
    Promise.all(states.map((state) => lists.page(state, { scope, limit: countLimit, order: 'asc' }))),
    listed.list({ scope, state: 'decided', limit: 50 }),
  ]);
  const oldest = pending?.members[0];
  return {
    pending: pending?.members.length ?? 0,
    decided: decided?.members.length ?? 0,
    expired: expired?.members.length ?? 0,
    ...(oldest === undefined ? {} : { oldestPendingAt: new Date(oldest.at).toISOString() }),
    latest: { decisions: countDecisions(escalations), ...medianOf(escalations) },
  };
}

function countDecisions(escalations: readonly Escalation[]): Partial<Record<Decision['type'], number>> {
  const counts: Partial<Record<Decision['type'], number>> = {};
  for (const { decision } of escalations) {
    if (decision !== undefined) counts[decision.type] = (counts[decision.type] ?? 0) + 1;
  }
  return counts;
}

function medianOf(escalations: readonly Escalation[]): { medianDecisionMs?: number } {
  const durations = escalations
    .flatMap(({ createdAt, decision }) =>
      decision === undefined ? [] : [Date.parse(decision.at) - Date.parse(createdAt)],
    )
    .sort((left, right) => left - right);
  const median = durations[Math.floor(durations.length / 2)];
  return median === undefined ? {} : { medianDecisionMs: median };
}

import type { EscalationSummary, ListOptions } from 'ai-staged-retry';

export const orders = [
  { value: 'oldest', label: 'Oldest first' },
  { value: 'newest', label: 'Newest first' },
  { value: 'expiring', label: 'Due first' },
  { value: 'priority', label: 'Largest first' },
] as const;

export const tabs = [
  { state: 'pending', label: 'Open' },
  { state: 'decided', label: 'Decided' },
  { state: 'expired', label: 'Expired' },
] as const;

/** What the queue shows; it is kept in the address of the page. */
export interface QueueFilter {
  readonly state: EscalationSummary['state'];
  readonly order: (typeof orders)[number]['value'];
  readonly search: string;
  readonly isMine: boolean;
  /** The sender of the mail. */
  readonly from: string;
}

/** Changes the filter; each change is a step that the browser goes back over, except one that goes on with the last. */
export type OnFilter = (change: Readonly<Record<string, string>>, options?: { readonly goesOn: boolean }) => void;

export function filterIn(query: URLSearchParams): QueueFilter {
  const state = tabs.find(({ state }) => state === query.get('state'))?.state ?? 'pending';
  const order = orders.find(({ value }) => value === query.get('order'))?.value;
  return {
    state,
    order: order ?? (state === 'pending' ? 'oldest' : 'newest'),
    search: query.get('search') ?? '',
    isMine: query.has('mine'),
    from: query.get('from') ?? '',
  };
}

export function queryOf(query: URLSearchParams, change: Readonly<Record<string, string>>): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  return next.size === 0 ? '' : `?${next}`;
}

export function listOptions({ state, order, search, isMine, from }: QueueFilter, name: string): ListOptions {
  return {
    state,
    order,
    search: search === '' ? undefined : search,
    claimedBy: isMine ? name : undefined,
    metadata: from === '' ? undefined : { from },
  };
}

/** Whether one that was just filed belongs into the queue; a search is not done again for each. */
export function belongs(
  escalation: EscalationSummary,
  { state, search, isMine, from }: QueueFilter,
  name: string,
): boolean {
  if (search !== '' || escalation.state !== state) return false;
  if (isMine && escalation.claimed?.by !== name) return false;
  return from === '' || escalation.metadata?.from === from;
}

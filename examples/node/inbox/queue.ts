import type { EscalationSummary, Inbox } from '../../../src/index.ts';
import { forgetKeys } from './keys.ts';

/** How many are read beyond the one that is selected. */
const readAhead = 100;

/** What waits, oldest first, and the one that is selected. */
export interface Queue {
  view(): { readonly escalations: readonly EscalationSummary[]; readonly total: number; readonly selected: number };
  current(): EscalationSummary | undefined;
  /** Reads it again; the one that was selected stays so, or the next one takes its place. */
  refresh(): Promise<void>;
  /** Selects one further on, or before; `false` at the end. */
  move(step: 1 | -1): Promise<boolean>;
}

export function createQueue(inbox: Inbox, scope: { readonly scope?: string }): Queue {
  let escalations: readonly EscalationSummary[] = [];
  let total = 0;
  let selected = 0;

  async function refresh(): Promise<void> {
    const open = escalations[selected]?.id;
    const [read, stats] = await Promise.all([readQueue(selected + readAhead), inbox.stats(scope)]);
    escalations = read;
    total = Math.max(stats.pending, read.length);
    const place = escalations.findIndex(({ id }) => id === open);
    if (place === -1) forgetKeys();
    selected = Math.max(0, place === -1 ? Math.min(selected, escalations.length - 1) : place);
  }

  /** The oldest ones, at least as many unless there are fewer. */
  async function readQueue(count: number): Promise<readonly EscalationSummary[]> {
    const read: EscalationSummary[] = [];
    let cursor: string | undefined;
    do {
      const page = await inbox.list({ ...scope, order: 'oldest', limit: readAhead, summary: true, cursor });
      read.push(...page.escalations);
      cursor = page.cursor;
    } while (cursor !== undefined && read.length < count);
    return read;
  }

  return {
    view: () => ({ escalations, total, selected }),
    current: () => escalations[selected],
    refresh,
    async move(step) {
      if (step === 1 && selected + 1 === escalations.length && total > escalations.length) await refresh();
      const before = selected;
      selected = Math.max(0, Math.min(selected + step, escalations.length - 1));
      return selected !== before;
    },
  };
}

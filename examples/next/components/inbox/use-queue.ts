'use client';

import type { EscalationPage, EscalationSummary } from 'ai-staged-retry';
import { useCallback, useEffect, useRef, useState } from 'react';
import { lookAgain } from '../look-again.ts';
import { inbox, onInboxChange } from './inbox-client.ts';
import { belongs, listOptions, type QueueFilter } from './queue-filter.ts';

const pageSize = 30;

interface Asked {
  readonly filter: QueueFilter;
  readonly name: string;
}

interface Pages {
  readonly items: readonly EscalationSummary[];
  readonly cursor: string | undefined;
  /** How many came since, that are not shown yet. */
  readonly fresh: readonly EscalationSummary[];
}

/**
 * The escalations of a filter, page by page. What changes is changed where it stands, and nothing comes in above what
 * somebody looks at: new ones are counted until they are asked for, unless they belong at the end.
 */
export function useQueue(filter: QueueFilter, name: string) {
  const [pages, setPages] = useState<Pages>();
  const [error, setError] = useState<unknown>();
  const [isLoading, setLoading] = useState(false);
  const latest = useRef(0);
  const key = JSON.stringify([filter, name]);
  const asked = useRef<Asked>({ filter, name });
  asked.current = { filter, name };
  const isRead = useRef(false);
  isRead.current = pages !== undefined;

  const load = useCallback(async (cursor?: string) => {
    latest.current += 1;
    const turn = latest.current;
    setLoading(true);
    try {
      const page = await readPage(asked.current, cursor);
      if (turn !== latest.current) return;
      setError(undefined);
      setPages((known) => ({
        items: cursor === undefined ? page.escalations : merged(known?.items ?? [], page.escalations),
        cursor: page.cursor,
        fresh: cursor === undefined ? [] : (known?.fresh ?? []),
      }));
    } catch (problem) {
      if (turn === latest.current) setError(problem);
    } finally {
      if (turn === latest.current) setLoading(false);
    }
  }, []);

  useEffect(() => {
    // Another filter: `load` reads it.
    void key;
    setPages(undefined);
    void load();
  }, [key, load]);

  const patch = useCallback((escalation: EscalationSummary) => {
    setPages((known) => {
      if (known === undefined) return known;
      if (known.items.some(({ id }) => id === escalation.id)) {
        return { ...known, items: known.items.map((item) => (item.id === escalation.id ? escalation : item)) };
      }
      const fresh = known.fresh.filter(({ id }) => id !== escalation.id);
      const { filter, name } = asked.current;
      if (!belongs(escalation, filter, name)) return { ...known, fresh };
      const isAtEnd = known.items.length === 0 || (filter.order === 'oldest' && known.cursor === undefined);
      return isAtEnd ? { ...known, items: [...known.items, escalation] } : { ...known, fresh: [...fresh, escalation] };
    });
  }, []);

  useEffect(() => onInboxChange(patch), [patch]);

  // Changes that fell between two connections: what is shown is looked at again when the page is.
  useEffect(() => {
    async function readFirst(): Promise<void> {
      const page = await readPage(asked.current).catch(() => undefined);
      for (const escalation of page?.escalations ?? []) patch(escalation);
      if (page !== undefined) setError(undefined);
    }
    return lookAgain(20_000, () => (isRead.current ? readFirst() : load()));
  }, [patch, load]);

  return {
    items: pages?.items,
    fresh: pages?.fresh.length ?? 0,
    isMore: pages?.cursor !== undefined,
    isLoading,
    error,
    patch,
    reload: useCallback(() => load(), [load]),
    more: () => (pages?.cursor === undefined || isLoading ? undefined : load(pages.cursor)),
  };
}

export type Queue = ReturnType<typeof useQueue>;

function readPage({ filter, name }: Asked, cursor?: string): Promise<EscalationPage<EscalationSummary>> {
  return inbox.list({ ...listOptions(filter, name), summary: true, limit: pageSize, cursor });
}

/** What moved between two pages is shown once. */
function merged(known: readonly EscalationSummary[], page: readonly EscalationSummary[]): readonly EscalationSummary[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...page.filter(({ id }) => !ids.has(id))];
}

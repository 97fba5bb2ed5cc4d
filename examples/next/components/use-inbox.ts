'use client';

import type { Escalation } from 'ai-staged-retry';
import { inboxClient } from 'ai-staged-retry/http';
import { useEffect } from 'react';
import useSWR, { useSWRConfig } from 'swr';

export const inbox = inboxClient('/api/inbox');

/** Changes are told of as they happen; this is for those that fall between the first look and the first connection. */
const refreshInterval = 15_000;

/** The escalations of a state, newest first, and how many there are of each state; both are kept up to date. */
export function useEscalations(state: Escalation['state']) {
  useInboxChanges();
  const { data: page, error } = useSWR(['inbox', 'list', state], () => inbox.list({ state }), { refreshInterval });
  const { data: stats } = useSWR(['inbox', 'stats'], () => inbox.stats(), { refreshInterval });
  return { escalations: page?.escalations, stats, error };
}

/** One escalation, kept up to date; `null` when there is none. */
export function useEscalation(id: string) {
  useInboxChanges();
  const { data: escalation, error, mutate } = useSWR(['inbox', id], async () => (await inbox.get(id)) ?? null);
  return { escalation, error, update: (latest: Escalation) => mutate(latest, { revalidate: false }) };
}

/** Reads everything of the inbox again whenever something in it changes. */
function useInboxChanges(): void {
  const { mutate } = useSWRConfig();
  useEffect(() => {
    const stopping = new AbortController();
    async function watch(): Promise<void> {
      for await (const _ of inbox.changes({ abortSignal: stopping.signal })) {
        await mutate((key) => Array.isArray(key) && key[0] === 'inbox');
      }
    }
    // Refused: the session is over, which the next read says too.
    watch().catch(() => {});
    return () => stopping.abort();
  }, [mutate]);
}

'use client';

import type { Escalation } from 'ai-staged-retry';
import { useCallback, useEffect } from 'react';
import useSWR from 'swr';
import { inbox, onInboxChange } from '../inbox/inbox-client.ts';

/** One escalation, kept up to date; `null` when there is none. */
export function useEscalation(id: string) {
  const { data, error, mutate } = useSWR(['escalation', id], async () => (await inbox.get(id)) ?? null);
  const update = useCallback(
    (latest: Escalation) => void (latest.id === id && mutate(latest, { revalidate: false })),
    [id, mutate],
  );
  useEffect(() => onInboxChange(update), [update]);
  return { escalation: data, error, update, again: () => void mutate() };
}

'use client';

import type { Escalation } from 'ai-staged-retry';
import { useCallback, useEffect } from 'react';
import { inbox, onInboxChange } from '../inbox/inbox-client.ts';
import { useLive } from '../use-live.ts';

/** Changes arrive by themselves; this is for those that fell between two connections. */
const everyMs = 20_000;

/** One escalation, kept up to date; `null` when there is none. */
export function useEscalation(id: string) {
  const { data, error, again, show } = useLive<Escalation | null>({
    key: id,
    read: async () => (await inbox.get(id)) ?? null,
    everyMs: () => everyMs,
  });
  const update = useCallback((latest: Escalation) => void (latest.id === id && show(latest)), [id, show]);
  useEffect(() => onInboxChange(update), [update]);
  return { escalation: data, error, update, again };
}

'use client';

import type { Escalation } from 'ai-staged-retry';
import { useCallback, useEffect, useRef, useState } from 'react';
import { inbox, onInboxChange } from '../inbox/inbox-client.ts';
import { lookAgain } from '../look-again.ts';

/** Changes arrive by themselves; this is for those that fell between two connections. */
const againAfterMs = 20_000;

/** One escalation, kept up to date; `null` when there is none. What cannot be read keeps what is shown. */
export function useEscalation(id: string) {
  const [escalation, setEscalation] = useState<Escalation | null>();
  const [error, setError] = useState<unknown>();

  const turn = useRef(0);

  const update = useCallback(
    (latest: Escalation) => {
      if (latest.id !== id) return;
      turn.current += 1; // what is being read is older
      setEscalation(latest);
    },
    [id],
  );

  const again = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    try {
      const latest = (await inbox.get(id)) ?? null;
      if (mine !== turn.current) return;
      setEscalation(latest);
      setError(undefined);
    } catch (problem) {
      if (mine === turn.current) setError(problem);
    }
  }, [id]);

  useEffect(() => {
    void again();
    const stopLooking = lookAgain(againAfterMs, again);
    const stopListening = onInboxChange((changed) => changed.id === id && void again());
    return () => {
      stopLooking();
      stopListening();
    };
  }, [again, id]);

  return { escalation, error, update, again };
}

'use client';

import type { Escalation } from 'ai-staged-retry';
import { useEffect, useState } from 'react';
import { useQueueContext } from '../inbox/queue-context.ts';
import { type DraftForm, draftAt, draftKey } from './drafts.ts';

/** What is filled in: kept in this tab while somebody looks at other pages, until it is sent or discarded. */
export function useDraft<VALUE>(escalation: Escalation, form: DraftForm, initial: VALUE) {
  const { name } = useQueueContext();
  const key = draftKey(escalation, name, form);
  const [value, setValue] = useState(() => draftAt<VALUE>(key) ?? initial);
  const [isRestored, setRestored] = useState(() => draftAt(key) !== undefined);
  const isChanged = JSON.stringify(value) !== JSON.stringify(initial);

  // A tab that is closed takes it along: the browser asks first.
  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isChanged]);

  function discard(): void {
    setValue(initial);
    setRestored(false);
    sessionStorage.removeItem(key);
  }

  return {
    value,
    isRestored,
    discard,
    change(next: VALUE): void {
      setValue(next);
      if (JSON.stringify(next) === JSON.stringify(initial)) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(next));
    },
  };
}

export type Draft = Pick<ReturnType<typeof useDraft>, 'isRestored' | 'discard'>;

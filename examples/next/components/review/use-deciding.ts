'use client';

import type { Decision, Escalation } from 'ai-staged-retry';
import { useEffect, useState } from 'react';
import { titleOf } from '../../lib/title.ts';
import { inbox } from '../inbox/inbox-client.ts';
import { useQueueContext } from '../inbox/queue-context.ts';
import { decisionPast } from './decision-words.ts';

const nextName = 'open-next';

/** Sends decisions about an escalation, and opens the next one behind it. */
export function useDeciding(escalation: Escalation, onChange: (latest: Escalation) => void) {
  const { patch, openNext } = useQueueContext();
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const [state, setState] = useState<'lost' | 'mine'>();
  const [opensNext, setOpensNext] = useState(true);

  useEffect(() => setOpensNext(localStorage.getItem(nextName) !== 'no'), []);

  function show(latest: Escalation): void {
    onChange(latest);
    patch(latest);
  }

  async function decide(decision: Decision): Promise<void> {
    setSending(true);
    setError(undefined);
    try {
      const { won, escalation: latest } = await inbox.decide(escalation.id, decision);
      show(latest);
      setState(won ? 'mine' : 'lost');
      if (won && opensNext) openNext(`${decisionPast[decision.type]}: ${titleOf(latest)}`);
    } catch (problem) {
      setError(problem);
    } finally {
      setSending(false);
    }
  }

  return {
    decide,
    show,
    isSending,
    error,
    /** Somebody else was faster. */
    lost: state === 'lost',
    /** It was decided here, just now. */
    isMine: state === 'mine',
    opensNext,
    setOpensNext(isOn: boolean): void {
      setOpensNext(isOn);
      localStorage.setItem(nextName, isOn ? 'yes' : 'no');
    },
  };
}

export type Deciding = ReturnType<typeof useDeciding>;

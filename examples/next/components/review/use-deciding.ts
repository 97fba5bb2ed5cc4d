'use client';

import type { Decision, Escalation } from 'ai-staged-retry';
import { useEffect, useState } from 'react';
import { titleOf } from '../../lib/title.ts';
import { inbox } from '../inbox/inbox-client.ts';
import { useQueueContext } from '../inbox/queue-context.ts';
import { decisionColor, decisionPast } from './decision-words.ts';
import { dropDecisionDrafts } from './drafts.ts';

const nextName = 'open-next';

/** Sends decisions about an escalation, and opens the next one behind it. */
export function useDeciding(escalation: Escalation, onChange: (latest: Escalation) => void) {
  const { name, patch, openNext } = useQueueContext();
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const [state, setState] = useState<'lost' | 'mine' | 'held'>();
  const [opensNext, setOpensNext] = useState(true);

  useEffect(() => setOpensNext(localStorage.getItem(nextName) !== 'no'), []);

  function show(latest: Escalation): void {
    onChange(latest);
    patch(latest);
  }

  async function decide(decision: Decision, takeOver: boolean): Promise<void> {
    if (isSending) return; // a key that was pressed twice
    setSending(true);
    setError(undefined);
    try {
      const { won, escalation: latest } = await inbox.decide(escalation.id, decision, { takeOver });
      if (latest.decision?.by === name) dropDecisionDrafts(escalation, name);
      show(latest);
      setState(won ? 'mine' : latest.state === 'pending' ? 'held' : 'lost');
      const { type } = decision;
      const text = `${decisionPast[type]}: ${titleOf(latest)}`;
      if (won && opensNext) openNext({ text, tone: decisionColor[type] });
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
    /** Who works on it, once that has kept the visitor from deciding. */
    holder: state === 'held' && escalation.claimed?.by !== name ? escalation.claimed?.by : undefined,
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

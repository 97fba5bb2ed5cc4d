'use client';

import type { EscalationSummary } from 'ai-staged-retry';
import { createContext, useContext } from 'react';

/** What was decided just now, as it is told beside the next one. */
export interface DecisionMessage {
  readonly text: string;
  readonly tone: string;
}

/** What the page of an escalation knows of the queue beside it. */
export interface QueueContext {
  /** Who looks at it. */
  readonly name: string;
  /** Shows an escalation in the queue as it is now. */
  readonly patch: (escalation: EscalationSummary) => void;
  /** Opens an escalation, or the queue alone. */
  readonly open: (id: string | undefined) => void;
  /** Opens the next one that waits, behind the one that is open; the queue itself where there is none. */
  readonly openNext: (message: DecisionMessage) => void;
  /** Nothing in the queue waits any more. */
  readonly isDone: boolean;
  /** The query that keeps the filter. */
  readonly query: string;
}

const context = createContext<QueueContext | undefined>(undefined);

export const QueueProvider = context.Provider;

export function useQueueContext(): QueueContext {
  const queue = useContext(context);
  if (queue === undefined) throw new Error('An escalation is shown beside the queue.');
  return queue;
}

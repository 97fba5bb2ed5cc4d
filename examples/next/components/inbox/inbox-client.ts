'use client';

import type { EscalationSummary } from 'ai-staged-retry';
import { inboxClient } from 'ai-staged-retry/http';
import { watchedFetch } from '../connection.ts';

export const inbox = inboxClient('/api/inbox', { fetch: watchedFetch });

type Listener = (escalation: EscalationSummary) => void;

const listeners = new Set<Listener>();
let connection: AbortController | undefined;

/** Tells of every change of the inbox; all listeners of a page share one connection. */
export function onInboxChange(listener: Listener): () => void {
  listeners.add(listener);
  connection ??= connect();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    connection?.abort();
    connection = undefined;
  };
}

function connect(): AbortController {
  const stopping = new AbortController();
  async function watch(): Promise<void> {
    for await (const { escalation } of inbox.changes({ summary: true, abortSignal: stopping.signal })) {
      for (const listener of listeners) listener(escalation);
    }
  }
  // Refused: the session is over, which the next read says too.
  watch().catch(() => {});
  return stopping;
}

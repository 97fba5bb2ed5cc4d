'use client';

import { useChat } from '@ai-sdk/react';
import { DefaultChatTransport } from 'ai';
import { useEffect, useState } from 'react';
import type { RunMessage } from '../lib/run-record.ts';
import { type RunView, readRun } from './run-parts.ts';

/** How a mail is sent: the runtime that answers, and what is judged. */
export interface RunSettings {
  readonly runtime: 'edge' | 'node';
  readonly judge: 'everything' | 'structure';
}

/** What sends a run again after the page was loaded again. */
interface KeptRun {
  readonly request: RunMessage;
  readonly settings: RunSettings;
}

/** The id of the user's message names the run: sent again, the request goes on where the run stopped. */
const transport = new DefaultChatTransport<RunMessage>({
  prepareSendMessagesRequest({ messages: [request], body }) {
    const { runtime, judge } = body as RunSettings;
    return { api: `/api/${runtime}/invoice`, body: { runId: request?.id, mail: mailOf(request), judge } };
  },
});

const againAfterMs = 1000;
const keptName = 'run';

/** One run, from the mail to the answer, over every request it takes and over a reload of the page. */
export function useRun() {
  const [settings, setSettings] = useState<RunSettings>({ runtime: 'edge', judge: 'everything' });
  const [shown, setShown] = useState<RunView>(readRun(undefined));
  const { messages, setMessages, sendMessage, regenerate, status, stop, error } = useChat<RunMessage>({
    transport,
    generateId: () => crypto.randomUUID(),
  });
  const [request, answer] = messages;
  // Between two requests of one run there is no answer; what was shown stays.
  const [shownParts, setShownParts] = useState(answer?.parts);
  if (answer !== undefined && answer.parts.length > 0 && answer.parts !== shownParts) {
    setShownParts(answer.parts);
    setShown(readRun(answer));
  }
  const isPending = status === 'ready' && shown.end?.outcome === 'pending';

  useEffect(() => () => void stop(), [stop]);

  useEffect(() => {
    const text = sessionStorage.getItem(keptName);
    if (text === null) return;
    const kept: KeptRun = JSON.parse(text);
    setSettings(kept.settings);
    setMessages([kept.request]);
    regenerate({ body: kept.settings });
  }, [setMessages, regenerate]);

  useEffect(() => {
    if (request === undefined) return;
    if (status === 'ready' && !isPending) sessionStorage.removeItem(keptName);
    else sessionStorage.setItem(keptName, JSON.stringify({ request, settings } satisfies KeptRun));
  }, [request, settings, status, isPending]);

  // A request that a person has not decided is sent again until they have.
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => regenerate({ body: settings }), againAfterMs);
    return () => clearTimeout(timer);
  }, [isPending, regenerate, settings]);

  return {
    run: shown,
    mail: mailOf(request),
    isBusy: status === 'submitted' || status === 'streaming' || isPending,
    error,
    settings,
    setSettings,
    async start(text: string): Promise<void> {
      await stop();
      setShown(readRun(undefined));
      setMessages([]);
      await sendMessage({ text }, { body: settings });
    },
    async stop(): Promise<void> {
      await stop();
      setMessages([]);
      sessionStorage.removeItem(keptName);
    },
  };
}

function mailOf(request: RunMessage | undefined): string {
  return request?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') ?? '';
}

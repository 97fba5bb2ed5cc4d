'use client';

import { useChat } from '@ai-sdk/react';
import { DefaultChatTransport } from 'ai';
import { useEffect, useState } from 'react';
import type { RunMessage } from '../lib/run-record.ts';
import { watchedFetch } from './connection.ts';
import type { Job } from './kept-job.ts';
import { ResponseError } from './read-json.ts';
import { RunPanel } from './run-panel.tsx';
import { readRun } from './run-parts.ts';

interface LiveRunProps {
  readonly job: Job;
  /** Nothing more comes by itself; a run that broke off can go on when the page is loaded again. */
  readonly onEnd: (canGoOn: boolean) => void;
  /** The same mail, as a run of its own. */
  readonly onRestart: () => void;
}

/** The id of the user's message names the run: sent again, the request goes on where the run stopped. */
const transport = new DefaultChatTransport<RunMessage>({
  async fetch(input, init) {
    const response = await watchedFetch(input, init);
    if (!response.ok) throw new ResponseError(response.status);
    return response;
  },
  prepareSendMessagesRequest({ messages: [request], body }) {
    const { settings, mail } = body as Job;
    return { api: `/api/${settings.runtime}/invoice`, body: { runId: request?.id, mail, judge: settings.judge } };
  },
});

const againAfterMs = 1000;

/** One run, over every request it takes until a person has decided. */
export function LiveRun({ job, onEnd, onRestart }: LiveRunProps) {
  const [isStopped, setStopped] = useState(false);
  const [shown, setShown] = useState(readRun(undefined));
  const { messages, setMessages, regenerate, status, stop, error } = useChat<RunMessage>({ transport, id: job.id });
  const answer = messages[1];
  // Between two requests of one run there is no answer; what was shown stays.
  const [shownParts, setShownParts] = useState(answer?.parts);
  if (answer !== undefined && answer.parts.length > 0 && answer.parts !== shownParts) {
    setShownParts(answer.parts);
    const next = readRun(answer);
    // The next request of a run begins by repeating what is shown; until it has, that stays.
    const isRepeating = shown.escalation !== undefined && next.escalation === undefined && next.end === undefined;
    if (!isRepeating) setShown(next);
  }
  const isWaiting = status === 'ready' && shown.end?.outcome === 'pending' && !isStopped;
  const isOver = isStopped || (status === 'ready' && shown.end !== undefined && !isWaiting);

  useEffect(() => {
    setMessages([{ id: job.id, role: 'user', parts: [{ type: 'text', text: job.mail }] }]);
    void regenerate({ body: job });
    return () => void stop();
  }, [job, setMessages, regenerate, stop]);

  // A request that a person has not decided is sent again until they have.
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => void regenerate({ body: job }), againAfterMs);
    return () => clearTimeout(timer);
  }, [isWaiting, regenerate, job]);

  useEffect(() => {
    if (isOver || error !== undefined) onEnd(error !== undefined);
  }, [isOver, error, onEnd]);

  function again(): void {
    if (shown.escalation?.state !== 'pending') {
      onRestart();
    } else {
      setStopped(false);
      void regenerate({ body: job });
    }
  }

  return (
    <RunPanel
      run={shown}
      state={error !== undefined ? 'broken' : isStopped ? 'stopped' : isOver ? 'over' : 'running'}
      error={error}
      onStop={() => {
        setStopped(true);
        void stop();
      }}
      onAgain={again}
    />
  );
}

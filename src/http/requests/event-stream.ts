import type { Inbox } from '../../escalation/inbox.ts';
import { privateHeaders } from './problem.ts';

/** A reader comes back by itself then, and is authorized again. */
const longestMs = 5 * 60_000;
const keepAliveMs = 15_000;
/** How far the clocks of two writers may be apart. */
const clocksMs = 2000;

interface EventStreamOptions {
  readonly inbox: Inbox;
  readonly scope: string | undefined;
  /** Whether the changes tell summaries in place of whole escalations. */
  readonly isShort: boolean;
  /** The `Last-Event-ID` of a reader who comes back. */
  readonly lastEventId: string | null;
  readonly signal: AbortSignal;
}

/** The changes of an inbox as server-sent events: `event: change`, with an `EscalationChange` as data. */
export function eventStream({ inbox, scope, isShort, lastEventId, signal }: EventStreamOptions): Response {
  const stopping = new AbortController();
  const encoder = new TextEncoder();
  const after = cursorOf(lastEventId);
  const options = { scope, after, abortSignal: stopping.signal };
  // For whoever loses the connection before the first change, and comes back.
  const from = encodeURIComponent(after ?? new Date(Date.now() - clocksMs).toISOString());
  const told = isShort ? inbox.changes({ ...options, summary: true }) : inbox.changes(options);
  const changes = told[Symbol.asyncIterator]();
  let timers: ReturnType<typeof setTimeout>[] = [];

  function stop(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    signal.removeEventListener('abort', stop);
    stopping.abort();
  }

  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      const keepAlive = () => {
        if (Number(controller.desiredSize) > 0) controller.enqueue(encoder.encode(': still here\n\n'));
        timers[1] = setTimeout(keepAlive, keepAliveMs);
      };
      timers = [setTimeout(stop, longestMs), setTimeout(keepAlive, keepAliveMs)];
      controller.enqueue(encoder.encode(`id: ${from}\nretry: 2000\n\n`));
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
    },
    async pull(controller) {
      const { done, value } = await changes.next();
      if (done === true) {
        stop();
        controller.close();
        return;
      }
      const id = encodeURIComponent(value.cursor);
      controller.enqueue(encoder.encode(`id: ${id}\nevent: change\ndata: ${JSON.stringify(value)}\n\n`));
    },
    cancel: stop,
  };
  // Room for one more than the first line: changes count from now on, not from when somebody reads.
  const body = new ReadableStream(source, { highWaterMark: 2 });
  return new Response(body, {
    headers: { ...privateHeaders, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
  });
}

/** Event ids are ASCII, as headers are. */
function cursorOf(lastEventId: string | null): string | undefined {
  if (lastEventId === null || lastEventId === '') return undefined;
  try {
    return decodeURIComponent(lastEventId);
  } catch {
    return undefined;
  }
}

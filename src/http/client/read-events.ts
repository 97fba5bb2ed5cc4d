import { systemEffects } from '../../effects/effects.ts';
import { InboxRequestError } from './inbox-request-error.ts';
import { piecesOf } from './read-lines.ts';

interface EventsRequest {
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  readonly headers: Readonly<Record<string, string>>;
  readonly abortSignal: AbortSignal | undefined;
}

const againAfterMs = 2000;
const eventEnd = '\n\n';

/**
 * The data of a handler's server-sent events, for as long as the signal allows: `EventSource` with headers of one's own.
 * Throws `InboxRequestError` when the handler refuses; any other end is a reason to connect again.
 */
export async function* readEvents<DATA>(request: EventsRequest): AsyncGenerator<DATA, void, undefined> {
  const { url, fetch, headers, abortSignal } = request;
  let lastEventId: string | undefined;
  while (abortSignal?.aborted !== true) {
    try {
      const response = await fetch(url, {
        headers: {
          ...headers,
          accept: 'text/event-stream',
          ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
        },
        ...(abortSignal === undefined ? {} : { signal: abortSignal }),
      });
      if (!response.ok && response.status < 500) throw new InboxRequestError({ url, status: response.status });
      for await (const { id, data } of eventsOf(response, abortSignal)) {
        lastEventId = id;
        if (data !== undefined) yield JSON.parse(data);
      }
    } catch (error) {
      if (InboxRequestError.isInstance(error)) throw error;
    }
    await pause(againAfterMs, abortSignal);
  }
}

/** Waits, unless it is aborted; a browser needs no more of waiting than this. */
function pause(ms: number, abortSignal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const cancel = systemEffects.after(ms, end);
    function end(): void {
      cancel();
      abortSignal?.removeEventListener('abort', end);
      resolve();
    }
    if (abortSignal?.aborted === true) end();
    else abortSignal?.addEventListener('abort', end);
  });
}

/** Events as our handler writes them: an id, and one line of data in all but the first. */
async function* eventsOf(
  { ok, body }: Response,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ id: string; data: string | undefined }> {
  if (!ok || body === null) return;
  for await (const event of piecesOf(body, eventEnd, signal)) {
    const id = /^id: (.*)$/m.exec(event)?.[1];
    const data = /^data: (.*)$/m.exec(event)?.[1];
    if (event.endsWith(eventEnd) && id !== undefined) yield { id, data };
  }
}

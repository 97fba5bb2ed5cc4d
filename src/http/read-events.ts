import { systemEffects } from '../effects/effects.ts';
import { sleep } from '../effects/waiting.ts';
import { InboxRequestError } from './inbox-request-error.ts';

interface EventsRequest {
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  readonly headers: Readonly<Record<string, string>>;
  readonly abortSignal: AbortSignal | undefined;
}

const againAfterMs = 2000;

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
      for await (const { id, data } of eventsOf(response)) {
        lastEventId = id;
        yield JSON.parse(data);
      }
    } catch (error) {
      if (InboxRequestError.isInstance(error)) throw error;
    }
    await sleep(againAfterMs, systemEffects, abortSignal).catch(() => {});
  }
}

/** Events as our handler writes them: an id and one line of data. */
async function* eventsOf({ ok, body }: Response): AsyncGenerator<{ id: string; data: string }> {
  if (!ok || body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let received = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      received += value;
      const events = received.split('\n\n');
      received = events.pop() ?? '';
      for (const event of events) {
        const id = /^id: (.*)$/m.exec(event)?.[1];
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (id !== undefined && data !== undefined) yield { id, data };
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

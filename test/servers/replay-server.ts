import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseObject } from '../../examples/practice-server/json.ts';
import type { Reply } from './replay-reply.ts';
import { type Exchange, send } from './replay-send.ts';

/** A request the replay server got, and how it ended. */
export interface RecordedRequest extends Exchange {
  readonly headers: IncomingHttpHeaders;
  /** The client left before the reply was complete. */
  isClosedEarly: boolean;
  /** Resolves when the exchange is over, whoever ended it. */
  readonly ended: Promise<void>;
}

/** A running replay server. */
export interface ReplayServer {
  /** The base URL for `createOpenAI({ baseURL })`. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

/** Replies by order, or by request. */
export type Script = readonly Reply[] | ((request: RecordedRequest, index: number) => Reply | undefined);

/**
 * Serves scripted and recorded answers over HTTP; a request beyond the script is refused with 400.
 *
 * @example
 * const server = await startReplayServer([says('wrong'), fails(503), streams(chunks), says('right')]);
 * const model = createOpenAI({ baseURL: server.url, apiKey: 'replay' }).chat('replayed');
 */
export async function startReplayServer(script: Script): Promise<ReplayServer> {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = await record(incoming, outgoing);
    const index = requests.push(request) - 1;
    const reply = typeof script === 'function' ? script(request, index) : script[index];
    await send(reply ?? beyondScript(index), request, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const request of requests) request.isCut = true;
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function record(incoming: IncomingMessage, outgoing: ServerResponse): Promise<RecordedRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  const request: RecordedRequest = {
    path: incoming.url ?? '/',
    headers: incoming.headers,
    body: parseObject(Buffer.concat(parts).toString('utf8')) ?? {},
    chunksSent: 0,
    bytesSent: 0,
    isCut: false,
    isClosedEarly: false,
    ended: new Promise((resolve) => {
      outgoing.once('close', () => {
        request.isClosedEarly = !outgoing.writableFinished && !request.isCut;
        resolve();
      });
    }),
  };
  return request;
}

function beyondScript(index: number): Reply {
  return {
    type: 'body',
    status: 400,
    body: { error: { message: `The script has no reply for request ${index + 1}.` } },
  };
}

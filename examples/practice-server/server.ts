import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createPracticeHandler, type PracticeOptions } from './handler.ts';
import { type JsonObject, parseObject } from './json.ts';

/** A running practice server. */
export interface PracticeServer {
  /** The base URL for `createOpenAI({ baseURL })`. */
  readonly url: string;
  /** Every request so far. */
  readonly requests: readonly { readonly path: string; readonly body: JsonObject | undefined }[];
  close(): Promise<void>;
}

/**
 * Starts an OpenAI-compatible server on this machine, for programs and tests that need a model and have no key.
 *
 * @example
 * const server = await startPracticeServer();
 * const openai = createOpenAI({ baseURL: server.url, apiKey: 'practice' });
 */
export async function startPracticeServer({ port = 0, ...options }: StartOptions = {}): Promise<PracticeServer> {
  const handle = createPracticeHandler(options);
  const requests: { path: string; body: JsonObject | undefined }[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await textOf(incoming);
    requests.push({ path: incoming.url ?? '/', body: parseObject(body) });
    await reply(await handle(toRequest(incoming, body)), outgoing);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface StartOptions extends PracticeOptions {
  /** @default 0, a free port */
  readonly port?: number;
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function toRequest({ method = 'GET', url = '/' }: IncomingMessage, body: string): Request {
  return new Request(new URL(url, 'http://127.0.0.1'), { method, ...(method === 'POST' && { body }) });
}

async function reply(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) return void outgoing.end();
  // A client that goes away ends the pipeline with an error, and cancels the response's stream: nothing else to do.
  await pipeline(response.body, outgoing).catch(() => undefined);
}

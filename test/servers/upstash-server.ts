import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type CommandReply, type CommandRunner, commandRunner } from './upstash-commands.ts';

/** What goes wrong with the next `times` requests (all of them, if not said). */
export type Fault = { readonly times?: number } & (
  | { readonly type: 'delay'; readonly ms: number }
  /** Accepts and never answers. */
  | { readonly type: 'hang' }
  /** Cuts the connection before the command is applied. */
  | { readonly type: 'reset' }
  /** Applies the command, then cuts the connection. */
  | { readonly type: 'drop-reply' }
  /** Applies the command, then sends half of the reply. */
  | { readonly type: 'truncated' }
  | { readonly type: 'too-many-requests' }
  | { readonly type: 'unavailable' }
  | { readonly type: 'garbage' }
  | { readonly type: PartialFault }
);

/**
 * What befalls every second command of a pipeline: it is refused; it is applied and answered with an error; or its reply is
 * missing from the list.
 */
export type PartialFault = 'part-refused' | 'part-unanswered' | 'part-missing';

export interface UpstashRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** One command, or the list of a pipeline or transaction. */
  readonly body: unknown;
}

/** The REST service of Upstash, in front of a Redis of ours; what it copies was measured on the client. */
export interface UpstashServer {
  readonly url: string;
  readonly token: string;
  /** The latest thousand. */
  readonly requests: UpstashRequest[];
  readonly requestCount: number;
  breakWith(fault: Fault): void;
  heal(): void;
  /** Refuses connections until `listen`. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
  stop(): Promise<void>;
}

const maxBodyBytes = 10 * 1024 * 1024;

export async function startUpstash({ redisPort }: { redisPort: number }): Promise<UpstashServer> {
  const token = 'token-of-the-test-server';
  const requests: UpstashRequest[] = [];
  const runner = commandRunner(redisPort);
  let requestCount = 0;
  let port = 0;
  let fault: Fault | undefined;
  let faultsLeft = 0;

  function takeFault(): Fault | undefined {
    if (fault === undefined || faultsLeft === 0) return undefined;
    faultsLeft -= 1;
    return fault;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const current = takeFault();
    const path = request.url ?? '/';
    requestCount += 1;
    requests.push({ path, headers: request.headers, body: parsed(text) });
    if (requests.length > 1000) requests.shift();

    switch (current?.type) {
      case 'hang':
        return;
      case 'reset':
        request.socket.destroy();
        return;
      case 'too-many-requests':
        return sendJson(response, 429, { error: 'ERR max requests limit exceeded' });
      case 'unavailable':
        return void response.writeHead(503, { 'content-type': 'text/html' }).end('<html><h1>503</h1></html>');
      case 'garbage':
        return void response.writeHead(200).end('\u0000 not what you expect');
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, current.ms));
    }

    const refusal = refusalOf(request, text, token);
    if (refusal !== undefined) return sendJson(response, refusal.status, { error: refusal.error });
    if (/^\/p?subscribe\//.test(path)) return streamTopic({ runner, path, request, response });

    const { status, reply } = await answer({
      runner: partial(runner, current, requestCount),
      path,
      body: parsed(text),
    });
    if (current?.type === 'drop-reply') return void request.socket.destroy();
    const json = JSON.stringify(encoded(reply, request.headers['upstash-encoding'] === 'base64'));
    if (current?.type === 'truncated') return void response.writeHead(status).end(json.slice(0, json.length / 2));
    sendJson(response, status, json);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;

  async function listen(): Promise<void> {
    if (server.listening) return;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  }

  async function refuse(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  await listen();
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    requests,
    get requestCount() {
      return requestCount;
    },
    breakWith(next) {
      fault = next;
      faultsLeft = next.times ?? Number.POSITIVE_INFINITY;
    },
    heal() {
      fault = undefined;
    },
    refuse,
    listen,
    async stop() {
      await refuse();
      runner.close();
    },
  };
}

/** Whose turn it is changes with each request, so that one command alone is hit half of the time. */
function partial(runner: CommandRunner, fault: Fault | undefined, turn: number): CommandRunner {
  const type = fault?.type;
  if (type !== 'part-refused' && type !== 'part-unanswered' && type !== 'part-missing') return runner;
  const isHit = (index: number) => (index + turn) % 2 === 0;
  const refused: CommandReply = { error: 'ERR max daily request limit exceeded' };
  const answer = async (command: unknown, index: number) => {
    if (!isHit(index)) return await runner.single(command);
    if (type !== 'part-refused') await runner.single(command);
    return refused;
  };
  return {
    ...runner,
    single: (command) => answer(command, 0),
    async pipeline(commands) {
      const replies = await Promise.all(commands.map(answer));
      return type === 'part-missing' ? replies.filter((_, index) => !isHit(index)) : replies;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a request goes no further. */
function refusalOf(
  request: IncomingMessage,
  text: string,
  token: string,
): { status: number; error: string } | undefined {
  if (request.method !== 'POST') return { status: 405, error: 'ERR method not allowed' };
  const { authorization } = request.headers;
  if (authorization === undefined) return { status: 401, error: 'Unauthorized' };
  if (authorization !== `Bearer ${token}`) {
    return { status: 401, error: 'WRONGPASS invalid or missing auth token' };
  }
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBodyBytes) return undefined;
  const error = `ERR max request size exceeded. Limit: ${maxBodyBytes} bytes, Actual: ${bytes} bytes`;
  return { status: 400, error };
}

async function answer({
  runner,
  path,
  body,
}: {
  runner: CommandRunner;
  path: string;
  body: unknown;
}): Promise<{ status: number; reply: CommandReply | CommandReply[] }> {
  const reply = await replyTo({ runner, path, body });
  return { status: 'error' in reply ? 400 : 200, reply };
}

async function replyTo({
  runner,
  path,
  body,
}: {
  runner: CommandRunner;
  path: string;
  body: unknown;
}): Promise<CommandReply | CommandReply[]> {
  if (!Array.isArray(body) || body.length === 0) return { error: 'ERR failed to parse the body' };
  if (path === '/pipeline') return runner.pipeline(body);
  if (path === '/multi-exec') return runner.transaction(body);
  return runner.single(body);
}

/** Every string in base64 except `OK`; integers past 2^53 as strings; nothing done to errors. */
function encoded(reply: CommandReply | CommandReply[], isBase64: boolean): unknown {
  if (Array.isArray(reply)) return reply.map((item) => encoded(item, isBase64));
  return 'error' in reply ? reply : { result: encodedResult(reply.result, isBase64) };
}

function encodedResult(result: unknown, isBase64: boolean): unknown {
  if (Array.isArray(result)) return result.map((item) => encodedResult(item, isBase64));
  if (Buffer.isBuffer(result)) {
    return isBase64 && result.toString() !== 'OK' ? result.toString('base64') : result.toString();
  }
  if (result instanceof Error) return result.message;
  return typeof result === 'string' && Number.isSafeInteger(Number(result)) ? Number(result) : result;
}

function sendJson(response: ServerResponse, status: number, body: object | string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'upstash-sync-token': crypto.randomUUID() });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Server-sent events, one Redis connection for each request, closed with it. */
async function streamTopic({
  runner,
  path,
  request,
  response,
}: {
  runner: CommandRunner;
  path: string;
  request: IncomingMessage;
  response: ServerResponse;
}): Promise<void> {
  const [, command, channel = ''] = path.split('/');
  response.writeHead(200, { 'content-type': 'text/event-stream', 'upstash-sync-token': crypto.randomUUID() });
  const topic = { channel: decodeURIComponent(channel), isPattern: command === 'psubscribe' };
  const close = await runner.subscribe(topic, (frame) => response.write(`data: ${frame}\n\n`));
  request.socket.once('close', close);
}

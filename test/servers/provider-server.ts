import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject, type JsonObject, parseObject } from '../../examples/practice-server/json.ts';
import { answerFormats, type ProviderAnswer } from './provider-answers/index.ts';
import { providerRules, type RuledProvider } from './provider-rules/index.ts';

/** A request as it came, and the rules it broke. */
export interface RuledExchange {
  readonly provider: RuledProvider;
  readonly path: string;
  readonly body: JsonObject;
  readonly broken: readonly string[];
}

/** An answer to write in the provider's format, data to send as they are, or a failure. */
export type ProviderReply =
  | ProviderAnswer
  | { readonly raw: string | readonly string[] }
  | { readonly status: number; readonly error: JsonObject; readonly headers?: Readonly<Record<string, string>> };

export interface ProviderServer {
  /** Where a provider is. */
  urlOf(provider: RuledProvider): string;
  readonly exchanges: readonly RuledExchange[];
  /** The requests that were refused, each with the rules it broke. */
  readonly refused: readonly RuledExchange[];
  close(): Promise<void>;
}

/** Replies in turn, each provider by its own count or all by one, and then the last one again. */
export type ProviderScript = readonly ProviderReply[] | ((provider: RuledProvider, request: number) => ProviderReply);

/**
 * Serves every provider of the rules at a path of its own, answers by a script, and refuses with 400 what breaks the
 * provider's rules.
 */
export async function startProviderServer(script: ProviderScript): Promise<ProviderServer> {
  const exchanges: RuledExchange[] = [];
  const issued = new Set<string>();
  const answers: JsonObject[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const [, first = '', ...rest] = (incoming.url ?? '').split('/');
    const provider = first as RuledProvider; // the paths are those of `urlOf`
    const body = await bodyOf(incoming);
    const path = `/${rest.join('/')}`;
    const broken = providerRules[provider].flatMap((rule) => {
      const places = rule.broken({ body, path, issued, answers });
      return places.length === 0 ? [] : [`${rule.says} (${places.join(', ')}; ${rule.source})`];
    });
    exchanges.push({ provider, path, body, broken });
    if (broken.length > 0) {
      send(outgoing, 400, { error: { message: broken.join('\n'), type: 'invalid_request_error', code: 400 } });
      return;
    }
    const index = exchanges.length - 1;
    const reply = typeof script === 'function' ? script(provider, index) : script[Math.min(index, script.length - 1)];
    respond(provider, reply ?? {}, { index, outgoing, issued, answers, isStreaming: isStreaming(incoming, body) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (provider) => `http://127.0.0.1:${port}/${provider}`,
    exchanges,
    get refused() {
      return exchanges.filter(({ broken }) => broken.length > 0);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Connection {
  readonly index: number;
  readonly outgoing: ServerResponse;
  readonly issued: Set<string>;
  readonly answers: JsonObject[];
  readonly isStreaming: boolean;
}

function respond(
  provider: RuledProvider,
  reply: ProviderReply,
  { index, outgoing, issued, answers, isStreaming }: Connection,
) {
  if ('status' in reply) {
    send(outgoing, reply.status, { error: reply.error }, reply.headers);
    return;
  }
  const id = `a${String(index).padStart(2, '0')}`;
  const format = answerFormats[provider];
  const data = 'raw' in reply ? reply.raw : isStreaming ? format.chunks(reply, id) : format.body(reply, id);
  if (!('raw' in reply)) answers.push(format.body(reply, id));
  for (const part of [data].flat()) {
    const value = typeof part === 'string' ? parseObject(part) : part;
    if ('raw' in reply && isObject(value)) answers.push(isObject(value.response) ? value.response : value);
    issue(value, issued);
  }
  if (!Array.isArray(data)) {
    send(outgoing, 200, data);
    return;
  }
  outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const chunk of data) outgoing.write(format.frame?.(chunk) ?? `data: ${chunk}\n\n`);
  outgoing.end();
}

function send(outgoing: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

async function bodyOf(incoming: IncomingMessage): Promise<JsonObject> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  return parseObject(Buffer.concat(parts).toString('utf8')) ?? {};
}

function isStreaming({ url = '' }: IncomingMessage, { stream }: JsonObject): boolean {
  return stream === true || /streamGenerateContent|converse-stream/.test(url);
}

/** Takes down the ids and signatures of an answer: only these may come back. */
function issue(data: unknown, issued: Set<string>): void {
  if (typeof data !== 'object' || data === null) return;
  for (const [name, member] of Object.entries(data)) {
    if (typeof member !== 'string') issue(member, issued);
    else if (/^(?:id|signature|thoughtSignature|data|encrypted_content)$/.test(name)) issued.add(member);
  }
}

import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { chatCompletions } from '../../examples/practice-server/chat-completions.ts';
import type { JsonObject } from '../../examples/practice-server/json.ts';
import { responses } from '../../examples/practice-server/responses.ts';
import type { Reply, StreamSettings } from './replay-reply.ts';

/** The exchange a reply is sent on; what was sent is counted here. */
export interface Exchange {
  readonly path: string;
  readonly body: JsonObject;
  /** Chunks handed to the connection so far. */
  chunksSent: number;
  bytesSent: number;
  /** The script cut the connection. */
  isCut: boolean;
}

/** Sends a scripted reply, faults and all. */
export async function send(reply: Reply, exchange: Exchange, outgoing: ServerResponse): Promise<void> {
  switch (reply.type) {
    case 'answer': {
      const format = exchange.path.endsWith('/responses') ? responses : chatCompletions;
      const request = format.read(exchange.body);
      const body = format.body(reply.answer, request);
      if (!request.isStreaming) return sendBody({ type: 'body', body }, exchange, outgoing);
      return sendChunks(format.chunks(body), reply, { exchange, outgoing });
    }
    case 'stream': {
      const chunks = exchange.path.endsWith('/responses') ? reply.chunks : [...reply.chunks, '[DONE]'];
      return sendChunks(chunks, reply, { exchange, outgoing });
    }
    case 'body':
      return sendBody(reply, exchange, outgoing);
    case 'reset':
      return cut({ exchange, outgoing });
    case 'stall':
      return;
  }
}

interface Connection {
  readonly exchange: Exchange;
  readonly outgoing: ServerResponse;
}

function sendBody(reply: Extract<Reply, { type: 'body' }>, exchange: Exchange, outgoing: ServerResponse): void {
  const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  exchange.bytesSent = Buffer.byteLength(body);
  outgoing.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers }).end(body);
}

async function sendChunks(
  chunks: readonly string[],
  { delayMs, fault }: StreamSettings,
  { exchange, outgoing }: Connection,
): Promise<void> {
  outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
  outgoing.flushHeaders();
  for (const chunk of chunks.slice(0, fault?.afterChunks)) {
    if (delayMs) await sleep(delayMs);
    if (outgoing.destroyed) return;
    await write(`data: ${chunk}\n\n`, { exchange, outgoing });
  }
  switch (fault?.type) {
    case 'reset':
      return cut({ exchange, outgoing });
    case 'stall':
      return;
    default:
      outgoing.end();
  }
}

async function write(text: string, { exchange, outgoing }: Connection): Promise<void> {
  exchange.chunksSent += 1;
  exchange.bytesSent += Buffer.byteLength(text);
  if (outgoing.write(text)) return;
  await new Promise<void>((resolve) => {
    const goOn = () => {
      outgoing.off('drain', goOn).off('close', goOn);
      resolve();
    };
    outgoing.on('drain', goOn).on('close', goOn);
  });
}

async function cut({ exchange, outgoing }: Connection): Promise<void> {
  exchange.isCut = true;
  // A reset discards what the client has not read yet, so the chunks before it get a moment to arrive.
  if (exchange.chunksSent > 0) await sleep(20);
  outgoing.socket?.resetAndDestroy();
}

import { chatCompletions } from './chat-completions.ts';
import { findOrphan } from './conversation.ts';
import { eventStream } from './event-stream.ts';
import type { Mind, WireFormat } from './exchange.ts';
import { createItemMemory, type ItemMemory } from './item-memory.ts';
import { type JsonObject, parseObject } from './json.ts';
import { practiceMind } from './practice-mind.ts';
import { responses } from './responses.ts';

/** How the practice model behaves. */
export interface PracticeOptions {
  /** Thinks up the answers. @default practiceMind */
  readonly answers?: Mind | undefined;
  /** Milliseconds before a body, and before each event of a stream. @default 0 */
  readonly delayMs?: number | undefined;
}

/**
 * An OpenAI-compatible server as a function of web standards: it runs in a Next.js route as well as behind `node:http`.
 * Paths count from their end, so it can be mounted anywhere.
 *
 * @example
 * const handle = createPracticeHandler();
 * export const POST = handle;
 */
export function createPracticeHandler(options: PracticeOptions = {}): (request: Request) => Promise<Response> {
  const memory = createItemMemory();
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/models')) return Response.json({ object: 'list', data: [MODEL] });
    const format = FORMATS.find(({ path }) => pathname.endsWith(path))?.format;
    if (request.method !== 'POST' || format === undefined)
      return refuse(404, `Unknown request: ${request.method} ${pathname}`);
    const body = parseObject(await request.text());
    if (body === undefined) return refuse(400, 'We could not parse the JSON body of your request.');
    return answer(body, { format, memory, ...options });
  };
}

const FORMATS: readonly { readonly path: string; readonly format: WireFormat }[] = [
  { path: '/chat/completions', format: chatCompletions },
  { path: '/responses', format: responses },
];

const MODEL = { id: 'practice-model', object: 'model', created: 1_767_225_600, owned_by: 'practice' };

interface Setting extends PracticeOptions {
  readonly format: WireFormat;
  readonly memory: ItemMemory;
}

async function answer(
  received: JsonObject,
  { format, memory, answers = practiceMind, delayMs }: Setting,
): Promise<Response> {
  const recalled = memory.recall(received);
  if ('unknownId' in recalled) return refuse(404, `Item with id '${recalled.unknownId}' not found.`);
  const request = format.read(recalled.body);
  const orphan = findOrphan(request.messages);
  if (orphan !== undefined) return refuse(400, orphan);

  const said = answers(request);
  const body = format.body(said, request);
  memory.remember(body.output);
  if (request.isStreaming) return eventStream(format.chunks(body), { delayMs });
  if (delayMs) await new Promise((resolve) => setTimeout(resolve, delayMs));
  return Response.json(body);
}

function refuse(status: number, message: string): Response {
  return Response.json({ error: { message, type: 'invalid_request_error', param: null, code: null } }, { status });
}

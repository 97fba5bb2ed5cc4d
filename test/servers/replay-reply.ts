import type { PracticeAnswer } from '../../examples/practice-server/exchange.ts';

/** What the replay server does with one request. */
export type Reply =
  /** Writes an answer in the wire format, streamed or not, that the request asks for. */
  | ({ readonly type: 'answer'; readonly answer: PracticeAnswer } & StreamSettings)
  /** Sends recorded chunks as server-sent events; Chat Completions and Completions get their `[DONE]`. */
  | ({ readonly type: 'stream'; readonly chunks: readonly string[] } & StreamSettings)
  /** Sends a recorded JSON body, or an error of the provider. */
  | {
      readonly type: 'body';
      readonly body: unknown;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Cuts the connection before a byte is sent. */
  | { readonly type: 'reset' }
  /** Never answers. */
  | { readonly type: 'stall' };

/** How a stream is sent. */
export interface StreamSettings {
  /** Milliseconds before each chunk. @default 0 */
  readonly delayMs?: number;
  /** What goes wrong after a number of chunks: the connection is cut, nothing more comes, or the body just ends. */
  readonly fault?: { readonly type: 'reset' | 'stall' | 'end'; readonly afterChunks: number };
}

/** The model answers with a text. */
export function says(text: string, settings: Omit<PracticeAnswer, 'text'> & StreamSettings = {}): Reply {
  const { delayMs, fault, ...answer } = settings;
  return { type: 'answer', answer: { text, ...answer }, ...(delayMs && { delayMs }), ...(fault && { fault }) };
}

/** The model calls a tool. */
export function calls(name: string, input: unknown, settings: StreamSettings = {}): Reply {
  return { type: 'answer', answer: { toolCalls: [{ name, input: JSON.stringify(input) }] }, ...settings };
}

/** Recorded chunks are streamed. */
export function streams(chunks: readonly string[], settings: StreamSettings = {}): Reply {
  return { type: 'stream', chunks, ...settings };
}

/** A recorded body is sent. */
export function responds(body: unknown): Reply {
  return { type: 'body', body };
}

/** The provider refuses the request. */
export function fails(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  const error = { message: `The provider failed with ${status}.`, type: 'server_error', param: null, code: null };
  return { type: 'body', status, headers, body: { error } };
}

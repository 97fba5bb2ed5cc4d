import type { JsonObject } from './json.ts';

/** A request to the practice model, whichever API it came by. */
export interface PracticeRequest {
  readonly model: string;
  readonly isStreaming: boolean;
  readonly messages: readonly PracticeMessage[];
  readonly tools: readonly PracticeTool[];
  readonly toolChoice: 'auto' | 'none' | 'required' | { readonly name: string };
  /** JSON is asked for, with a schema or without. */
  readonly wantsJson: boolean;
  readonly schema?: JsonObject | undefined;
}

/** One message of the conversation. */
export interface PracticeMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
  readonly toolCalls?: readonly PracticeToolCall[] | undefined;
  /** The call a message of role `tool` answers. */
  readonly toolCallId?: string | undefined;
}

/** A tool the model may call; its input schema is a JSON Schema. */
export interface PracticeTool {
  readonly name: string;
  readonly inputSchema: JsonObject;
}

/** A call of a tool; `input` is JSON text, as models write it. */
export interface PracticeToolCall {
  /** @default a fresh id */
  readonly id?: string | undefined;
  readonly name: string;
  readonly input: string;
}

/** What the model says, before it takes the form of an API. */
export interface PracticeAnswer {
  readonly text?: string | undefined;
  /** Sent as a summary by the Responses API; Chat Completions has no place for it. */
  readonly reasoning?: string | undefined;
  readonly toolCalls?: readonly PracticeToolCall[] | undefined;
  /** @default 'tool-calls' with tool calls, else 'stop' */
  readonly finishReason?: 'stop' | 'length' | 'content-filter' | 'tool-calls' | undefined;
  /** @default an estimate of four characters a token */
  readonly usage?: PracticeUsage | undefined;
}

/** Tokens of one exchange. */
export interface PracticeUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Thinks up an answer. */
export type Mind = (request: PracticeRequest) => PracticeAnswer;

/** How one API writes requests and answers. */
export interface WireFormat {
  /** Reads a request body. */
  read(body: JsonObject): PracticeRequest;
  /** Writes the answer as one JSON body. */
  body(answer: PracticeAnswer, request: PracticeRequest): JsonObject;
  /** Cuts such a body into the data of the server-sent events it is streamed as. */
  chunks(body: JsonObject): readonly string[];
}

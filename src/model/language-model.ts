import type { JSONObject, JSONValue } from '@ai-sdk/provider';
import type { Usage } from '../trace/usage.ts';

/*
 * The SDK's language model interface, specification versions v3 (ai@6) and v4 (ai@7), by structure: the two majors share
 * no type name, and one implementation serves both.
 */

export type ProviderMetadata = Readonly<Record<string, JSONObject>>;
export type Headers = Readonly<Record<string, string | undefined>>;

/** The parts of a language model that the library uses, for both versions of the specification. */
export interface LanguageModel {
  readonly specificationVersion: 'v3' | 'v4';
  readonly provider: string;
  readonly modelId: string;
  readonly supportedUrls: PromiseLike<Record<string, RegExp[]>> | Record<string, RegExp[]>;
  doGenerate(params: CallOptions): PromiseLike<GenerateResult>;
  doStream(params: CallOptions): PromiseLike<StreamResult>;
}

/** The options that the SDK passes to a model. Unknown keys are passed on as they are. */
export interface CallOptions {
  readonly prompt: Prompt;
  readonly tools?: readonly ModelTool[] | undefined;
  readonly toolChoice?: ToolChoice | undefined;
  readonly responseFormat?: ResponseFormat | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly stopSequences?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  readonly reasoning?: string | undefined;
  readonly includeRawChunks?: boolean | undefined;
  readonly providerOptions?: ProviderMetadata | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  readonly headers?: Headers | undefined;
}

export type ToolChoice = { type: 'auto' | 'none' | 'required' } | { type: 'tool'; toolName: string };

export type ResponseFormat = { type: 'text' } | { type: 'json'; schema?: unknown; name?: string; description?: string };

export type ModelTool =
  | { type: 'function'; name: string; inputSchema: unknown; description?: string; providerOptions?: ProviderMetadata }
  | { type: 'provider'; name: string; id: `${string}.${string}`; args: Record<string, unknown> };

export type Prompt = readonly Message[];

export type Message = { readonly providerOptions?: ProviderMetadata } & (
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user' | 'assistant' | 'tool'; readonly content: readonly PromptPart[] }
);

/** A part of a prompt message. */
export type PromptPart = { readonly providerOptions?: ProviderMetadata } & (
  | { readonly type: 'text' | 'reasoning'; readonly text: string }
  | {
      readonly type: 'file' | 'reasoning-file';
      readonly data: unknown;
      readonly mediaType: string;
      readonly filename?: string;
    }
  | { readonly type: 'custom'; readonly kind: string }
  | {
      readonly type: 'tool-call';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly input: unknown;
      readonly providerExecuted?: boolean;
    }
  | {
      readonly type: 'tool-result';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly output: ToolOutput;
    }
  | { readonly type: 'tool-approval-response'; readonly approvalId: string; readonly approved: boolean }
);

export type ToolOutput =
  | { readonly type: 'text' | 'error-text'; readonly value: string }
  | { readonly type: 'json' | 'error-json'; readonly value: JSONValue }
  | { readonly type: 'execution-denied'; readonly reason?: string }
  | { readonly type: 'content'; readonly value: readonly unknown[] };

/** A part of a model's answer. */
export type ContentPart = { readonly providerMetadata?: ProviderMetadata } & (
  | { readonly type: 'text' | 'reasoning'; readonly text: string }
  | { readonly type: 'file' | 'reasoning-file'; readonly data: unknown; readonly mediaType: string }
  | { readonly type: 'source'; readonly sourceType: string; readonly id: string }
  | { readonly type: 'custom'; readonly kind: string }
  | ToolCall
  | ToolResult
  | { readonly type: 'tool-approval-request'; readonly approvalId: string; readonly toolCallId: string }
);

export interface ToolCall {
  readonly type: 'tool-call';
  readonly toolCallId: string;
  readonly toolName: string;
  /** JSON text, as the model wrote it. */
  readonly input: string;
  readonly providerExecuted?: boolean;
  readonly dynamic?: boolean;
  readonly providerMetadata?: ProviderMetadata;
}

export interface ToolResult {
  readonly type: 'tool-result';
  readonly toolCallId: string;
  readonly toolName: string;
  readonly result: JSONValue;
  readonly isError?: boolean;
  readonly dynamic?: boolean;
  readonly providerMetadata?: ProviderMetadata;
}

export interface FinishReason {
  /** `stop`, `length`, `content-filter`, `tool-calls`, `error`, `other`, or a reason that a later SDK adds. */
  readonly unified: string;
  readonly raw: string | undefined;
}

export interface ResponseMetadata {
  readonly id?: string | undefined;
  readonly modelId?: string | undefined;
  readonly timestamp?: Date | undefined;
}

export type Warning = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface GenerateResult {
  readonly content: readonly ContentPart[];
  /** v4: parsed by the SDK instead of the text where present, `''` included. */
  readonly structuredOutputText?: string | undefined;
  readonly finishReason: FinishReason;
  readonly usage: Usage;
  readonly warnings: readonly Warning[];
  readonly providerMetadata?: ProviderMetadata | undefined;
  readonly request?: { readonly body?: unknown } | undefined;
  readonly response?:
    | (ResponseMetadata & { readonly headers?: Headers | undefined; readonly body?: unknown })
    | undefined;
}

export interface StreamResult {
  readonly stream: ReadableStream<StreamPart>;
  readonly request?: { readonly body?: unknown } | undefined;
  readonly response?: { readonly headers?: Headers | undefined } | undefined;
}

interface PartOfBlock {
  readonly id: string;
  readonly providerMetadata?: ProviderMetadata;
}

export type StreamPart =
  | { readonly type: 'stream-start'; readonly warnings: readonly Warning[] }
  | ({ readonly type: 'response-metadata' } & ResponseMetadata)
  | ({ readonly type: 'text-start' | 'text-end' | 'reasoning-start' | 'reasoning-end' } & PartOfBlock)
  | ({ readonly type: 'text-delta' | 'reasoning-delta'; readonly delta: string } & PartOfBlock)
  | ({ readonly type: 'tool-input-start'; readonly toolName: string } & PartOfBlock)
  | ({ readonly type: 'tool-input-delta'; readonly delta: string } & PartOfBlock)
  | ({ readonly type: 'tool-input-end' } & PartOfBlock)
  | Exclude<ContentPart, { readonly type: 'text' | 'reasoning' }>
  | { readonly type: 'ping' }
  | { readonly type: 'raw'; readonly rawValue: unknown }
  | { readonly type: 'error'; readonly error: unknown }
  | {
      readonly type: 'finish';
      readonly usage: Usage;
      readonly finishReason: FinishReason;
      readonly providerMetadata?: ProviderMetadata | undefined;
    };

/** The name of a model within this process. Limits, retry buckets and failures are kept per model. */
export function modelKey(model: Pick<LanguageModel, 'provider' | 'modelId'>): string {
  return `${model.provider}:${model.modelId}`;
}

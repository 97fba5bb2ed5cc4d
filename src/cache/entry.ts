import type { ContentPart, GenerateResult } from '../model/language-model.ts';
import { fromBase64, toBase64 } from '../trace/base64.ts';
import type { Attempt } from '../trace/history.ts';

/** An accepted answer as it is kept: no request, no headers, nothing that was sent. */
export interface Entry {
  /** Milliseconds since the epoch, by the clock of who wrote it. */
  readonly createdAt: number;
  readonly result: CachedResult;
  /** The attempt that was accepted, without its text and verdict. */
  readonly attempt: Pick<Attempt, 'number' | 'stage' | 'model' | 'startedAt' | 'durationMs'>;
}

export type CachedResult = Pick<
  GenerateResult,
  'content' | 'structuredOutputText' | 'finishReason' | 'usage' | 'providerMetadata'
> & { readonly response?: { readonly id?: string; readonly modelId?: string; readonly timestamp?: Date } };

/** What of a result may be kept. */
export function cachedResult(result: GenerateResult): CachedResult {
  const { content, structuredOutputText, finishReason, usage, providerMetadata, response } = result;
  const { inputTokens, outputTokens } = usage;
  const { id, modelId, timestamp } = response ?? {};
  return {
    content,
    finishReason,
    usage: { inputTokens, outputTokens },
    ...(structuredOutputText === undefined ? {} : { structuredOutputText }),
    ...(providerMetadata === undefined ? {} : { providerMetadata }),
    ...(response === undefined ? {} : { response: defined({ id, modelId, timestamp }) }),
  };
}

/** The entry as plain JSON: the bytes of files become base64. */
export function entryToJson({ result, ...entry }: Entry): unknown {
  return { ...entry, result: { ...result, content: result.content.map((part) => mapFile(part, bytesToJson)) } };
}

/** The entry of a JSON value, `undefined` for what is none. */
export function entryFromJson(value: unknown): Entry | undefined {
  if (!isObject(value) || !isObject(value.result) || !isObject(value.attempt)) return undefined;
  const { result, attempt, createdAt } = value;
  const { content, finishReason, usage, response } = result;
  if (typeof createdAt !== 'number' || typeof attempt.stage !== 'string') return undefined;
  if (!Array.isArray(content) || !content.every((part) => isObject(part) && typeof part.type === 'string')) {
    return undefined;
  }
  if (!isObject(finishReason) || finishReason.unified !== 'stop') return undefined;
  if (!isObject(usage) || !isObject(usage.inputTokens) || !isObject(usage.outputTokens)) return undefined;
  const revived = {
    createdAt,
    attempt,
    result: {
      ...result,
      content: content.map((part: ContentPart) => mapFile(part, bytesFromJson)),
      ...(isObject(response) ? { response: withDate(response) } : {}),
    },
  };
  return revived as unknown as Entry; // what matters to the SDK was looked at above
}

function defined<VALUES extends object>(values: VALUES): { [NAME in keyof VALUES]?: NonNullable<VALUES[NAME]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function withDate(response: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { timestamp, ...others } = response;
  const date = new Date(String(timestamp));
  return Number.isNaN(date.getTime()) ? others : { ...others, timestamp: date };
}

/** A file's data is bytes or text in v3, `{ type, data }` or `{ type, url }` in v4. */
function mapFile(part: ContentPart, map: (data: unknown) => unknown): ContentPart {
  if (part.type !== 'file' && part.type !== 'reasoning-file') return part;
  const { data } = part;
  if (!isObject(data) || !('data' in data)) return { ...part, data: map(data) };
  return { ...part, data: { ...data, data: map(data.data) } };
}

function bytesToJson(data: unknown): unknown {
  return data instanceof Uint8Array ? { bytes: toBase64(data) } : data;
}

function bytesFromJson(data: unknown): unknown {
  return isObject(data) && typeof data.bytes === 'string' ? fromBase64(data.bytes) : data;
}

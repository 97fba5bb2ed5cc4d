import type { ContentPart, GenerateResult } from '../model/language-model.ts';
import { toBase64 } from '../trace/base64.ts';
import type { Attempt } from '../trace/history.ts';
import { isMembers, isMetadata, keptContent, type Members } from './kept-content.ts';

/** An accepted answer as it is stored, without the request and its headers. */
export interface Entry {
  /** Milliseconds since the epoch, by the writer's clock. */
  readonly createdAt: number;
  readonly result: CachedResult;
  /** The attempt that was accepted, without its text and verdict. */
  readonly attempt: Pick<Attempt, 'number' | 'stage' | 'model' | 'fixes' | 'startedAt' | 'durationMs'>;
}

export type CachedResult = Pick<
  GenerateResult,
  'content' | 'structuredOutputText' | 'finishReason' | 'usage' | 'providerMetadata'
> & { readonly response?: { readonly id?: string; readonly modelId?: string; readonly timestamp?: Date } };

/** The parts of a result that may be stored. */
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

/** The entry in a JSON value; `undefined` if it is not one. */
export function entryFromJson(value: unknown): Entry | undefined {
  if (!isMembers(value) || !isMembers(value.result) || !isMembers(value.attempt)) return undefined;
  const { result, attempt, createdAt } = value;
  const { finishReason, usage, response, structuredOutputText, providerMetadata } = result;
  const content = keptContent(result.content);
  if (content === undefined || typeof createdAt !== 'number' || !isAttempt(attempt)) return undefined;
  if (!isMembers(finishReason) || finishReason.unified !== 'stop') return undefined;
  if (!isMembers(usage) || !isCounts(usage.inputTokens) || !isCounts(usage.outputTokens)) return undefined;
  if (structuredOutputText !== undefined && typeof structuredOutputText !== 'string') return undefined;
  if (!isMetadata(providerMetadata)) return undefined;
  const revived = {
    createdAt,
    attempt,
    result: { ...result, content, ...(response === undefined ? {} : { response: responseOf(response) }) },
  };
  return revived as unknown as Entry; // what matters to the SDK was looked at above
}

function isAttempt({ number, stage, model, fixes = [], startedAt, durationMs }: Members): boolean {
  if (!Array.isArray(fixes) || !fixes.every(isMembers)) return false;
  return (
    [number, durationMs].every(Number.isFinite) && [stage, model, startedAt].every((text) => typeof text === 'string')
  );
}

function isCounts(tokens: unknown): boolean {
  if (!isMembers(tokens)) return false;
  return Object.values(tokens).every((count) => (count ?? 0) === 0 || typeof count === 'number');
}

function defined<VALUES extends object>(values: VALUES): { [NAME in keyof VALUES]?: NonNullable<VALUES[NAME]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

/** The metadata that the SDK itself uses; the rest is left out. */
function responseOf(response: unknown): Readonly<Record<string, unknown>> {
  const { id, modelId, timestamp } = isMembers(response) ? response : {};
  const date = new Date(typeof timestamp === 'string' ? timestamp : Number.NaN);
  return {
    ...(typeof id === 'string' ? { id } : {}),
    ...(typeof modelId === 'string' ? { modelId } : {}),
    ...(Number.isNaN(date.getTime()) ? {} : { timestamp: date }),
  };
}

/** A file's data is bytes or text in v3, `{ type, data }` or `{ type, url }` in v4. */
function mapFile(part: ContentPart, map: (data: unknown) => unknown): ContentPart {
  if (part.type !== 'file' && part.type !== 'reasoning-file') return part;
  const { data } = part;
  if (!isMembers(data) || !('data' in data)) return { ...part, data: map(data) };
  return { ...part, data: { ...data, data: map(data.data) } };
}

function bytesToJson(data: unknown): unknown {
  return data instanceof Uint8Array ? { bytes: toBase64(data) } : data;
}

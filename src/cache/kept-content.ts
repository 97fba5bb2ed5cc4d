import type { ContentPart } from '../model/language-model.ts';
import { fromBase64 } from '../trace/base64.ts';

export type Members = Readonly<Record<string, unknown>>;

/**
 * The content of an entry, its files as bytes again; `undefined` where a part is none that is ever kept. A store may hold
 * what this library did not write: a call of a tool in it would be carried out.
 */
export function keptContent(value: unknown): ContentPart[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const parts = value.map(keptPart);
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function keptPart(part: unknown): ContentPart | undefined {
  if (!isMembers(part) || !isMetadata(part.providerMetadata)) return undefined;
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return typeof part.text === 'string' ? as(part) : undefined;
    case 'source':
      return areTexts(part.id, part.sourceType) && isSource(part) ? as(part) : undefined;
    case 'custom':
      return areTexts(part.kind) ? as(part) : undefined;
    case 'file':
    case 'reasoning-file': {
      const data = dataFromJson(part.data);
      return areTexts(part.mediaType) && data !== undefined ? as({ ...part, data }) : undefined;
    }
    default:
      return undefined;
  }
}

/** Of the parts that are written by `bytesToJson` in `entry.ts`. */
function dataFromJson(data: unknown): unknown {
  if (typeof data === 'string') return data;
  if (!isMembers(data)) return undefined;
  if (typeof data.bytes === 'string') return bytesOf(data.bytes);
  if (data.type === 'url') {
    const { url } = data;
    return typeof url === 'string' && URL.canParse(url) ? { ...data, url: new URL(url) } : undefined;
  }
  const inner = data.type === 'data' ? dataFromJson(data.data) : undefined;
  return typeof inner === 'string' || inner instanceof Uint8Array ? { ...data, data: inner } : undefined;
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return fromBase64(base64);
  } catch {
    return undefined;
  }
}

function isSource({ sourceType, url, title, mediaType }: Members): boolean {
  if (title !== undefined && typeof title !== 'string') return false;
  return sourceType === 'url' ? typeof url === 'string' : typeof mediaType === 'string';
}

export function isMetadata(value: unknown): boolean {
  return value === undefined || (isMembers(value) && Object.values(value).every(isMembers));
}

function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Cast: the members were checked above. */
function as(part: Members): ContentPart {
  return part as unknown as ContentPart;
}

import type { LanguageModel } from '../../model/language-model.ts';
import { toBase64 } from '../../trace/base64.ts';

type Model = Pick<LanguageModel, 'specificationVersion' | 'provider'>;

interface Item {
  readonly type: string;
  readonly data?: unknown;
  readonly url?: string;
  readonly fileId?: unknown;
  readonly providerReference?: unknown;
  readonly mediaType?: string;
  readonly filename?: string;
  readonly providerOptions?: unknown;
}

/** What a file holds, or where it is. */
type FileData =
  | { readonly type: 'data'; readonly data: unknown }
  | { readonly type: 'url'; readonly url: string | URL }
  | { readonly type: 'reference'; readonly reference: unknown }
  | { readonly type: 'text'; readonly text: string };

/** An item of a tool's result as a model takes it: the majors of the SDK have files in different forms, and tools give either. */
export function resultItem(given: unknown, model: Model): unknown {
  const item = given as Item;
  if (!/^(?:file|image)(?:-|$)/.test(item.type)) return given;
  const data = dataOf(item, model);
  if (data === undefined) return toldItem(item);
  return model.specificationVersion === 'v4' ? taggedFile(item, data) : untaggedFile(item, data);
}

function dataOf({ data, url, fileId, providerReference }: Item, { provider }: Model): FileData | undefined {
  if (url !== undefined) return URL.canParse(url) ? { type: 'url', url: new URL(url) } : undefined;
  const reference = providerReference ?? (typeof fileId === 'string' ? { [nameOf(provider)]: fileId } : fileId);
  if (reference !== undefined) return { type: 'reference', reference };
  if (data instanceof URL) return { type: 'url', url: data };
  // Cast: only the forms of either major have a type.
  const tagged = typeof data === 'object' && data !== null && 'type' in data ? (data as FileData) : undefined;
  if (tagged !== undefined && tagged.type !== 'data') return tagged;
  const content = contentOf(tagged === undefined ? data : tagged.data);
  return content === undefined ? undefined : { type: 'data', data: content };
}

/** Base64, which both majors take, and which is no longer than the bytes it stands for. */
function contentOf(data: unknown): string | undefined {
  if (typeof data === 'string') return data;
  if (data instanceof ArrayBuffer) return toBase64(new Uint8Array(data));
  return data instanceof Uint8Array ? toBase64(data) : undefined;
}

function taggedFile(item: Item, data: FileData): unknown {
  const { type, url: _, fileId: __, providerReference: ___, mediaType = defaultType(type), ...rest } = item;
  return { ...rest, type: 'file', mediaType, data };
}

/** Other forms than these two are those that this major has. */
function untaggedFile(item: Item, data: FileData): unknown {
  const { type, data: _, providerReference: __, mediaType = defaultType(type), ...rest } = item;
  if (type !== 'file' && type !== 'file-reference') return item;
  const kind = mediaType.startsWith('image') ? 'image' : 'file';
  switch (data.type) {
    case 'data':
      return { ...rest, type: `${kind}-data`, mediaType, data: data.data };
    case 'url':
      return { ...rest, type: `${kind}-url`, url: String(data.url) };
    case 'reference':
      return { ...rest, type: kind === 'image' ? 'image-file-id' : 'file-id', fileId: data.reference };
    case 'text':
      return { ...rest, type: 'text', text: data.text };
  }
}

/** A file that a model cannot be shown is named. */
function toldItem({ mediaType = 'unknown type' }: Item): unknown {
  return { type: 'text', text: `(a file of ${mediaType}, which cannot be shown)` };
}

function defaultType(type: string): string {
  return type.startsWith('image') ? 'image' : 'application/octet-stream';
}

function nameOf(provider: string): string {
  return provider.replace(/\..*/s, '');
}

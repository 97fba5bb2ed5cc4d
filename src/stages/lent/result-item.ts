import type { LanguageModel } from '../../model/language-model.ts';

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

/** An item of a tool's result as a model takes it: the majors of the SDK have files in different forms, and tools give either. */
export function resultItem(given: unknown, model: Model): unknown {
  const item = given as Item;
  const isFile = /^(?:file|image)(?:-|$)/.test(item.type);
  if (!isFile) return given;
  return model.specificationVersion === 'v4' ? taggedFile(item, model) : untaggedFile(item);
}

function taggedFile(item: Item, { provider }: Model): unknown {
  const { type, data, url, fileId, providerReference, mediaType = defaultType(type), ...rest } = item;
  const file = (tagged: object) => ({ ...rest, type: 'file', mediaType, data: tagged });
  if (url !== undefined) return URL.canParse(url) ? file({ type: 'url', url: new URL(url) }) : toldItem(item);
  const reference = providerReference ?? (typeof fileId === 'string' ? { [nameOf(provider)]: fileId } : fileId);
  if (reference !== undefined) return file({ type: 'reference', reference });
  const isTagged = typeof data === 'object' && data !== null && 'type' in data;
  if (isTagged) return item;
  return file(data instanceof URL ? { type: 'url', url: data } : { type: 'data', data });
}

function untaggedFile(item: Item): unknown {
  const { type, data, mediaType = 'application/octet-stream', ...rest } = item;
  const tagged = data as { readonly type?: string; readonly data?: unknown; readonly url?: unknown } | undefined;
  if (type !== 'file') return item;
  const kind = mediaType.startsWith('image') ? 'image' : 'file';
  switch (tagged?.type) {
    case 'data':
      return { ...rest, type: `${kind}-data`, mediaType, data: tagged.data };
    case 'url':
      return { ...rest, type: `${kind}-url`, url: String(tagged.url) };
    default:
      return toldItem(item);
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
  return provider.split('.')[0] ?? provider;
}

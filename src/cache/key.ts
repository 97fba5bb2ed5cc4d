import type { CallOptions, LanguageModel, Prompt, ProviderMetadata } from '../model/language-model.ts';
import { samplingOf } from '../model/sampling.ts';
import { base64Url } from '../trace/base64.ts';
import { canonicalJson } from '../trace/canonical-json.ts';
import { sha256 } from '../trace/sha256.ts';
import { wellFormed } from '../trace/well-formed.ts';

/** What a cache key depends on. */
export interface CacheIdentity {
  readonly scope: string;
  readonly model: Pick<LanguageModel, 'specificationVersion' | 'provider' | 'modelId'>;
  readonly params: CallOptions;
  /** Provider options left out of the key: `provider`, or `provider.option`. */
  readonly ignoreProviderOptions: readonly string[];
  /** The options the model was wrapped with: checks, fallback models, the caller's version. */
  readonly wrapping: string;
}

/** The prefix of a scope's keys; no other scope shares it. */
export function scopePrefix(scope: string): string {
  // A lone surrogate has no URI form; the digest keeps such scopes apart.
  return `sr:cache:${encodeURIComponent(wellFormed(scope))}:`;
}

/**
 * Where the answer to a call is kept: the scope in clear, for counting and dropping a tenant's entries, then a digest of
 * everything the answer depends on, the scope again among it.
 *
 * @throws TypeError for a call that holds what has no JSON form.
 */
export async function cacheKey(identity: CacheIdentity): Promise<string> {
  return `${scopePrefix(identity.scope)}${base64Url(await sha256(identityBytes(identity)))}`;
}

/** The call as JSON, followed by the bytes of its files. The JSON contains their lengths. */
function identityBytes(identity: CacheIdentity): Uint8Array<ArrayBuffer> {
  const files: Uint8Array[] = [];
  const text = identityText(identity, (file) => {
    files.push(file);
    return String(file.length);
  });
  const head = new TextEncoder().encode(text);
  if (files.length === 0) return head;
  const all = new Uint8Array(files.reduce((length, file) => length + file.length, head.length));
  all.set(head);
  let offset = head.length;
  for (const file of files) {
    all.set(file, offset);
    offset += file.length;
  }
  return all;
}

function identityText(
  { scope, model, params, ignoreProviderOptions, wrapping }: CacheIdentity,
  writeBytes: (bytes: Uint8Array) => string,
): string {
  const parts = [
    'sr1',
    scope,
    model.specificationVersion,
    model.provider,
    model.modelId,
    wrapping,
    withOrdinalIds(params.prompt),
    params.tools,
    params.toolChoice,
    params.responseFormat,
    samplingOf(params),
    withoutIgnored(params.providerOptions, ignoreProviderOptions),
  ];
  return canonicalJson(parts, writeBytes);
}

/**
 * The ids of tool calls are new ones each time a model makes the call: in their place stands when they first appear, so
 * that a later step of an agent is recognised. Everything else counts, the provider's own members too, which may hold
 * what a model knows (an encrypted thought, a compacted history).
 */
function withOrdinalIds(prompt: Prompt): unknown {
  const ordinals = new Map<string, number>();
  const ordinal = (id: string): number => {
    const known = ordinals.get(id) ?? ordinals.size;
    ordinals.set(id, known);
    return known;
  };
  return prompt.map((message) => {
    if (message.role !== 'assistant' && message.role !== 'tool') return message;
    const content = message.content.map((part) =>
      'toolCallId' in part ? { ...part, toolCallId: ordinal(part.toolCallId) } : part,
    );
    return { ...message, content };
  });
}

/** Empty options count as none. */
function withoutIgnored(options: ProviderMetadata = {}, ignored: readonly string[]): object {
  const kept = Object.entries(options)
    .filter(([provider]) => !ignored.includes(provider))
    .map(([provider, own]) => [
      provider,
      Object.fromEntries(Object.entries(own ?? {}).filter(([name]) => !ignored.includes(`${provider}.${name}`))),
    ])
    .filter(([, own]) => own === undefined || Object.keys(own).length > 0);
  return Object.fromEntries(kept);
}

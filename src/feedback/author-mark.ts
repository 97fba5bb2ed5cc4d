import { type LanguageModel, modelKey, type ProviderMetadata } from '../model/language-model.ts';

/*
 * A later turn of a chat, or a later step of an agent, is asked of the wrapped model first, whoever wrote the turns before.
 * What another model of the ladder wrote says so, since its ids and signatures may be refused.
 */

interface Part {
  readonly type: string;
  readonly providerMetadata?: ProviderMetadata | undefined;
}

type Model = Pick<LanguageModel, 'provider' | 'modelId'>;

/** The part with its author on it, where there is something that only the author's provider knows. */
export function withAuthor<PART extends Part>(part: PART, author: Model): PART {
  if (part.type !== 'tool-call' && part.providerMetadata === undefined) return part;
  const stagedRetry = { ...part.providerMetadata?.stagedRetry, author: modelKey(author) };
  return { ...part, providerMetadata: { ...part.providerMetadata, stagedRetry } };
}

/** Whether another model wrote it. */
export function isOthers({ providerOptions }: { readonly providerOptions?: ProviderMetadata }, model: Model): boolean {
  const author = providerOptions?.stagedRetry?.author;
  return author !== undefined && author !== modelKey(model);
}

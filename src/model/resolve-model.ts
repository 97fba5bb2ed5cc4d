import { InvalidArgumentError } from '@ai-sdk/provider';
import type { LanguageModel as SdkLanguageModel } from 'ai';
import type { LanguageModel } from './language-model.ts';

/** A language model of the installed SDK, or a model id that the SDK resolves. */
export type ModelInput = SdkLanguageModel | AnyLanguageModel;

/** A language model of either specification version, by structure. */
export interface AnyLanguageModel {
  readonly specificationVersion: 'v3' | 'v4';
  readonly provider: string;
  readonly modelId: string;
  readonly supportedUrls: LanguageModel['supportedUrls'];
  doGenerate(params: never): PromiseLike<unknown>;
  doStream(params: never): PromiseLike<unknown>;
}

interface Provider {
  languageModel(id: string): unknown;
}

/** The model itself, or the model that the SDK resolves an id to: from the default provider, else from the gateway. */
export async function resolveModel(model: ModelInput): Promise<LanguageModel> {
  if (typeof model !== 'string') return asLanguageModel(model);
  const provider = defaultProvider() ?? (await import('ai')).gateway;
  return asLanguageModel(provider.languageModel(model));
}

/** The same, synchronously; `undefined` for an id that only the gateway can resolve. */
export function resolveModelNow(model: ModelInput): LanguageModel | undefined {
  if (typeof model !== 'string') return asLanguageModel(model);
  const provider = defaultProvider();
  return provider === undefined ? undefined : asLanguageModel(provider.languageModel(model));
}

function defaultProvider(): Provider | undefined {
  return (globalThis as { AI_SDK_DEFAULT_PROVIDER?: Provider }).AI_SDK_DEFAULT_PROVIDER;
}

function asLanguageModel(model: unknown): LanguageModel {
  const { specificationVersion: version, doGenerate } = (model ?? {}) as Partial<LanguageModel>;
  const isCurrent = version === 'v3' || version === 'v4';
  if (isCurrent && typeof doGenerate === 'function') return model as LanguageModel; // the same interface, by structure
  const kind = isCurrent ? 'a provider: give it a model id' : (version ?? 'none');
  throw new InvalidArgumentError({
    argument: 'model',
    message: `A language model of specification version v3 or v4 is needed, as openai('gpt-5-mini') of ai@6 or ai@7 gives; this is ${kind}.`,
  });
}

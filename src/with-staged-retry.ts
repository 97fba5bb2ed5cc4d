import type { LanguageModel as SdkLanguageModel } from 'ai';
import { generate, stream } from './middleware.ts';
import { installedVersion, learnInstalledVersion } from './model/installed-version.ts';
import type { CallOptions, LanguageModel } from './model/language-model.ts';
import { type ModelInput, resolveModel, resolveModelNow } from './model/resolve-model.ts';
import { noteWrapped, refuseWrapped } from './model/wrapped-models.ts';
import { type Settings, type StagedRetryOptions, settingsOf } from './options/settings.ts';

type ModelMembers = 'specificationVersion' | 'provider' | 'modelId' | 'supportedUrls' | 'doGenerate' | 'doStream';

/** A model of the same specification version as the wrapped one. */
export type WrappedModel<MODEL extends ModelInput> = MODEL extends string
  ? NativeModel
  : Pick<MODEL, ModelMembers & keyof MODEL>;

/** The language model of the installed SDK, of its newest specification version. */
type NativeModel = [SdkModel<'v4'>] extends [never] ? SdkModel<'v3'> : SdkModel<'v4'>;
type SdkModel<VERSION> = Extract<SdkLanguageModel, { readonly specificationVersion: VERSION }>;

/**
 * Wraps a language model. Every answer is checked. A wrong answer is retried with feedback, and then goes through the
 * further stages of the ladder.
 *
 * @throws InvalidArgumentError naming the option that is wrong, or for a model that is already wrapped.
 * @example
 * const model = withStagedRetry(openai('gpt-5-mini'), { stages: [retry({ attempts: 3 })] });
 * const { output } = await generateText({ model, output: Output.object({ schema: Invoice }), prompt });
 */
export function withStagedRetry<MODEL extends ModelInput>(
  model: MODEL,
  options?: StagedRetryOptions,
): WrappedModel<MODEL> {
  refuseWrapped(model);
  const settings = settingsOf(options);
  const wrapped = noteWrapped(
    typeof model === 'string' ? wrapId(model, settings) : wrapModel(model, settings),
    settings,
  );
  return wrapped as unknown as WrappedModel<MODEL>; // the members of MODEL, by structure
}

function wrapModel(given: ModelInput, settings: Settings): LanguageModel {
  const model = resolveModelNow(given) as LanguageModel; // not a string, so it is there
  return {
    get specificationVersion() {
      return model.specificationVersion;
    },
    get provider() {
      return model.provider;
    },
    get modelId() {
      return model.modelId;
    },
    get supportedUrls() {
      return model.supportedUrls;
    },
    doGenerate: (params) => generate(model, params, settings),
    doStream: (params) => stream(model, params, settings),
  };
}

/** A string is resolved when the model is used, as the SDK does it. */
function wrapId(id: string, settings: Settings): LanguageModel {
  learnInstalledVersion();
  return {
    get specificationVersion() {
      return resolveModelNow(id)?.specificationVersion ?? installedVersion();
    },
    get provider() {
      return resolveModelNow(id)?.provider ?? 'gateway';
    },
    get modelId() {
      return resolveModelNow(id)?.modelId ?? id;
    },
    get supportedUrls() {
      return resolveModel(id).then(({ supportedUrls }) => supportedUrls);
    },
    doGenerate: async (params: CallOptions) => generate(await resolveModel(id), params, settings),
    doStream: async (params: CallOptions) => stream(await resolveModel(id), params, settings),
  };
}

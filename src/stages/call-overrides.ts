import { InvalidArgumentError } from '@ai-sdk/provider';
import type { CallOptions, ProviderMetadata } from '../model/language-model.ts';
import type { StageContext } from './stage.ts';

/** Call settings that replace the caller's in the calls of a stage. The plain call keeps the caller's settings. */
export interface CallOverrides {
  /** Replaces the caller's `temperature`. */
  readonly temperature?: number;
  /** Replaces the caller's `maxOutputTokens`. */
  readonly maxOutputTokens?: number;
  /** How much the model reasons, for example `'high'`; ai@7 only. */
  readonly reasoning?: string;
  /** Merged into the caller's provider options, option by option. */
  readonly providerOptions?: ProviderMetadata;
}

export const overrideNames = ['temperature', 'maxOutputTokens', 'reasoning', 'providerOptions'];

/** @throws InvalidArgumentError for an override of the wrong type. */
export function overridesOf(stage: string, options: CallOverrides): CallOverrides {
  const { temperature, maxOutputTokens, reasoning, providerOptions } = options;
  const need = (argument: string, isRight: boolean, what: string) => {
    if (!isRight)
      throw new InvalidArgumentError({ argument, message: `The ${argument} of the stage "${stage}" must be ${what}.` });
  };
  need('temperature', temperature === undefined || Number.isFinite(temperature), 'a number');
  need(
    'maxOutputTokens',
    maxOutputTokens === undefined || (Number.isInteger(maxOutputTokens) && maxOutputTokens > 0),
    'a whole number above 0',
  );
  need('reasoning', reasoning === undefined || typeof reasoning === 'string', "a level such as 'high'");
  need(
    'providerOptions',
    providerOptions === undefined || (isNested(providerOptions) && !('stagedRetry' in providerOptions)),
    '{ <provider>: { <option>: … } }, without stagedRetry, which is for a whole call',
  );
  const given = { temperature, maxOutputTokens, reasoning, providerOptions };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The context as a stage with overrides sees it. */
export function overriding(context: StageContext, overrides: CallOverrides): StageContext {
  if (Object.keys(overrides).length === 0) return context;
  return { ...context, params: overridden(context.params, overrides) };
}

function overridden(params: CallOptions, { providerOptions, ...others }: CallOverrides): CallOptions {
  if (providerOptions === undefined) return { ...params, ...others };
  const merged: Record<string, ProviderMetadata[string]> = { ...params.providerOptions };
  for (const [provider, options] of Object.entries(providerOptions))
    merged[provider] = { ...merged[provider], ...options };
  return { ...params, ...others, providerOptions: merged };
}

function isNested(providerOptions: unknown): boolean {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject(providerOptions) && Object.values(providerOptions as object).every(isObject);
}

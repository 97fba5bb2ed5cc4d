import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Report } from './report.ts';

/**
 * Returns the report of a result; `undefined` if the model is not wrapped or nothing was judged.
 *
 * @throws InvalidArgumentError for what is no `providerMetadata`: the result itself, or the promise that a stream gives.
 * @example
 * const { providerMetadata } = await generateText({ model, prompt });
 * console.log(reportOf(providerMetadata)?.attempts);
 */
export function reportOf(providerMetadata: Readonly<Record<string, unknown>> | undefined): Report | undefined {
  if (providerMetadata === undefined || providerMetadata === null) return undefined;
  const mistake = mistakeIn(providerMetadata);
  if (mistake !== undefined) throw new InvalidArgumentError({ argument: 'providerMetadata', message: mistake });
  // Written by `metadataWith`, and only there.
  return (providerMetadata.stagedRetry as Report | null | undefined) ?? undefined;
}

/** Nothing but the right object has a report: a mistake would look like a call where nothing was judged. */
function mistakeIn(given: unknown): string | undefined {
  const takes = 'reportOf() takes the providerMetadata of a result';
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return `${takes}: reportOf(result.providerMetadata).`;
  }
  if ('then' in given) return `${takes}, not a promise: reportOf(await result.providerMetadata).`;
  if ('providerMetadata' in given) return `${takes}, not the result: reportOf(result.providerMetadata).`;
  const { stagedRetry } = given as { readonly stagedRetry?: { readonly runId?: unknown } | null };
  if (stagedRetry === undefined || stagedRetry === null || typeof stagedRetry.runId === 'string') return undefined;
  return `${takes} of a wrapped model: what is under stagedRetry here is no report.`;
}

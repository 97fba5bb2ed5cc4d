import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { isSharedBudget } from '../limits/shared-budget.ts';
import type { Budget } from '../policy/budget.ts';
import { refuseBadBudget } from '../policy/refuse-bad-budget.ts';
import type { StagedRetryCallOptions } from './call-options.ts';
import { plainMetadata } from './plain-metadata.ts';
import { refuseBadScope, refuseUnpricedBudget } from './refuse-options.ts';

const sharedBudget =
  'budget takes limits of this call alone, { usd: 0.5 }. Several calls share a budget of createBudget() if you wrap the model with it where the job begins: withStagedRetry(model, { budget }).';
const known = ['scope', 'runId', 'resumeKey', 'metadata', 'budget', 'cache', 'maxAgeMs', 'disabled'];

/** @throws InvalidArgumentError for an unknown option, or for a value that makes no sense. */
export function validated(given: object, price: unknown): StagedRetryCallOptions {
  const options: StagedRetryCallOptions = given;
  refuseUnknown('providerOptions.stagedRetry', options, known);
  const { runId, resumeKey, metadata, budget, cache = 'default', maxAgeMs = 0, disabled = false } = options;
  refuseBadScope(options.scope);
  if (runId !== undefined && (typeof runId !== 'string' || runId === ''))
    throw invalid('runId must be a non-empty string.');
  if (resumeKey !== undefined && (typeof resumeKey !== 'string' || resumeKey === ''))
    throw invalid('resumeKey must be a non-empty string.');
  if (budget !== undefined) {
    if (isSharedBudget(budget)) throw invalid(sharedBudget);
    refuseBadBudget(budget, 'providerOptions.stagedRetry.budget');
    refuseUnpricedBudget(budget, price, 'providerOptions.stagedRetry.budget');
  }
  if (!['default', 'bypass', 'refresh'].includes(cache)) throw invalid('cache must be default, bypass or refresh.');
  if (!(typeof maxAgeMs === 'number' && maxAgeMs >= 0)) throw invalid('maxAgeMs must not be negative.');
  if (typeof disabled !== 'boolean') throw invalid('disabled must be true or false.');
  return {
    ...options,
    ...(metadata === undefined ? {} : { metadata: plainMetadata(metadata) }),
    ...(budget === undefined ? {} : { budget: withoutUndefined(budget) }),
  };
}

/** A limit that is not named must not replace the model's. */
function withoutUndefined(budget: Budget): Budget {
  return Object.fromEntries(Object.entries(budget).filter(([, limit]) => limit !== undefined));
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({
    argument: 'providerOptions.stagedRetry',
    message: `providerOptions.stagedRetry: ${message}`,
  });
}

import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Effects, systemEffects } from '../effects/effects.ts';
import { sleep } from '../effects/waiting.ts';
import { LimitReachedError } from '../errors/limit-reached-error.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { refuseItself } from '../errors/refuse-itself.ts';
import type { Store } from '../stores/store.ts';
import { inputTotal, outputTotal, type Usage } from '../trace/usage.ts';
import { billedUsage } from './billed.ts';
import type { CallCost, CallOutcome, Limiter } from './limiter.ts';
import { learnt } from './rate-headers.ts';
import { sharedState } from './shared-state.ts';
import { storeClock } from './store-clock.ts';

/** How many requests and tokens per minute are allowed, and where they are counted. */
export interface RateLimiterOptions {
  /** Where processes share what is left. @default this process's memory */
  readonly store?: Store;
  /** Separates several limits on one store, for example one per API key. @default 'default' */
  readonly name?: string;
  /** Requests per minute of each provider and model. @default no limit */
  readonly requestsPerMinute?: number;
  /** Input and output tokens per minute of each provider and model. @default no limit */
  readonly tokensPerMinute?: number;
  /** The longest wait, in milliseconds. A call that would wait longer is rejected at once. @default 60_000 */
  readonly maxWaitMs?: number;
}

/** What is left of each bucket at a time; below zero while calls wait for it to fill. */
interface Buckets {
  readonly requests: number;
  readonly tokens: number;
  readonly at: number;
}

const minuteMs = 60_000;

/**
 * Keeps the calls to each provider and model within their limits per minute. It reserves requests and tokens in one
 * step before a call and settles what the call used after it. The provider's rate-limit headers correct its count. A
 * call that has to wait keeps its place in the queue. Rejects with `LimitReachedError`.
 *
 * @throws InvalidArgumentError if a limit is not above 0, if neither limit is set, or if the store is invalid.
 * @example limits: [rateLimiter({ store, requestsPerMinute: 500, tokensPerMinute: 200_000 })]
 */
export function rateLimiter(options: RateLimiterOptions, effects: Effects = systemEffects): Limiter {
  refuseItself('store', options, 'rateLimiter({ requestsPerMinute: 60, store })');
  refuseBadOptions('rateLimiter', options, {
    store: true,
    name: 'string',
    requestsPerMinute: 'number',
    tokensPerMinute: 'number',
    maxWaitMs: 'number',
  });
  const { store, name = 'default', maxWaitMs = minuteMs } = options;
  const { requestsPerMinute = Number.POSITIVE_INFINITY, tokensPerMinute = Number.POSITIVE_INFINITY } = options;
  refuseBadLimits(options);
  const buckets = sharedState<Buckets>({
    store,
    ttlMs: 2 * minuteMs + maxWaitMs,
    effects,
    isState: isBuckets,
    merge(there, { here }) {
      const [one, other] = [refilled(there, here.at), refilled(here, there.at)];
      return {
        requests: Math.min(one.requests, other.requests),
        tokens: Math.min(one.tokens, other.tokens),
        at: one.at,
      };
    },
  });
  const timeNow = storeClock(store, effects);
  const keyOf = ({ provider, model }: CallCost) =>
    `sr:rate:${[name, provider, model].map(encodeURIComponent).join(':')}`;
  const tokensOf = ({ estimatedTokens }: CallCost) => Math.min(estimatedTokens, tokensPerMinute);

  function refilled(state: Buckets | undefined, now: number): Buckets {
    const elapsed = state === undefined ? minuteMs : Math.max(0, now - state.at);
    const share = elapsed / minuteMs;
    return {
      requests: filled(state?.requests ?? 0, requestsPerMinute, share),
      tokens: filled(state?.tokens ?? 0, tokensPerMinute, share),
      at: Math.max(now, state?.at ?? now),
    };
  }

  async function put(cost: CallCost, requests: number, tokens: number): Promise<void> {
    const now = await timeNow();
    await buckets.update(keyOf(cost), (before) => {
      const state = refilled(before, now);
      return {
        state: { ...state, requests: state.requests + requests, tokens: state.tokens + tokens },
        result: undefined,
      };
    });
  }

  return {
    async reserve(cost, { abortSignal }) {
      const tokens = tokensOf(cost);
      const now = await timeNow();
      const { waitMs, limit } = await buckets.update(keyOf(cost), (before) => {
        const state = refilled(before, now);
        const after = { ...state, requests: state.requests - 1, tokens: state.tokens - tokens };
        const requestsMs = waitFor(after.requests, requestsPerMinute);
        const tokensMs = waitFor(after.tokens, tokensPerMinute);
        const wait = Math.max(requestsMs, tokensMs);
        const result = {
          waitMs: wait,
          limit: requestsMs >= tokensMs ? ('requestsPerMinute' as const) : ('tokensPerMinute' as const),
        };
        return { state: wait > maxWaitMs ? undefined : after, result };
      });
      if (waitMs > maxWaitMs) throw new LimitReachedError({ limit, retryAfterMs: waitMs });
      if (waitMs === 0 && abortSignal?.aborted !== true) return;
      try {
        await sleep(waitMs, effects, abortSignal);
      } catch (error) {
        await put(cost, 1, tokens);
        throw error;
      }
    },

    async settle(outcome: CallOutcome) {
      const { type, cost, headers, error } = outcome;
      const tokens = tokensOf(cost);
      if (type === 'refused') return await put(cost, 1, tokens);
      const usedTokens = totalOf(billedUsage(outcome)) ?? 0;
      const now = await timeNow();
      await buckets.update(keyOf(cost), (before) => {
        const state = refilled(before, now);
        const { remainingRequests, remainingTokens, retryAfterMs } = learnt({ headers, error });
        return {
          state: {
            ...state,
            requests: Math.min(state.requests, remainingRequests, afterPause(requestsPerMinute, retryAfterMs, 1)),
            tokens: Math.min(
              state.tokens + tokens - usedTokens,
              remainingTokens,
              afterPause(tokensPerMinute, retryAfterMs, 0),
            ),
          },
          result: undefined,
        };
      });
    },
  };
}

function isBuckets(value: unknown): value is Buckets {
  const { requests, tokens, at } = (value ?? {}) as Record<string, unknown>;
  return [requests, tokens, at].every(Number.isFinite);
}

/** A bucket after a share of a minute; one without a limit is always full, as JSON knows no infinity. */
function filled(level: number, perMinute: number, share: number): number {
  return Number.isFinite(perMinute) ? Math.min(perMinute, level + perMinute * share) : 0;
}

/** How long until a bucket is no longer below zero. */
function waitFor(level: number, perMinute: number): number {
  return level >= 0 || !Number.isFinite(perMinute) ? 0 : Math.ceil((-level / perMinute) * minuteMs);
}

/** The level that has come back to `to` when the pause a provider asked for is over. */
function afterPause(perMinute: number, retryAfterMs: number, to: number): number {
  if (retryAfterMs <= 0 || !Number.isFinite(perMinute)) return Number.POSITIVE_INFINITY;
  return to - perMinute * (retryAfterMs / minuteMs);
}

function totalOf(usage: Usage | undefined): number | undefined {
  return usage && (inputTotal(usage) ?? 0) + (outputTotal(usage) ?? 0);
}

function refuseBadLimits({ requestsPerMinute, tokensPerMinute, maxWaitMs }: RateLimiterOptions): void {
  const invalid = (argument: string, message: string) => new InvalidArgumentError({ argument, message });
  if (requestsPerMinute === undefined && tokensPerMinute === undefined) {
    throw invalid('requestsPerMinute', 'A rate limiter needs requestsPerMinute, tokensPerMinute or both.');
  }
  for (const [argument, value] of Object.entries({ requestsPerMinute, tokensPerMinute })) {
    if (value !== undefined && !(value > 0 && Number.isFinite(value))) {
      throw invalid(argument, `${argument} must be above 0.`);
    }
  }
  if (maxWaitMs !== undefined && !(maxWaitMs >= 0)) throw invalid('maxWaitMs', 'maxWaitMs must not be negative.');
}

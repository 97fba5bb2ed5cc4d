import type { CallOutcome } from './limiter.ts';

/** What a provider said of its own limits; infinite and 0 where it said nothing. */
export interface Learnt {
  readonly remainingRequests: number;
  readonly remainingTokens: number;
  readonly retryAfterMs: number;
}

/**
 * Reads `x-ratelimit-remaining-*` (OpenAI, Groq, Azure and others: https://platform.openai.com/docs/guides/rate-limits),
 * `anthropic-ratelimit-*-remaining` (https://docs.anthropic.com/en/api/rate-limits), and `retry-after` of a 429.
 */
export function learnt({ headers = {}, error }: Pick<CallOutcome, 'headers' | 'error'>): Learnt {
  const isRateLimited = (error as { statusCode?: unknown } | null | undefined)?.statusCode === 429;
  return {
    remainingRequests: remaining(headers, 'requests'),
    remainingTokens: remaining(headers, 'tokens'),
    retryAfterMs: isRateLimited ? retryAfterMs(headers) : 0,
  };
}

type Headers = NonNullable<CallOutcome['headers']>;

function remaining(headers: Headers, what: 'requests' | 'tokens'): number {
  const text = headers[`x-ratelimit-remaining-${what}`] ?? headers[`anthropic-ratelimit-${what}-remaining`];
  const count = Number.parseFloat(text ?? '');
  return count >= 0 ? count : Number.POSITIVE_INFINITY;
}

/** A longer pause is taken for a mistake. */
const longestPauseMs = 24 * 60 * 60 * 1000;

function retryAfterMs(headers: Headers): number {
  const milliseconds = Number.parseFloat(headers['retry-after-ms'] ?? '');
  if (milliseconds >= 0) return Math.min(milliseconds, longestPauseMs);
  const seconds = Number(headers['retry-after'] ?? '');
  return seconds > 0 ? Math.min(seconds * 1000, longestPauseMs) : 0;
}

import { AISDKError, APICallError } from '@ai-sdk/provider';

/** What a failed provider call calls for. */
export interface FailureClass {
  /** `retry`: worth another try. `next-stage`: not here (credentials, no such model). `fatal`: the request itself is wrong. */
  readonly type: 'retry' | 'next-stage' | 'fatal';
  readonly statusCode: number | undefined;
  readonly retryAfterMs: number | undefined;
}

/** SDK errors that come of a garbled response rather than of a wrong request. */
const garbled = new Set([
  'AI_EmptyResponseBodyError',
  'AI_InvalidResponseDataError',
  'AI_JSONParseError',
  'AI_TypeValidationError',
  'AI_NoContentGeneratedError',
]);

export function classifyFailure(error: unknown, now: number): FailureClass {
  const statusCode = numberOf(error, 'statusCode');
  const retryAfterMs = retryAfter(error, now);
  return { type: typeOf(error, statusCode), statusCode, retryAfterMs };
}

function typeOf(error: unknown, statusCode: number | undefined): FailureClass['type'] {
  if (statusCode === 401 || statusCode === 403 || statusCode === 404) return 'next-stage';
  if (statusCode === 408 || statusCode === 409 || statusCode === 429) return 'retry';
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return 'fatal';
  if (AISDKError.isInstance(error) && statusCode === undefined && !APICallError.isInstance(error)) {
    return garbled.has(error.name) ? 'retry' : 'fatal';
  }
  return 'retry';
}

/** Says what failed without the provider's own words, which may carry the prompt or a key. */
export function describeFailure(error: unknown, statusCode: number | undefined): string {
  const name = error instanceof Error ? error.name : 'error';
  return statusCode === undefined ? name : `${name} (status ${statusCode})`;
}

function numberOf(error: unknown, key: string): number | undefined {
  const value = (error as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'number' ? value : undefined;
}

/** `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110, section 10.2.3). */
function retryAfter(error: unknown, now: number): number | undefined {
  const headers = (error as { responseHeaders?: Record<string, string> } | null | undefined)?.responseHeaders;
  const milliseconds = Number.parseFloat(headers?.['retry-after-ms'] ?? '');
  if (milliseconds >= 0) return milliseconds;
  const value = headers?.['retry-after'];
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

import { AISDKError, APICallError } from '@ai-sdk/provider';
import { errorName } from '../errors/error-name.ts';
import type { ProviderFailure } from '../trace/provider-failure.ts';

/** What to do about a failed provider call. */
export interface FailureClass extends Pick<ProviderFailure, 'noRetry' | 'heldBy'> {
  /**
   * `retry`: worth another try. `next-stage`: not of this model (credentials, no credit, no such model). `refused`: not
   * this request, which another stage may put otherwise.
   */
  readonly type: 'retry' | 'next-stage' | 'refused';
  /** The request was exactly as the caller wrote it. */
  readonly isAsWritten?: boolean;
  readonly statusCode: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** A quota or a balance is used up. */
  readonly isSpent?: boolean;
}

/** SDK errors caused by a garbled response, not by a wrong request. */
const garbled = new Set([
  'AI_EmptyResponseBodyError',
  'AI_InvalidResponseDataError',
  'AI_JSONParseError',
  'AI_TypeValidationError',
  'AI_NoContentGeneratedError',
]);

/** Credentials, payment, permission, no such model. */
const unavailable = new Set([401, 402, 403, 404]);

export function classifyFailure(error: unknown, now: number): FailureClass {
  const statusCode = numberOf(error, 'statusCode');
  const retryAfterMs = retryAfter(error, now);
  if (isSpent(error)) return { type: 'next-stage', statusCode, retryAfterMs, isSpent: true };
  return { type: typeOf(error, statusCode ?? reportedStatus(error)), statusCode, retryAfterMs };
}

function typeOf(error: unknown, statusCode: number | undefined): FailureClass['type'] {
  if (statusCode !== undefined && unavailable.has(statusCode)) return 'next-stage';
  if (statusCode === 408 || statusCode === 409 || statusCode === 429) return 'retry';
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return 'refused';
  if (AISDKError.isInstance(error) && statusCode === undefined && !APICallError.isInstance(error)) {
    return garbled.has(error.name) ? 'retry' : 'refused';
  }
  return 'retry';
}

/** Says what failed, without the provider's own words: they may contain the prompt or a key. */
export function describeFailure(error: unknown, statusCode: number | undefined): string {
  const name = errorName(error) ?? 'Error';
  return statusCode === undefined ? name : `${name} (status ${statusCode})`;
}

function numberOf(error: unknown, key: string): number | undefined {
  const value = (error as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'number' ? value : undefined;
}

/** The status of a failure reported inside a stream. The response itself had status 200. */
function reportedStatus(error: unknown): number | undefined {
  for (const { code, type, status } of bodiesOf(error)) {
    if (typeof code === 'number' && code >= 400 && code < 600) return code;
    if ([code, type, status].some((word) => refusedWords.test(String(word)))) return 400;
  }
  return undefined;
}

/** Words of OpenAI, Anthropic, Amazon Bedrock and Google. */
const refusedWords =
  /^(?:invalid_request_error|invalid_prompt|context_length_exceeded|request_too_large|validationException|INVALID_ARGUMENT)$/;

/**
 * Whether a quota is used up that no short wait renews.
 *
 * @see https://platform.openai.com/docs/guides/error-codes for `insufficient_quota`
 * @see https://ai.google.dev/gemini-api/docs/rate-limits for quotas by the day
 */
function isSpent(error: unknown): boolean {
  return bodiesOf(error).some(({ code, type, status, message, details }) => {
    if (code === 402 || spentMessage.test(String(message))) return true;
    if ([code, type, status].some((word) => spentWords.test(String(word)))) return true;
    return violationsIn(details).some(({ quotaId }) => /PerDay|PerMonth/.test(String(quotaId)));
  });
}

const spentWords = /insufficient_(?:quota|balance|credit|funds)|billing|payment_required|credit_balance/i;

/** Anthropic has no code for it: https://docs.anthropic.com/en/api/errors#http-errors */
const spentMessage = /^Your credit balance is too low/;

type Body = Readonly<Record<string, unknown>>;

/** The provider's own error objects, wherever the SDK's error or a stream part keeps them. */
function bodiesOf(error: unknown): readonly Body[] {
  const { data, responseBody } = (error ?? {}) as { data?: unknown; responseBody?: unknown };
  // An error reported by a stream is not an SDK error but what the provider sent.
  const reported = error instanceof Error ? undefined : error;
  return [data, parsed(responseBody), reported].flat().flatMap((given) => {
    const body = asObject(given);
    const response = asObject(body?.response);
    return [body, asObject(body?.error), response, asObject(response?.error)].filter((found) => found !== undefined);
  });
}

function detailsIn(details: unknown): readonly Body[] {
  if (!Array.isArray(details)) return [];
  return details.map(asObject).filter((detail) => detail !== undefined);
}

function violationsIn(details: unknown): readonly Body[] {
  return detailsIn(details).flatMap(({ violations }) => detailsIn(violations));
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Body | undefined {
  return typeof value === 'object' && value !== null ? (value as Body) : undefined;
}

/** From the headers, else from Google's body: https://cloud.google.com/apis/design/errors#retry_info */
function retryAfter(error: unknown, now: number): number | undefined {
  const named = headerRetryAfter(error, now);
  if (named !== undefined) return named;
  const details = bodiesOf(error).flatMap((body) => detailsIn(body.details));
  const delay = details.find(({ retryDelay }) => typeof retryDelay === 'string')?.retryDelay;
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(String(delay))?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110, section 10.2.3). */
function headerRetryAfter(error: unknown, now: number): number | undefined {
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

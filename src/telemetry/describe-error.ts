import { AISDKError } from '@ai-sdk/provider';
import { errorName } from '../errors/error-name.ts';

/**
 * What may be told of an error: the message of one of ours, which carries no prompt, answer or key; of any other its name,
 * its status and its code, since the words of providers and tools may carry all three.
 */
export function describeError(error: unknown): string {
  if (AISDKError.isInstance(error) && error.name.startsWith('StagedRetry_')) return error.message;
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown };
  const known = errorName(error) ?? 'Error';
  if (typeof statusCode === 'number') return `${known} (status ${statusCode})`;
  // As Node's own errors say: ENOENT, ECONNREFUSED.
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? `${known} (${code})` : known;
}

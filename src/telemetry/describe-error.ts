import { AISDKError } from '@ai-sdk/provider';

/**
 * What may be told of an error: the message of one of ours, which carries no prompt, answer or key; of any other its name
 * and its status, since the words of providers and tools may carry all three.
 */
export function describeError(error: unknown): string {
  if (AISDKError.isInstance(error) && error.name.startsWith('StagedRetry_')) return error.message;
  const { statusCode, name } = (error ?? {}) as { statusCode?: unknown; name?: unknown };
  const known = typeof name === 'string' && /^\w{1,64}$/.test(name) ? name : 'Error';
  return typeof statusCode === 'number' ? `${known} (status ${statusCode})` : known;
}

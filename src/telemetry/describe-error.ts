import { errorCode } from '../errors/error-code.ts';
import { errorName } from '../errors/error-name.ts';
import { isOurs } from '../errors/is-ours.ts';

/**
 * What may be told of an error: the message of one of ours, which carries no prompt, answer or key; of any other its name,
 * its status and its code, since the words of providers and tools may carry all three.
 */
export function describeError(error: unknown): string {
  if (isOurs(error)) return error.message;
  const { statusCode } = Object(error) as { readonly statusCode?: unknown };
  const known = errorName(error) ?? 'Error';
  if (typeof statusCode === 'number') return `${known} (status ${statusCode})`;
  const code = errorCode(error);
  return code === undefined ? known : `${known} (${code})`;
}

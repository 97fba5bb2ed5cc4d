import { InvalidArgumentError } from '@ai-sdk/provider';
import { wrongUseName } from './is-ours.ts';
import { mark } from './mark.ts';

/** A mistake of the caller that only a run comes upon. Logs and spans may tell its message, unlike that of a provider's error. */
export function wrongUse(argument: string, message: string, cause?: unknown): InvalidArgumentError {
  const error = new InvalidArgumentError({ argument, message, cause });
  mark(error, wrongUseName);
  return error;
}

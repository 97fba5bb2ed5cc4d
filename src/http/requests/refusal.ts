import { InvalidArgumentError } from '@ai-sdk/provider';
import { StoreError } from '../../errors/store-error.ts';
import { RequestRefused } from './problem.ts';

/** What a request is answered with that met an error. */
export function refusalOf(error: unknown): RequestRefused {
  if (error instanceof RequestRefused) return error;
  if (InvalidArgumentError.isInstance(error)) return new RequestRefused(400, error.message);
  const isStore = StoreError.isInstance(error) || (error instanceof Error && error.name === 'TimeoutError');
  if (isStore)
    return new RequestRefused(503, 'The inbox cannot be reached. Try again.', { headers: { 'retry-after': '5' } });
  return new RequestRefused(500, 'Something went wrong here.');
}

import { isOurs } from '../errors/is-ours.ts';
import { ThrownByCaller } from '../errors/thrown-by-caller.ts';
import { LimiterRejected } from './limiter-rejected.ts';

/** What a run ends with if a limiter refused a call: an error of ours, or the failure of the caller's limiter. */
export function errorOfLimiter(error: unknown): unknown {
  if (!(error instanceof LimiterRejected)) return error;
  return isOurs(error.cause) ? error.cause : new ThrownByCaller('reserve of a limiter', error.cause);
}

import { isOurs } from '../errors/is-ours.ts';
import { LimitReachedError } from '../errors/limit-reached-error.ts';
import { ThrownByCaller } from '../errors/thrown-by-caller.ts';
import { LimiterRejected } from './limiter-rejected.ts';

/** The name of a limiter's function, where it fails. */
export const reserveOfLimiter = 'reserve of a limiter';

/** What a run ends with if a limiter refused a call: an error of ours, or the failure of the caller's limiter. */
export function errorOfLimiter(error: unknown): unknown {
  if (!(error instanceof LimiterRejected)) return error;
  const { cause } = error;
  if (isOurs(cause)) return cause;
  const retryAfterMs = retryAfterOf(cause);
  return retryAfterMs === undefined
    ? new ThrownByCaller(reserveOfLimiter, cause)
    : new LimitReachedError({ limit: 'own', retryAfterMs, cause });
}

/** When a call may be made that a limiter refused, in milliseconds from now, if its error says so. */
export function retryAfterOf(error: unknown): number | undefined {
  const { retryAfterMs } = (error ?? {}) as { readonly retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' ? retryAfterMs : undefined;
}

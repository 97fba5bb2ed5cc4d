import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { type Backoff, type ExponentialOptions, exponential } from '../policy/backoff.ts';

/** How a failed provider call is retried. */
export interface TransportOptions extends ExponentialOptions {
  /** Provider calls in total, including the first. @default 3 */
  readonly attempts?: number;
  /** The longest wait a server may ask for, in milliseconds. A longer one ends the retries at once. @default 60_000 */
  readonly maxRetryAfterMs?: number;
  /**
   * Time limits of a provider call, in milliseconds. Time that a live stream waits for its reader does not count.
   * @default no limits
   */
  readonly timeout?: {
    /** For a whole provider call. */
    readonly callMs?: number;
    /** Until a stream's first text, reasoning, tool input or file. */
    readonly firstChunkMs?: number;
    /** Between two of these. */
    readonly chunkMs?: number;
  };
}

export interface Transport {
  readonly attempts: number;
  readonly backoff: Backoff;
  readonly hasJitter: boolean;
  readonly maxRetryAfterMs: number;
  readonly timeout: NonNullable<TransportOptions['timeout']>;
  /** Whether failures of a run's first provider call are the run's to handle, not the SDK's. */
  readonly ownsFirstCall: boolean;
}

const known = ['attempts', 'initialMs', 'factor', 'maxMs', 'jitter', 'maxRetryAfterMs', 'timeout'];
const knownTimeouts = ['callMs', 'firstChunkMs', 'chunkMs'];

/** @throws InvalidArgumentError for numbers that make no sense, and for options there are none of. */
export function transportOf(options: TransportOptions | undefined, hasFallback: boolean): Transport {
  const given = options === undefined ? {} : options;
  refuseUnknown('transport', given, known);
  const { attempts = 3, maxRetryAfterMs = 60_000, timeout = {}, ...backoff } = given;
  if (!Number.isInteger(attempts) || attempts < 1)
    throw invalid('transport.attempts must be a whole number of at least 1.');
  refuseUnknown('transport.timeout', timeout, knownTimeouts);
  const { jitter = 'full', ...numbers } = { ...timeout, ...backoff, maxRetryAfterMs };
  if (jitter !== 'full' && jitter !== 'none') throw invalid('transport.jitter must be full or none.');
  for (const [name, value] of Object.entries(numbers)) {
    const isNumber = value === undefined || (typeof value === 'number' && value >= 0);
    if (!isNumber) throw invalid(`transport.${name} must be a number that is not negative.`);
  }
  return {
    attempts,
    backoff: exponential(backoff),
    hasJitter: jitter === 'full',
    maxRetryAfterMs,
    timeout,
    ownsFirstCall: options !== undefined || hasFallback,
  };
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'transport', message });
}

import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';

/** Returns the wait before retry number `retry` (from 1), in milliseconds. `random` is a number in [0, 1). */
export type Backoff = (retry: number, random: number) => number;

/** How the waits between retries grow. */
export interface ExponentialOptions {
  /** The wait before the first retry, in milliseconds. @default 500 */
  readonly initialMs?: number;
  /** What each further wait is multiplied by. @default 2 */
  readonly factor?: number;
  /** The longest wait, in milliseconds. @default 30_000 */
  readonly maxMs?: number;
  /**
   * `full` draws each wait from 0 up to its full length, so concurrent callers spread out; `none` always waits the full
   * length.
   * @default 'full'
   */
  readonly jitter?: 'full' | 'none';
}

/**
 * Creates an exponential backoff.
 *
 * @throws InvalidArgumentError for an unknown option, one of another kind, a negative wait or a factor that is not above 0.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 * @example retry({ attempts: 3, delay: exponential({ initialMs: 200 }) })
 */
export function exponential(options: ExponentialOptions = {}): Backoff {
  refuseBadOptions('exponential', options, {
    initialMs: 'number',
    factor: 'number',
    maxMs: 'number',
    jitter: 'string',
  });
  const { initialMs = 500, factor = 2, maxMs = 30_000, jitter = 'full' } = options;
  if (jitter !== 'full' && jitter !== 'none')
    throw new InvalidArgumentError({ argument: 'jitter', message: 'jitter of exponential() must be full or none.' });
  if (!(initialMs >= 0 && maxMs >= 0 && factor > 0)) {
    const message = 'exponential() takes initialMs and maxMs of at least 0, and a factor above 0.';
    throw new InvalidArgumentError({ argument: 'exponential', message });
  }
  return (retry, random) => {
    // Nothing grows from 0, not even by a factor that is past counting.
    const ceiling = initialMs === 0 ? 0 : Math.min(maxMs, initialMs * factor ** (retry - 1));
    return jitter === 'full' ? ceiling * random : ceiling;
  };
}

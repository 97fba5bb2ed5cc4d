import type { Backoff } from '../policy/backoff.ts';
import type { Stage } from './stage.ts';
import { modelHandles, requireAttempts, type StageOptions } from './stage-options.ts';

export interface RetryOptions extends StageOptions {
  /** How many answers the stage may see, the plain call among them when it is the first of the ladder. */
  readonly attempts: number;
  /** The wait before each re-ask: milliseconds, or `exponential(…)`. @default 0 */
  readonly delay?: number | Backoff;
}

/**
 * Asks again with feedback.
 *
 * @throws InvalidArgumentError for attempts below 1.
 * @example stages: [retry({ attempts: 2 })] // the plain call and one re-ask
 */
export function retry({ name = 'retry', attempts, delay = 0, handles = modelHandles }: RetryOptions): Stage {
  requireAttempts(name, attempts);
  return {
    name,
    attempts,
    delay,
    handles,
    isPlainCall: true,
    propose: (context) => context.call({ ...context.params, prompt: context.promptWithFeedback() }),
  };
}

import type { Backoff } from '../policy/backoff.ts';
import { type CallOverrides, overrideNames, overridesOf, overriding } from './call-overrides.ts';
import type { Stage } from './stage.ts';
import { modelHandles, requireAttempts, requireOptions, type StageOptions } from './stage-options.ts';

/** How often the same model is asked again, after which wait, with which settings. */
export interface RetryOptions extends StageOptions, CallOverrides {
  /** How many answers the stage may see, the plain call among them when it is the first of the ladder. */
  readonly attempts: number;
  /** The wait before each re-ask: milliseconds, or `exponential(…)`. @default 0 */
  readonly delay?: number | Backoff;
}

/**
 * Asks again with feedback.
 *
 * @throws InvalidArgumentError for attempts below 1, and for an override of the wrong type.
 * @example stages: [retry({ attempts: 2 })] // the plain call and one re-ask
 * @example stages: [retry({ attempts: 2, temperature: 0 }), retry({ name: 'harder', attempts: 1, reasoning: 'high' })]
 */
export function retry(options: RetryOptions): Stage {
  requireOptions('retry', options, ['delay', ...overrideNames], '{ attempts: 2 }');
  const { name = 'retry', attempts, delay = 0, handles = modelHandles } = options;
  requireAttempts(name, attempts);
  const overrides = overridesOf(name, options);
  return {
    name,
    attempts,
    delay,
    handles,
    isPlainCall: true,
    propose(given) {
      const context = overriding(given, overrides);
      return context.call({ ...context.params, prompt: context.promptWithFeedback() });
    },
  };
}

import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Backoff, exponential } from '../policy/backoff.ts';
import { type CallOverrides, overrideNames, overridesOf, overriding } from './call-overrides.ts';
import type { Stage } from './stage.ts';
import { modelHandles, requireAttempts, requireOptions, type StageOptions } from './stage-options.ts';

/** How often the same model is asked again, after which wait, and with which settings. */
export interface RetryOptions extends StageOptions, CallOverrides {
  /** How many answers the stage may produce, including the plain call if it is the first stage. */
  readonly attempts: number;
  /** The wait before each retry: milliseconds, or `exponential(…)`. @default 0 */
  readonly delay?: number | Backoff;
}

/**
 * Asks the same model again, with feedback on its last answer.
 *
 * @throws InvalidArgumentError if `attempts` is below 1, if `delay` is `exponential` itself, or for an override of the wrong type.
 * @example stages: [retry({ attempts: 2 })] // the plain call and one retry
 * @example stages: [retry({ attempts: 2, temperature: 0 }), retry({ name: 'harder', attempts: 1, reasoning: 'high' })]
 */
export function retry(options: RetryOptions): Stage {
  requireOptions('retry', options, ['delay', ...overrideNames], '{ attempts: 2 }');
  const { name = 'retry', attempts, delay = 0, handles = modelHandles } = options;
  requireAttempts(name, attempts);
  if ((delay as unknown) === exponential)
    throw new InvalidArgumentError({
      argument: 'delay',
      message: 'delay is exponential without its parentheses: write exponential().',
    });
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

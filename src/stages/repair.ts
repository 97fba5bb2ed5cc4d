import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Stage } from './stage.ts';
import { requireAttempts, requireOptions, type StageOptions } from './stage-options.ts';

/** How often the failing fields are requested again, and how large they may be. */
export interface RepairOptions extends StageOptions {
  /** How many answers the stage may produce. */
  readonly attempts: number;
  /**
   * The largest share of the answer's JSON text that may be requested again, above 0 and up to 1. If more of it fails,
   * the stage is skipped.
   * @default 0.5
   */
  readonly maxShare?: number;
}

/**
 * Asks only for the failing fields, with their part of the schema, and puts them into the last answer; what did not
 * fail keeps its value. Use it for long documents with small faults.
 *
 * @throws InvalidArgumentError if `attempts` is below 1 or `maxShare` is invalid.
 * @example stages: [retry({ attempts: 1 }), repair({ attempts: 1 }), retry({ name: 'again', attempts: 1 })]
 */
export function repair(options: RepairOptions): Stage {
  requireOptions('repair', options, ['maxShare'], '{ attempts: 1 }');
  const { name = 'repair', attempts, maxShare = 0.5, handles = ['schema', 'content'] } = options;
  requireAttempts(name, attempts);
  if (!(typeof maxShare === 'number' && maxShare > 0 && maxShare <= 1)) {
    throw new InvalidArgumentError({
      argument: 'maxShare',
      message: `The stage "${name}" needs a maxShare above 0 and up to 1.`,
    });
  }
  return {
    name,
    attempts,
    handles,
    needsWholeAnswer: true,
    async propose(context) {
      const { repaired } = await import('./repaired.ts');
      return await repaired(context, maxShare);
    },
  };
}

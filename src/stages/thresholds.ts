import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Inbox } from '../escalation/inbox.ts';
import { human } from './human.ts';
import { lendTools } from './lend-tools.ts';
import type { ToolsInput } from './lent/tool-source.ts';
import { retry } from './retry.ts';
import type { Stage } from './stage.ts';

/** After how many attempts the next kind of help begins. */
export interface Thresholds {
  /** All attempts of a run, including those after a person's decision. */
  readonly maxAttempts: number;
  /** Attempts before tools are lent. @default maxAttemptsBeforeHuman */
  readonly maxAttemptsBeforeToolUse?: number;
  /** Attempts before a person is asked. @default maxAttempts */
  readonly maxAttemptsBeforeHuman?: number;
  /** The tools to lend. Without them, no tools are lent. */
  readonly tools?: ToolsInput;
  /** Where a person decides. Without it, nobody is asked. */
  readonly inbox?: Inbox;
}

/**
 * Builds a ladder from numbers of attempts.
 *
 * @throws InvalidArgumentError if the thresholds are not whole numbers in ascending order.
 * @example stagesFromThresholds({ maxAttempts: 5, maxAttemptsBeforeToolUse: 2, maxAttemptsBeforeHuman: 4, tools, inbox })
 * // attempts 1–2 are `retry`, 3–4 `tools`, then a person is asked, who may send the model back once more
 */
export function stagesFromThresholds(thresholds: Thresholds): Stage[] {
  refuseBadOptions('stagesFromThresholds', thresholds, {
    maxAttempts: true,
    maxAttemptsBeforeToolUse: true,
    maxAttemptsBeforeHuman: true,
    tools: true,
    inbox: true,
  });
  const { maxAttempts, maxAttemptsBeforeToolUse, maxAttemptsBeforeHuman, tools, inbox } = thresholds;
  refuseDisorder({ maxAttemptsBeforeToolUse, maxAttemptsBeforeHuman, maxAttempts });
  const beforeHuman = inbox === undefined ? maxAttempts : (maxAttemptsBeforeHuman ?? maxAttempts);
  const beforeTools = tools === undefined ? beforeHuman : (maxAttemptsBeforeToolUse ?? beforeHuman);
  const lent = beforeHuman - beforeTools;
  return [
    retry({ attempts: beforeTools }),
    ...(tools !== undefined && lent > 0 ? [lendTools({ attempts: lent, tools })] : []),
    ...(inbox === undefined ? [] : [human({ inbox, attempts: maxAttempts - beforeHuman })]),
  ];
}

function refuseDisorder(thresholds: Readonly<Record<string, number | undefined>>): void {
  let least = 1;
  for (const [argument, threshold] of Object.entries(thresholds)) {
    if (threshold === undefined && argument !== 'maxAttempts') continue;
    if (threshold === undefined || !Number.isInteger(threshold) || threshold < least) {
      throw new InvalidArgumentError({ argument, message: `${argument} must be a whole number of at least ${least}.` });
    }
    least = threshold;
  }
}

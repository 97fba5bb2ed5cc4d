import { InvalidArgumentError } from '@ai-sdk/provider';
import { type IssueKind, issueKinds } from '../trace/issue.ts';

/** What every stage factory takes. */
export interface StageOptions {
  /** Unique on a ladder. @default the factory's name; `tools` for `lendTools` */
  readonly name?: string;
  /**
   * The issue kinds the stage can do something about; it is passed over for others.
   * @default all but `missing-information`; `schema` and `content` for `repair`, all for `human`
   */
  readonly handles?: readonly IssueKind[];
}

/** A model cannot supply what the source does not say; all other kinds it can mend. */
export const modelHandles: readonly IssueKind[] = issueKinds.filter((kind) => kind !== 'missing-information');

/** @throws InvalidArgumentError unless `attempts` is a whole number of at least `minimum`. */
export function requireAttempts(stage: string, attempts: number, minimum = 1): void {
  if (Number.isInteger(attempts) && attempts >= minimum) return;
  throw new InvalidArgumentError({
    argument: 'attempts',
    message: `The stage "${stage}" needs attempts: a whole number of at least ${minimum}.`,
  });
}

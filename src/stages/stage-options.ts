import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { type IssueKind, issueKinds } from '../trace/issue.ts';

/** The options of every stage. */
export interface StageOptions {
  /**
   * The stage's name in events and reports; unique in a ladder.
   * @default the factory's name; `tools` for `lendTools`
   */
  readonly name?: string;
  /**
   * The kinds of issues that the stage handles. It is skipped if the answer has an issue of another kind.
   * @default all but `missing-information`; `schema` and `content` for `repair`, all for `human`
   */
  readonly handles?: readonly IssueKind[];
}

/** A model cannot supply what the source does not say; all other kinds it can mend. */
export const modelHandles: readonly IssueKind[] = issueKinds.filter((kind) => kind !== 'missing-information');

/**
 * @param known the options that are the factory's own
 * @throws InvalidArgumentError for no options, and for one there is none of.
 */
export function requireOptions(factory: string, options: unknown, known: readonly string[], example: string): void {
  if (typeof options !== 'object' || options === null) {
    throw new InvalidArgumentError({
      argument: factory,
      message: `${factory}() needs options: ${factory}(${example}).`,
    });
  }
  refuseUnknown(`${factory}()`, options, ['attempts', ...known, 'name', 'handles']);
}

/** @throws InvalidArgumentError unless `attempts` is a whole number of at least `minimum`. */
export function requireAttempts(stage: string, attempts: number, minimum = 1): void {
  if (Number.isInteger(attempts) && attempts >= minimum) return;
  throw new InvalidArgumentError({
    argument: 'attempts',
    message: `The stage "${stage}" needs attempts: a whole number of at least ${minimum}.`,
  });
}

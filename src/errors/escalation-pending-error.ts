import { AISDKError } from '@ai-sdk/provider';
import type { Escalation } from '../trace/escalation.ts';
import { findError } from './find.ts';
import { hide, isMarked, mark } from './mark.ts';

const name = 'StagedRetry_EscalationPendingError';

/**
 * A person was asked and has not decided. Sending the same request again resumes the run.
 *
 * @example
 * const pending = EscalationPendingError.find(error);
 * if (pending !== undefined) await tell(`A person is asked: ${pending.escalation.id}`);
 */
export class EscalationPendingError extends AISDKError {
  readonly escalation: Escalation;

  constructor({
    escalation,
    message = 'A person is asked and has not decided.',
  }: {
    escalation: Escalation;
    message?: string;
  }) {
    super({ name, message });
    mark(this, name);
    this.escalation = escalation;
    hide(this, 'escalation');
  }

  /** Whether the error is one of these, also if another copy of this package threw it. */
  static override isInstance(error: unknown): error is EscalationPendingError {
    return isMarked(error, name);
  }

  /** Finds this error inside another one, such as the SDK's `RetryError`. */
  static find(error: unknown): EscalationPendingError | undefined {
    return findError(error, EscalationPendingError.isInstance);
  }
}

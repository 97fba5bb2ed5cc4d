import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Escalation } from '../../trace/escalation.ts';
import type { EscalationFilter } from './facets.ts';
import type { ListOrder } from './lists.ts';
import type { EscalationSummary } from './summary.ts';

/** Which escalations to list, and in which order. */
export interface ListOptions extends EscalationFilter {
  /** The only scope to list. @default every scope */
  readonly scope?: string | undefined;
  /** The only state to list. @default 'pending' */
  readonly state?: Escalation['state'] | undefined;
  /**
   * By filing time (decision time, if `state` is `decided`), time left, or priority, oldest first if equal.
   * @default 'newest'
   */
  readonly order?: 'newest' | 'oldest' | 'expiring' | 'priority' | undefined;
  /**
   * Words that must all occur in title, fields, metadata, issues, answer, prompt, notes, scope or claim holder, or
   * begin the id; in any case.
   */
  readonly search?: string | undefined;
  /** The number of escalations per page. @default 50 */
  readonly limit?: number | undefined;
  /** The `cursor` of the previous page of the same order and filters. That of another request is refused. */
  readonly cursor?: string | undefined;
}

/** One page of a list. */
export interface EscalationPage<SHOWN extends EscalationSummary = Escalation> {
  readonly escalations: readonly SHOWN[];
  /** Where the next page begins; absent after the last one. */
  readonly cursor?: string;
  /** How many records a search read, at most 1,000 per page. A page without results may have a `cursor`. */
  readonly searched?: number;
}

/** @throws InvalidArgumentError for a state there is not. */
export function listState(state: Escalation['state'] = 'pending'): Escalation['state'] {
  if (['pending', 'decided', 'expired'].includes(state)) return state;
  throw new InvalidArgumentError({ argument: 'state', message: 'state must be pending, decided or expired.' });
}

/** The list that is read, and from which end. */
export function listOrder(order: ListOptions['order']): { by: ListOrder; direction: 'asc' | 'desc' } {
  switch (order) {
    case 'newest':
    case undefined:
      return { by: 'time', direction: 'desc' };
    case 'oldest':
      return { by: 'time', direction: 'asc' };
    case 'expiring':
      return { by: 'expiry', direction: 'asc' };
    case 'priority':
      return { by: 'priority', direction: 'asc' };
    default:
      throw new InvalidArgumentError({
        argument: 'order',
        message: 'order must be newest, oldest, expiring or priority.',
      });
  }
}

import { type EscalationRecord, stateOf } from '../record.ts';
import { memberOf } from './list-member.ts';
import type { Place } from './lists.ts';

/** Where a record is to be listed at `now`. A claim that is over by the clock is still listed until somebody looks. */
export function placeOf(record: EscalationRecord, now: number): Place {
  const state = stateOf(record.escalation, now);
  const claimedBy = state === 'pending' ? record.escalation.claimed?.by : undefined;
  return { state, member: memberOf(record, state), claimedBy };
}

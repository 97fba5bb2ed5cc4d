import type { Candidate } from '../../answers/candidate.ts';
import type { BudgetLimit } from '../../trace/budget-limit.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { Attempt, History } from '../../trace/history.ts';
import type { Observed } from '../../trace/observed.ts';

/** How a run ended with an answer. */
export interface Outcome {
  readonly type: 'accepted' | 'unchanged' | 'pending' | 'not-accepted' | 'failed';
  readonly candidate: Candidate;
  /** The delivered attempt; none while waiting for a person, or if `whenExhausted` gave the text. */
  readonly attempt: Attempt | undefined;
  /** The stage of an outcome without an attempt: the human one that waits, or where a run that is observed would begin. */
  readonly stage?: string;
  /** The escalation, while the run waits for a person. */
  readonly waitsFor?: Escalation;
  /** With `mode: 'observe'`: what the run would have done. */
  readonly observed?: Observed;
  /** The limit that ended the run, although its answer is delivered. */
  readonly limit?: BudgetLimit;
  readonly history: History;
}

/** The id of the escalation that the run waits for, as reports and events have it. */
export function waitingFor({ waitsFor }: Pick<Outcome, 'waitsFor'>): { readonly escalationId?: string } {
  return waitsFor === undefined ? {} : { escalationId: waitsFor.id };
}

import type { Candidate } from '../answers/candidate.ts';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Attempt, History } from '../trace/history.ts';

/** How a run ended with an answer. */
export interface Outcome {
  readonly type: 'accepted' | 'unchanged' | 'pending' | 'not-accepted' | 'failed';
  readonly candidate: Candidate;
  /** The attempt that is delivered; none while a person is waited for, and where `whenExhausted` gave the text. */
  readonly attempt: Attempt | undefined;
  /** The human stage that answers while a person is waited for. */
  readonly waitsAt?: string;
  /** What the person is asked, while one is waited for. */
  readonly waitsFor?: Escalation;
  /** With `mode: 'observe'`: what would have come next. */
  readonly observed?: Observed;
  /** The limit that ended a run whose answer is delivered all the same. */
  readonly limit?: BudgetLimit;
  readonly history: History;
}

/** With `mode: 'observe'`: what the run would have done with a rejected answer. */
export interface Observed {
  /** The stage that would have come next; absent if there is none. */
  readonly nextStage?: string;
}

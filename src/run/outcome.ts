import type { Candidate } from '../answers/candidate.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Attempt, History } from '../trace/history.ts';

/** How a run ended with an answer. */
export interface Outcome {
  readonly type: 'accepted' | 'unchanged' | 'pending' | 'not-accepted';
  readonly candidate: Candidate;
  /** The attempt that is delivered; none while a person is waited for, and where `whenExhausted` gave the text. */
  readonly attempt: Attempt | undefined;
  /** The human stage that answers while a person is waited for. */
  readonly waitsAt?: string;
  /** What the person is asked, while one is waited for. */
  readonly waitsFor?: Escalation;
  readonly history: History;
}

import type { Decision } from 'ai-staged-retry';

export type ByDecision<VALUE> = Readonly<Record<Decision['type'], VALUE>>;

export const decisionPast: ByDecision<string> = {
  approve: 'Approved',
  edit: 'Corrected',
  retry: 'Sent back',
  reject: 'Rejected',
  escalate: 'Passed on',
};

/** The colour of a decision; a rejection is no success. */
export const decisionColor: ByDecision<string> = {
  approve: 'text-success',
  edit: 'text-success',
  retry: 'text-info',
  reject: 'text-error',
  escalate: 'text-info',
};

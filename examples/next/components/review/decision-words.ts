import type { Decision } from 'ai-staged-retry';

type ByDecision<VALUE> = Readonly<Record<Decision['type'], VALUE>>;

export const decisionPast: ByDecision<string> = {
  approve: 'Approved',
  edit: 'Corrected',
  retry: 'Sent back',
  reject: 'Rejected',
  escalate: 'Passed on',
};

/** The looks of a decision; a rejection is no success. */
export const decisionTone: ByDecision<{ readonly text: string; readonly alert: string }> = {
  approve: { text: 'text-success', alert: 'alert-success' },
  edit: { text: 'text-success', alert: 'alert-success' },
  retry: { text: 'text-info', alert: 'alert-info' },
  reject: { text: 'text-error', alert: 'alert-error' },
  escalate: { text: 'text-info', alert: 'alert-info' },
};

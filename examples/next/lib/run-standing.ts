import type { AttemptView, RunRecord } from './run-record.ts';

/** What runs are told apart by. */
export const standings = ['accepted', 'waiting', 'failed', 'stopped'] as const;
export type Standing = (typeof standings)[number];

/** How a run stands; a sender who left does not end it while a person is asked. */
export function standingOf({ outcome, escalation }: Pick<RunRecord, 'outcome' | 'escalation'>): Standing | 'running' {
  switch (outcome) {
    case 'accepted':
    case 'unchanged':
      return 'accepted';
    case 'failed':
      return 'failed';
    case 'running':
      return escalation === undefined ? 'running' : 'waiting';
    default:
      return escalation === undefined ? 'stopped' : 'waiting';
  }
}

/** The same in words. */
export function standingText(run: Pick<RunRecord, 'outcome' | 'escalation'>): string {
  const { escalation } = run;
  switch (standingOf(run)) {
    case 'accepted':
      return 'Accepted';
    case 'failed':
      return escalation?.decision === 'reject' ? 'Rejected' : 'Failed';
    case 'running':
      return 'Running';
    case 'stopped':
      return 'Stopped';
    case 'waiting':
      if (escalation?.state === 'pending') return 'Waiting for review';
      return escalation?.state === 'expired' ? 'Expired' : 'Decided, not picked up yet';
  }
}

/** The attempts that a run made itself: those of an earlier run of the same mail are counted there. */
export function ownAttempts(attempts: readonly AttemptView[]): readonly AttemptView[] {
  return attempts.filter(({ earlierRun }) => earlierRun === undefined);
}

/** About how many tokens were not written because hopeless answers were cancelled, taking the accepted one's length. */
export function savedTokens(attempts: readonly AttemptView[]): number {
  const whole = attempts.findLast(({ isCutShort, tokens }) => !isCutShort && tokens !== undefined)?.tokens ?? 0;
  return ownAttempts(attempts)
    .filter(({ isCutShort }) => isCutShort)
    .reduce((saved, { tokens = 0 }) => saved + Math.max(0, whole - tokens), 0);
}

/** Answers that were read as they were meant instead of being asked for again. */
export function savedCalls(attempts: readonly AttemptView[]): number {
  return ownAttempts(attempts).filter(({ state, fixes = [] }) => state === 'passed' && fixes.length > 0).length;
}

export function costOf(attempts: readonly AttemptView[]): number {
  return ownAttempts(attempts).reduce((sum, { usd = 0 }) => sum + usd, 0);
}

export function tokensOf(attempts: readonly AttemptView[]): number {
  return ownAttempts(attempts).reduce((sum, { tokens = 0 }) => sum + tokens, 0);
}

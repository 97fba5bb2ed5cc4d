import type { Attempt, History } from '../trace/history.ts';

/** The attempt with the fewest issues; the latest among equals. Half an answer, which was cancelled early, is never it. */
export function bestAttempt(history: History): Attempt | undefined {
  let best: Attempt | undefined;
  for (const entry of history) {
    if (entry.type !== 'attempt' || entry.estimatedTokens !== undefined) continue;
    if (best === undefined || countIssues(entry) <= countIssues(best)) best = entry;
  }
  return best;
}

/** The attempt that a person approved: the named one, else the best. */
export function approvedAttempt(history: History, number: number | undefined): Attempt | undefined {
  const isNamed = (entry: History[number]) => entry.type === 'attempt' && entry.number === number;
  return bestAttempt(number === undefined ? history : history.filter(isNamed));
}

function countIssues({ verdict }: Attempt): number {
  return verdict.type === 'pass' ? 0 : verdict.issues.length;
}

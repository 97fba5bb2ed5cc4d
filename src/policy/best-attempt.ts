import type { Attempt, History } from '../trace/history.ts';

/** The attempt with the fewest issues; of equals the latest. */
export function bestAttempt(history: History): Attempt | undefined {
  let best: Attempt | undefined;
  for (const entry of history) {
    if (entry.type !== 'attempt') continue;
    if (best === undefined || countIssues(entry) <= countIssues(best)) best = entry;
  }
  return best;
}

function countIssues({ verdict }: Attempt): number {
  return verdict.type === 'pass' ? 0 : verdict.issues.length;
}

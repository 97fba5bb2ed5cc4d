import type { Attempt, History } from '../trace/history.ts';

/** The attempt with the fewest issues; the latest among equals. Aborted attempts rank behind all whole ones. */
export function bestAttempt(history: History): Attempt | undefined {
  let best: Attempt | undefined;
  for (const entry of history) {
    if (entry.type !== 'attempt') continue;
    if (best === undefined || !isBetter(best, entry)) best = entry;
  }
  return best;
}

function isBetter(one: Attempt, other: Attempt): boolean {
  const [isAborted, isOtherAborted] = [one.estimatedTokens !== undefined, other.estimatedTokens !== undefined];
  return isAborted === isOtherAborted ? countIssues(one) < countIssues(other) : isOtherAborted;
}

function countIssues({ verdict }: Attempt): number {
  return verdict.type === 'pass' ? 0 : verdict.issues.length;
}

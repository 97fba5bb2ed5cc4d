import { bestAttempt } from '../../policy/best-attempt.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { History } from '../../trace/history.ts';

/**
 * What a person is asked to approve, and what is wrong with it, as it is. If every answer was cancelled early, there is
 * nothing to approve, and only what was wrong with the last one.
 */
export function proposed(history: History): Pick<Escalation, 'proposal' | 'issues'> {
  const best = bestAttempt(history);
  const judged = best ?? history.findLast((entry) => entry.type === 'attempt');
  return { proposal: best?.text ?? '', issues: judged?.verdict.type === 'fail' ? judged.verdict.issues : [] };
}

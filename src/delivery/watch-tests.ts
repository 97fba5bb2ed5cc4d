import type { Check } from '../checks/check.ts';
import { issuesOfFound, refuseGarbageSoFar } from '../checks/found.ts';
import { heldBack, type IncrementalTest } from '../checks/incremental-test.ts';
import type { Run } from '../context/run.ts';
import type { Issue } from '../trace/issue.ts';

/** What the checks that judge a text while it streams say of it so far. */
export interface TestsSoFar {
  readonly issues: readonly Issue[];
  /** How many of the last characters must be held back. */
  readonly holdBack: number;
}

/**
 * Hands the text to the checks that judge it while it streams. All of them see each piece, as they see the whole answer.
 * One that crashes is left out where a crash passes, and is reported when the whole is judged; else its error is thrown.
 */
export function watchTests({ plan, settings }: Run): (delta: string) => TestsSoFar {
  let tests = plan.content
    .filter(judgesStreams)
    .map((check) => ({ check, test: undefined as IncrementalTest | undefined }));
  return (delta) => {
    const issues: Issue[] = [];
    let holdBack = 0;
    for (const judging of tests) {
      try {
        judging.test ??= judging.check.start();
        const found = judging.test.push(delta);
        refuseGarbageSoFar(found);
        for (const issue of issuesOfFound(found, judging.check)) issues.push(issue);
        holdBack = Math.max(holdBack, heldBack(judging.test));
      } catch (error) {
        if (settings.whenCheckCrashes !== 'pass') throw error;
        tests = tests.filter((other) => other !== judging);
      }
    }
    return { issues, holdBack };
  };
}

function judgesStreams(check: Check): check is Check & Required<Pick<Check, 'start'>> {
  return check.start !== undefined;
}

import { listRuns } from './run-log.ts';
import { costOf, savedCalls, savedTokens, standingOf } from './run-standing.ts';
import { stageKind } from './stages.ts';

/** The latest runs in numbers. */
export interface RunTotals {
  readonly runs: number;
  /** Those that came to an end. */
  readonly ended: number;
  readonly accepted: number;
  /** How many were accepted by each kind of stage. */
  readonly acceptedBy: Readonly<Record<string, number>>;
  readonly usd: number;
  readonly savedCalls: number;
  readonly savedTokens: number;
}

/** Enough for a picture; a page of runs is read in one go. */
const counted = 200;

export async function runTotals(): Promise<RunTotals> {
  const { runs } = await listRuns({ limit: counted });
  const acceptedBy: Record<string, number> = {};
  for (const run of runs) {
    if (standingOf(run) !== 'accepted') continue;
    const kind = run.escalation === undefined ? stageKind(run.attempts.at(-1)) : 'person';
    acceptedBy[kind] = (acceptedBy[kind] ?? 0) + 1;
  }
  const attempts = runs.map((run) => run.attempts);
  return {
    runs: runs.length,
    ended: runs.filter((run) => !['running', 'waiting'].includes(standingOf(run))).length,
    accepted: Object.values(acceptedBy).reduce((sum, count) => sum + count, 0),
    acceptedBy,
    usd: costOf(attempts.flat()),
    savedCalls: savedCalls(attempts.flat()),
    savedTokens: attempts.reduce((sum, ofRun) => sum + savedTokens(ofRun), 0),
  };
}

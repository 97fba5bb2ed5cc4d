import { inbox } from './inbox.ts';
import { escalationView, type RunRecord } from './run-record.ts';
import { type Standing, standingOf, standings } from './run-standing.ts';
import { store } from './store.ts';

const keptMs = 7 * 24 * 3_600_000;

export async function readRun(runId: string): Promise<RunRecord | undefined> {
  const text = await store.get(keyOf(runId));
  return text === undefined ? undefined : JSON.parse(text);
}

/** A run with what was decided since. */
export async function readRunAsItStands(runId: string): Promise<RunRecord | undefined> {
  const run = await readRun(runId);
  return run === undefined ? undefined : await withDecision(run);
}

export async function writeRun(record: RunRecord): Promise<void> {
  const { runId, startedAt } = record;
  await store.set(keyOf(runId), JSON.stringify(record), { ttlMs: keptMs });
  const time = Date.parse(startedAt);
  const own = standingOf(record);
  await Promise.all([
    indexOf('all').add(runId, time),
    ...standings.map((standing) => {
      return standing === own ? indexOf(standing).add(runId, time) : indexOf(standing).remove(runId);
    }),
  ]);
}

export interface RunPage {
  readonly runs: readonly RunRecord[];
  readonly cursor?: string;
}

interface RunPageOptions {
  readonly limit: number;
  readonly standing?: Standing | undefined;
  readonly cursor?: string | undefined;
}

/** A page of runs, newest first, without what the model wrote, and with what was decided since. */
export async function listRuns({ limit, standing, cursor }: RunPageOptions): Promise<RunPage> {
  const index = indexOf(standing ?? 'all');
  const page = await index.page({ limit, order: 'desc', ...(cursor === undefined ? {} : { cursor }) });
  const found = await Promise.all(page.members.map(async (runId) => ({ runId, run: await readRun(runId) })));
  await Promise.all(found.map(({ runId, run }) => (run === undefined ? index.remove(runId) : undefined)));
  const known = found.flatMap(({ run }) => (run === undefined ? [] : [withDecision(withoutText(run))]));
  return { runs: await Promise.all(known), ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
}

function withoutText(run: RunRecord): RunRecord {
  return { ...run, attempts: run.attempts.map(({ text: _, feedback: __, ...attempt }) => attempt) };
}

async function withDecision(run: RunRecord): Promise<RunRecord> {
  if (run.escalation?.state !== 'pending') return run;
  const escalation = await inbox.get(run.escalation.id);
  return escalation === undefined ? run : { ...run, escalation: escalationView(escalation) };
}

function indexOf(name: Standing | 'all') {
  return store.index(name === 'all' ? 'runs' : `runs:${name}`);
}

function keyOf(runId: string): string {
  return `run:${runId}`;
}

import { inbox } from './inbox.ts';
import { escalationView, type RunRecord } from './run-record.ts';
import { store } from './store.ts';

const keptMs = 7 * 24 * 3_600_000;
const runs = store.index('runs');

export async function readRun(runId: string): Promise<RunRecord | undefined> {
  const text = await store.get(keyOf(runId));
  return text === undefined ? undefined : JSON.parse(text);
}

export async function writeRun(record: RunRecord): Promise<void> {
  await store.set(keyOf(record.runId), JSON.stringify(record), { ttlMs: keptMs });
  await runs.add(record.runId, Date.parse(record.startedAt));
}

/** The latest runs, newest first, without what the model wrote, and with what was decided since. */
export async function latestRuns(limit: number): Promise<readonly RunRecord[]> {
  const { members } = await runs.page({ limit, order: 'desc' });
  const found = await Promise.all(members.map(async (runId) => ({ runId, run: await readRun(runId) })));
  await Promise.all(found.map(({ runId, run }) => (run === undefined ? runs.remove(runId) : undefined)));
  return await Promise.all(found.flatMap(({ run }) => (run === undefined ? [] : [withDecision(withoutText(run))])));
}

function withoutText(run: RunRecord): RunRecord {
  return { ...run, attempts: run.attempts.map(({ text: _, ...attempt }) => attempt) };
}

async function withDecision(run: RunRecord): Promise<RunRecord> {
  if (run.escalation?.state !== 'pending') return run;
  const escalation = await inbox.get(run.escalation.id);
  return escalation === undefined ? run : { ...run, escalation: escalationView(escalation) };
}

function keyOf(runId: string): string {
  return `run:${runId}`;
}

import type { RunRecord } from './run-record.ts';
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

/** The latest runs, newest first, without what the model wrote. */
export async function latestRuns(limit: number): Promise<readonly RunRecord[]> {
  const { members } = await runs.page({ limit, order: 'desc' });
  const found = await Promise.all(members.map(async (runId) => ({ runId, run: await readRun(runId) })));
  await Promise.all(found.map(({ runId, run }) => (run === undefined ? runs.remove(runId) : undefined)));
  return found.flatMap(({ run }) => (run === undefined ? [] : [withoutText(run)]));
}

function withoutText(run: RunRecord): RunRecord {
  return { ...run, attempts: run.attempts.map(({ text: _, ...attempt }) => attempt) };
}

function keyOf(runId: string): string {
  return `run:${runId}`;
}

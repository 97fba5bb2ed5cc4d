import { inbox } from './inbox.ts';
import { readRun } from './run-log.ts';
import { standingOf } from './run-standing.ts';
import { store } from './store.ts';

interface Mail {
  readonly runId: string;
  readonly mail: string;
  readonly judge: string;
}

/**
 * What a run's escalation is recognised by. The same mail sent twice, by a double click or by two people, shares one while
 * it is open; after a decision was fetched, the mail is a new request again.
 */
export async function resumeKeyOf({ runId, mail, judge }: Mail): Promise<string> {
  const own = await readRun(runId);
  if (own !== undefined) return own.resumeKey;
  const key = `open-mail:${await digestOf(`${judge}\n${mail}`)}`;
  const taken = await store.set(key, runId, { onlyIf: 'absent', ttlMs: inbox.ttlMs });
  const first = taken ? runId : await store.get(key);
  if (first === undefined || first === runId) return runId;
  if (await isOpen(first)) return first;
  await store.set(key, runId, { onlyIf: { equals: first }, ttlMs: inbox.ttlMs });
  return (await store.get(key)) ?? runId;
}

async function isOpen(runId: string): Promise<boolean> {
  const run = await readRun(runId);
  if (run === undefined) return true; // it has just begun
  if (run.escalation === undefined) return standingOf(run) === 'running';
  return (await inbox.get(run.escalation.id))?.state === 'pending';
}

async function digestOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

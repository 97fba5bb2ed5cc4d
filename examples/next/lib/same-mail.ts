import { inbox } from './inbox.ts';
import { readRun } from './run-log.ts';
import { standingOf } from './run-standing.ts';
import { store } from './store.ts';

interface Mail {
  readonly runId: string;
  readonly mail: string;
  readonly judge: string;
}

/** Of one mail: the run whose id they share as their key, and the one that came last. */
interface Senders {
  readonly resumeKey: string;
  readonly latest: string;
}

/**
 * What a run's escalation is recognised by. The same mail sent twice, by a double click or by two people, shares one while
 * it is open; after a decision was fetched, the mail is a new request again.
 */
export async function resumeKeyOf({ runId, mail, judge }: Mail): Promise<string> {
  const own = await readRun(runId);
  if (own !== undefined) return own.resumeKey;
  const key = `same-mail:${await digestOf(`${judge}\n${mail}`)}`;
  const alone = JSON.stringify({ resumeKey: runId, latest: runId } satisfies Senders);
  const { ttlMs } = inbox;
  if (await store.set(key, alone, { onlyIf: 'absent', ttlMs })) return runId;
  const known = await store.get(key);
  if (known === undefined) return runId;
  const { resumeKey, latest }: Senders = JSON.parse(known);
  // Whoever sent it first may have stopped while another one goes on.
  const isJoined = (await isOpen(resumeKey)) || (await isOpen(latest));
  const next = isJoined ? JSON.stringify({ resumeKey, latest: runId } satisfies Senders) : alone;
  if (await store.set(key, next, { onlyIf: { equals: known }, ttlMs })) return isJoined ? resumeKey : runId;
  const senders = await store.get(key);
  return senders === undefined ? runId : (JSON.parse(senders) as Senders).resumeKey;
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

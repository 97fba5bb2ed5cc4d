import { Redis } from '@upstash/redis';
import { createClient } from 'redis';
import { createInbox, type Inbox, memoryStore, type Store } from '../../../src/index.ts';
import { redisStore } from '../../../src/stores/redis.ts';
import { upstashStore } from '../../../src/stores/upstash.ts';
import { practiceRun } from './practice-run.ts';

/** An inbox, and what a terminal says about it. */
export interface OpenInbox {
  readonly inbox: Inbox;
  readonly place: string;
  /** Files the practice escalation, and gives the answer once it is decided. */
  practice(): Promise<string | undefined>;
  /** Whether the inbox is this process's own, with the practice escalation in it. */
  readonly isDemo: boolean;
  close(): void;
}

/** The inbox at `UPSTASH_REDIS_REST_URL` or `REDIS_URL`; without either, one of this process to practise with. */
export async function openInbox(): Promise<OpenInbox> {
  const { store, place, isDemo, close } = await openStore();
  const inbox = createInbox({ store });
  const practice = practiceRun(inbox);
  if (isDemo) await practice();
  return { inbox, place, practice, isDemo, close };
}

async function openStore(): Promise<{ store: Store; place: string; isDemo: boolean; close(): void }> {
  const { UPSTASH_REDIS_REST_URL: restUrl, UPSTASH_REDIS_REST_TOKEN: token, REDIS_URL: url } = process.env;
  if (restUrl !== undefined && token !== undefined) {
    const redis = new Redis({ url: restUrl, token, signal: () => AbortSignal.timeout(10_000) });
    return {
      store: upstashStore(redis),
      place: `The inbox of Upstash at ${new URL(restUrl).host}.`,
      isDemo: false,
      close: () => {},
    };
  }
  if (url !== undefined) {
    const client = createClient({ url });
    client.on('error', () => {});
    await client.connect();
    return {
      store: redisStore(client),
      place: `The inbox of Redis at ${new URL(url).host}.`,
      isDemo: false,
      close: () => client.destroy(),
    };
  }
  const place = 'A practice inbox. REDIS_URL or UPSTASH_REDIS_REST_URL opens a real one.';
  return { store: memoryStore(), place, isDemo: true, close: () => {} };
}

import { describe, expect, it } from 'vitest';
import { systemEffects } from '../../src/effects/effects.ts';
import { watching } from '../../src/escalation/actions/watching.ts';
import { escalationJournals } from '../../src/escalation/history/journals.ts';
import { createWakers, type Wakers } from '../../src/escalation/wakers.ts';
import { inboxHandler } from '../../src/http/index.ts';
import { createInbox, memoryStore } from '../../src/index.ts';
import { get } from '../http/requests.ts';
import { practiceInbox } from './practice-inbox.ts';

/** An inbox whose watchers are counted. */
function counted() {
  const store = memoryStore();
  const wakers = createWakers(systemEffects);
  const listening = new Set<object>();
  const counting: Wakers = {
    ...wakers,
    listen(key) {
      const listener = wakers.listen(key);
      listening.add(listener);
      return {
        ...listener,
        stop() {
          listening.delete(listener);
          listener.stop();
        },
      };
    },
  };
  const practice = practiceInbox({ store });
  const records = { read: async (id: string) => ({ record: JSON.parse((await store.get(`sr:esc:${id}`)) ?? '') }) };
  const watched = watching({
    journals: escalationJournals(store),
    records: records as never, // all that is read of them
    wakers: counting,
    effects: systemEffects,
  });
  async function file(): Promise<void> {
    await practice.file();
    wakers.wake('');
  }
  return { file, watched, listening, inbox: { ...createInbox({ store }), ...watched } };
}

describe('a reader who leaves is listened for no longer', () => {
  it.each(['who takes one of two changes', 'who takes none'])('one %s and never comes back', async (who) => {
    const { watched, listening, file } = counted();
    for (let readers = 0; readers < 5; readers += 1) {
      const changes = watched.changes({ pollMs: 5 })[Symbol.asyncIterator]();
      const first = changes.next();
      await settle();
      await file();
      await file();
      if (who === 'who takes one of two changes') await first;
      await settle();
    }

    expect(listening.size).toBe(0);
  });

  it('one whose stream is cancelled with a change unread', async () => {
    const { inbox, listening, file } = counted();
    const handle = inboxHandler({ inbox, authorize: () => true });
    for (let readers = 0; readers < 5; readers += 1) {
      const response = await handle(get('/changes'));
      await settle();
      for (let filed = 0; filed < 5; filed += 1) await file();
      await settle();
      await response.body?.cancel();
      await settle();
    }

    expect(listening.size).toBe(0);
  });

  it('one whose connection breaks before anything was read', async () => {
    const { inbox, listening, file } = counted();
    const handle = inboxHandler({ inbox, authorize: () => true });
    const connection = new AbortController();
    await handle(new Request('https://app.example/changes', { signal: connection.signal }));
    await settle();
    await file();
    await file();

    connection.abort();
    await settle();

    expect(listening.size).toBe(0);
  });

  it('one who stops waiting for a decision', async () => {
    const { watched, listening, inbox, file } = counted();
    await file();
    const [{ id = '' } = {}] = (await inbox.list()).escalations;
    const leaving = new AbortController();
    const waiting = watched.waitFor(id, { timeoutMs: 60_000, abortSignal: leaving.signal }).catch(() => 'left');
    await settle();

    leaving.abort();

    expect([await waiting, listening.size]).toEqual(['left', 0]);
  });

  it('one who breaks off the loop', async () => {
    const { watched, listening, file } = counted();
    const reading = (async () => {
      for await (const _ of watched.changes({ pollMs: 5 })) break;
    })();
    await settle();
    await file();
    await reading;

    expect(listening.size).toBe(0);
  });
});

/** Lets the readers look once. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}

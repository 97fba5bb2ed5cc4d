import { generateText } from 'ai';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  check,
  createEmitter,
  createInbox,
  human,
  type Inbox,
  type InboxOptions,
  memoryStore,
  retry,
  type Store,
  withStagedRetry,
} from '../../src/index.ts';
import { says } from '../fixtures.ts';

describe('a run that is stopped while it files its escalation', () => {
  it('tells of what was written before it ends', async () => {
    const stopping = new AbortController();
    const inbox = createInbox({ store: afterWriting(() => stopping.abort()) });

    const told = await run(inbox, stopping.signal);

    const { escalations } = await inbox.list();
    expect(escalations).toHaveLength(1);
    expect(told).toEqual([`escalation-request ${escalations[0]?.id}`, 'run-end aborted']);
    expect(await run(inbox)).toEqual(['run-end pending']);
    expect((await inbox.list()).escalations).toHaveLength(1);
  });

  it('does not wait for the listener, which tells the team all the same', async () => {
    const stopping = new AbortController();
    let announce = () => {};
    const onFiled: InboxOptions['onFiled'] = () => {
      stopping.abort();
      return new Promise((resolve) => {
        announce = resolve;
      });
    };
    const inbox = createInbox({ onFiled });

    expect(await run(inbox, stopping.signal)).toEqual([
      expect.stringMatching(/^escalation-request /),
      'run-end aborted',
    ]);
    announce();
    await expect
      .poll(async () => (await inbox.list()).escalations[0]?.audit.map(({ type }) => type))
      .toEqual(['filed', 'announced']);
  });

  it('asks nobody if nothing is written yet', async () => {
    const stopping = new AbortController();
    const store = memoryStore();
    let reads = 0;
    const get: Store['get'] = async (key) => {
      reads += 1;
      // The first read looks for an earlier call of the same request.
      if (reads === 2) stopping.abort();
      return await store.get(key);
    };
    const inbox = createInbox({ store: { ...store, get } });

    expect(await run(inbox, stopping.signal)).toEqual(['run-end aborted']);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await inbox.list()).escalations).toEqual([]);
  });

  it.each([
    ['looks for an earlier call', 1],
    ['looks whether it is filed already', 2],
  ])('ends at once though the store does not answer while the run %s', async (_, hangingRead) => {
    // No time passes: what waits for a timer never ends.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const stopping = new AbortController();
    const store = memoryStore();
    let reads = 0;
    const get: Store['get'] = (key) => {
      reads += 1;
      if (reads !== hangingRead) return store.get(key);
      queueMicrotask(() => stopping.abort(new Error('Enough.')));
      return new Promise(() => {});
    };
    const model = withStagedRetry(says('Wrong.'), ladder(createInbox({ store: { ...store, get } })));

    const answer = generateText({ model, prompt: 'Read it.', abortSignal: stopping.signal });

    await expect(answer).rejects.toThrow('Enough.');
    expect(reads).toBe(hangingRead);
  });

  it('ends at once though the store does not answer while an earlier round is kept', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const stopping = new AbortController();
    const inbox = createInbox({ onFiled: ({ id }) => void inbox.decide(id, { type: 'retry', advice: 'Again.' }) });
    const keep: Inbox['keep'] = () => {
      queueMicrotask(() => stopping.abort(new Error('Enough.')));
      return new Promise(() => {});
    };
    const model = withStagedRetry(says('Wrong.', 'Wrong again.'), ladder({ ...inbox, keep }));
    const send = () => generateText({ model, prompt: 'Read it.', abortSignal: stopping.signal });
    await send().catch(() => {});

    await expect(send()).rejects.toThrow('Enough.');
  });

  it('ends with the reason of the signal, also where nobody waits for the person', async () => {
    const stopping = new AbortController();
    const inbox = createInbox({ store: afterWriting(() => stopping.abort(new Error('Enough.'))) });
    const model = withStagedRetry(says('Wrong.'), ladder(inbox));

    await expect(generateText({ model, prompt: 'Read it.', abortSignal: stopping.signal })).rejects.toThrow('Enough.');
  });
});

/** The events of a run that say whether a person is asked, and how it ended. */
async function run(inbox: Inbox, abortSignal?: AbortSignal): Promise<readonly string[]> {
  const told: string[] = [];
  const events = createEmitter();
  events.on('escalation-request', ({ escalation }) => told.push(`escalation-request ${escalation.id}`));
  events.on('run-end', ({ outcome }) => told.push(`run-end ${outcome}`));
  const model = withStagedRetry(says('Wrong.'), { ...ladder(inbox), events });
  const options = abortSignal === undefined ? {} : { abortSignal };
  await generateText({ model, prompt: 'Read it.', ...options }).catch(() => {});
  await expect.poll(() => told.at(-1)).toMatch(/^run-end/);
  return told;
}

function ladder(inbox: Inbox) {
  return {
    checks: [check('never', () => 'No.')],
    stages: [retry({ attempts: 1 }), human({ inbox })],
    scope: 'public',
  };
}

/** A store that calls back when a record has been written. */
function afterWriting(written: () => void): Store {
  const store = memoryStore();
  return {
    ...store,
    async set(key, value, options) {
      const isSet = await store.set(key, value, options);
      written();
      return isSet;
    },
  };
}

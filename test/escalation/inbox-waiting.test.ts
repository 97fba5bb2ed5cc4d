import { describe, expect, it } from 'vitest';
import { systemEffects } from '../../src/effects/effects.ts';
import { createInbox, type EscalationChange, type Inbox, type Store } from '../../src/index.ts';
import { practiceInbox, turnableClock } from './practice-inbox.ts';

describe('waiting for a decision', () => {
  it('hears at once of one that is made through the same inbox', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    const waiting = inbox.waitFor(id, { timeoutMs: 60_000, pollMs: 60_000 });
    await soon();

    await inbox.decide(id, { type: 'approve' });

    expect((await waiting)?.decision?.type).toBe('approve');
  });

  it('does not miss one that is made while it looks', async () => {
    const { inbox, file, store } = practiceInbox();
    const { id } = await file();
    const slow = createInbox({
      store: {
        ...store,
        async get(key) {
          const value = await store.get(key);
          await soon();
          return value;
        },
      },
    });
    const waiting = slow.waitFor(id, { timeoutMs: 60_000, pollMs: 60_000 });

    await slow.decide(id, { type: 'approve' });

    expect((await waiting)?.decision?.type).toBe('approve');
    expect((await inbox.get(id))?.state).toBe('decided');
  });

  it('finds one that is made in another process', async () => {
    const { inbox, file, store } = practiceInbox();
    const { id } = await file();
    const waiting = inbox.waitFor(id, { timeoutMs: 5000, pollMs: 10 });

    await createInbox({ store }).decide(id, { type: 'reject' });

    expect((await waiting)?.decision?.type).toBe('reject');
  });

  it('ends when the time is up, even if the store answers nothing', async () => {
    const { file, store } = practiceInbox();
    const { id } = await file();
    const hanging = createInbox({ store: { ...store, get: () => new Promise(() => {}) } });

    expect(await hanging.waitFor(id, { timeoutMs: 50 })).toBeUndefined();
  });

  it('goes on when the store fails for a moment', async () => {
    const { inbox, file, store } = practiceInbox();
    const { id } = await file();
    let failures = 2;
    const failing = createInbox({
      store: {
        ...store,
        get: (key) => {
          failures -= 1;
          return failures < 0 ? store.get(key) : Promise.reject(new Error('ECONNRESET'));
        },
      },
    });
    const waiting = failing.waitFor(id, { timeoutMs: 5000, pollMs: 5 });

    await inbox.decide(id, { type: 'approve' });

    expect((await waiting)?.state).toBe('decided');
  });

  it('rejects with the reason of the signal', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    const controller = new AbortController();
    const waiting = inbox.waitFor(id, { timeoutMs: 60_000, abortSignal: controller.signal });

    controller.abort(new Error('the user left'));

    await expect(waiting).rejects.toThrow('the user left');
  });

  it('ends when the escalation expires, or is not there', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({ ttlMs: 1000 }, clock);
    const { id } = await file();
    clock.turn(1001);

    expect(await inbox.waitFor(id, { timeoutMs: 60_000 })).toBeUndefined();
    expect(await inbox.waitFor('nothing', { timeoutMs: 60_000 })).toBeUndefined();
  });
});

describe('watching changes', () => {
  it('tells of each, made in this process or another, from now on', async () => {
    const { inbox, file, store } = practiceInbox();
    await file('before');
    const seen = watch(inbox, 3);
    await soon();

    const { id } = await file('after');
    await soon();
    await createInbox({ store }).claim(id, { by: 'ann' });
    await soon(60);
    await createInbox({ store }).decide(id, { type: 'approve' });

    const states = (await seen).map(({ escalation: { proposal, state, claimed } }) => [proposal, claimed?.by ?? state]);
    expect(states).toEqual([
      ['after', 'pending'],
      ['after', 'ann'],
      ['after', 'decided'],
    ]);
  });

  it('tells nothing twice, and nothing old when others leave the list', async () => {
    const { inbox, file, store } = practiceInbox();
    const old = await file('old');
    const gone = await file('gone');
    const seen = watch(inbox, 2);
    await soon();

    await removeFrom(store, gone.id);
    await soon(60);
    await inbox.claim(old.id, { by: 'ann' });
    await soon(60);
    await inbox.decide(old.id, { type: 'approve' });

    expect((await seen).map(({ escalation: { state } }) => state)).toEqual(['pending', 'decided']);
  });

  it('goes on behind a cursor', async () => {
    const { inbox, file } = practiceInbox();
    const first = watch(inbox, 1);
    await soon();
    await file('first');
    const [{ cursor } = { cursor: '' }] = await first;
    await file('second');
    await file('third');

    const rest = await watch(inbox, 2, cursor);

    expect(rest.map(({ escalation }) => escalation.proposal).sort()).toEqual(['second', 'third']);
  });

  it('ends with the signal', async () => {
    const { inbox } = practiceInbox();
    const controller = new AbortController();
    const watching = inbox.changes({ abortSignal: controller.signal })[Symbol.asyncIterator]().next();

    controller.abort();

    expect(await watching).toEqual({ done: true, value: undefined });
  });
});

async function watch(inbox: Inbox, count: number, after?: string): Promise<EscalationChange[]> {
  const seen: EscalationChange[] = [];
  for await (const change of inbox.changes({ pollMs: 10, after })) {
    seen.push(change);
    if (seen.length === count) break;
  }
  return seen;
}

async function removeFrom(store: Store, id: string) {
  for (const name of ['sr:esc:changes', 'sr:esc:changes:acme']) {
    const { members } = await store.index(name).page({ limit: 100 });
    for (const member of members) if (member.includes(id)) await store.index(name).remove(member);
  }
}

function soon(ms = 20): Promise<void> {
  return new Promise((resolve) => void systemEffects.after(ms, resolve));
}

describe('watching changes from what is no cursor', () => {
  it.each(['5', 'x', '{}', '[]'])('%s tells of the latest', async (after) => {
    const { inbox, file } = practiceInbox();
    const { id } = await file('before');

    const { value } = await inbox.changes({ after })[Symbol.asyncIterator]().next();

    expect(value).toMatchObject({ escalation: { id } });
  });
});

it('of more than a hundred changes at once all are told but one that is gone', async () => {
  const clock = turnableClock();
  const { inbox, file, store } = practiceInbox({}, clock);
  const answers = ['first', 'early', ...Array.from({ length: 99 }, (_, index) => `answer ${index}`)];
  const first = watch(inbox, 1);
  await soon();
  for (const answer of [...answers.slice(0, 50), 'gone', ...answers.slice(50)]) {
    clock.turn(1);
    const { id } = await file(answer);
    if (answer === 'first') await first;
    if (answer === 'gone') await store.delete(`sr:esc:${id}`);
  }

  const [change] = await first;
  const told = await watch(inbox, 100, change?.cursor);

  expect(told.map(({ escalation: { proposal } }) => proposal)).toEqual(answers.slice(1));
});

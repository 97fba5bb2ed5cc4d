import { generateText } from 'ai';
import { describe, expect, it } from 'vitest';
import { systemEffects } from '../../src/effects/effects.ts';
import type { InboxOptions } from '../../src/escalation/inbox.ts';
import {
  check,
  createEmitter,
  createInbox,
  EscalationPendingError,
  human,
  type Inbox,
  memoryStore,
  retry,
  type Store,
  withStagedRetry,
} from '../../src/index.ts';
import { says } from '../fixtures.ts';
import { practiceInbox, turnableClock } from './practice-inbox.ts';

const file = { key: 'the same request' };

describe('an escalation is announced', () => {
  it('once, after it was written, however often the request is sent', async () => {
    const told: (string | undefined)[] = [];
    const practice = practiceInbox({
      onFiled: async ({ id }) => void told.push((await practice.inbox.get(id))?.state),
    });

    for (let count = 0; count < 3; count += 1) await practice.file('answer', file);

    expect(told).toEqual(['pending']);
  });

  it('again when the listener failed', async () => {
    let count = 0;
    const { inbox, file: send } = practiceInbox({
      onFiled: () => {
        count += 1;
        if (count < 3) throw new Error('the chat is down');
      },
    });

    for (let sent = 0; sent < 5; sent += 1) await send('answer', file);

    expect(count).toBe(3);
    const { escalations } = await inbox.list();
    expect(escalations.map(({ audit }) => audit.map(({ type }) => type))).toEqual([['filed', 'announced']]);
  });

  it('again, a little later, when the process that wrote it died before it told anybody', async () => {
    const clock = turnableClock();
    const store = memoryStore();
    const dying = practiceInbox({ store, onFiled: () => new Promise(() => {}) }, { ...clock, after: () => () => {} });
    void dying.file('answer', file);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const told: string[] = [];
    const next = practiceInbox({ store, onFiled: ({ id }) => void told.push(id) }, clock);

    await next.file('answer', file);
    expect(told).toEqual([]);
    clock.turn(10_001);
    const { id } = await next.file('answer', file);

    expect(told).toEqual([id]);
  });

  it('by one of many processes that send the request at once', async () => {
    const store = memoryStore();
    let count = 0;
    const practices = Array.from({ length: 20 }, () =>
      practiceInbox({
        store,
        onFiled: async () => {
          count += 1;
          await new Promise((resolve) => setTimeout(resolve, 10));
        },
      }),
    );

    const filed = await Promise.all(practices.map((practice) => practice.file('answer', file)));

    expect(count).toBe(1);
    expect(new Set(filed.map(({ id }) => id)).size).toBe(1);
  });

  it('no more when it is decided', async () => {
    let count = 0;
    const { inbox, file: send } = practiceInbox({
      onFiled: () => {
        count += 1;
        throw new Error('the chat is down');
      },
    });
    const { id } = await send('answer', file);
    await inbox.decide(id, { type: 'approve' });

    await send('answer', file);

    expect([count, await inbox.announce(id)]).toEqual([1, undefined]);
  });

  it('even if the listener decides it at once', async () => {
    const practice = practiceInbox({
      onFiled: async ({ id }) => void (await practice.inbox.decide(id, { type: 'approve' }, { by: 'a rule' })),
    });

    const escalation = await practice.file();

    expect(escalation).toMatchObject({ state: 'decided', decision: { by: 'a rule' } });
  });
});

describe('a run that finds an escalation nobody was told of', () => {
  function model(options: InboxOptions) {
    const inbox = createInbox(options);
    const events = createEmitter();
    const requests: string[] = [];
    events.on('escalation-request', ({ escalation }) => void requests.push(escalation.id));
    const scripted = says('bad');
    const wrapped = withStagedRetry(scripted, {
      checks: [check('good', ({ text }) => text === 'good' || 'Say good.')],
      stages: [retry({ attempts: 1 }), human({ inbox })],
      scope: 'acme',
      events,
    });
    const send = () => generateText({ model: wrapped, prompt: 'Say good.', maxRetries: 0 });
    return { inbox, requests, send, scripted };
  }

  it('announces it, and emits the event, without asking the model', async () => {
    let isDown = true;
    const told: string[] = [];
    const { send, requests, scripted } = model({
      store: memoryStore(),
      onFiled: ({ id }) => {
        if (isDown) throw new Error('the chat is down');
        told.push(id);
      },
    });
    await expect(send()).rejects.toSatisfy(EscalationPendingError.isInstance);
    isDown = false;

    await expect(send()).rejects.toSatisfy(EscalationPendingError.isInstance);
    await expect(send()).rejects.toSatisfy(EscalationPendingError.isInstance);

    expect(told).toHaveLength(1);
    expect(requests).toEqual([told[0], told[0]]);
    expect(scripted.calls).toHaveLength(1);
  });
});

it('a run that finds an escalation nobody was told of while it files its own emits what it emits when it resumes it', async () => {
  const store = memoryStore();
  const failing = createInbox({ store, onFiled: () => Promise.reject(new Error('the chat is down')) });
  const told: string[] = [];
  const inbox = createInbox({ store, onFiled: ({ id }) => void told.push(`told ${id}`) });
  const events = createEmitter();
  for (const name of ['escalation-request', 'escalation-pending'] as const) {
    events.on(name, ({ escalation }) => void told.push(`${name} ${escalation.id}`));
  }
  const ladder = (inbox: Inbox) => ({ stages: [retry({ attempts: 1 }), human({ inbox })], scope: 'acme' });
  const never = check('never', () => 'No.');
  const other = withStagedRetry(says('bad'), { checks: [never], ...ladder(failing) });
  const send = (model: Parameters<typeof generateText>[0]['model']) =>
    generateText({ model, prompt: 'Say good.', maxRetries: 0 }).catch(() => {});
  // The other run files after this one has looked, and before it files.
  const meanwhile = check('meanwhile', async () => {
    await send(other);
    return 'No.';
  });

  await send(withStagedRetry(says('bad'), { checks: [meanwhile], ...ladder(inbox), events }));

  const [filed] = (await inbox.list()).escalations;
  expect(told).toEqual([`told ${filed?.id}`, `escalation-request ${filed?.id}`]);
});

describe('an escalation that is being announced', () => {
  it('is told once in its record when two who told of it are done', async () => {
    const clock = turnableClock();
    const store = memoryStore();
    let finish = () => {};
    const slow = practiceInbox({ store, onFiled: () => new Promise<void>((resolve) => (finish = resolve)) }, clock);
    const filing = slow.file('answer', file);
    await new Promise((resolve) => setTimeout(resolve, 20));
    clock.turn(10_001);
    const { id } = await practiceInbox({ store, onFiled: () => {} }, clock).file('answer', file);

    finish();
    await filing;

    expect((await slow.inbox.get(id))?.audit.map(({ type }) => type)).toEqual(['filed', 'announced']);
  });

  it('is announced though the store goes down meanwhile', async () => {
    const clock = turnableClock();
    const store = memoryStore();
    let told = 0;
    let isDown = false;
    const failing: Store = {
      ...store,
      set: (...write) => (isDown ? Promise.reject(new Error('down')) : store.set(...write)),
    };
    const onFiled = () => {
      told += 1;
      isDown = told === 2;
      if (told === 1) throw new Error('the chat is down');
    };
    const { inbox, file: send } = practiceInbox({ store: failing, onFiled }, clock);
    const { id } = await send('answer', file);

    expect(await inbox.announce(id)).toMatchObject({ id, state: 'pending' });
  });

  it('is unknown where there is none, whether somebody listens or not', async () => {
    for (const options of [{}, { onFiled: () => {} }]) {
      await expect(practiceInbox(options).inbox.announce('none')).rejects.toThrow('There is no escalation none.');
    }
  });

  it('is never filed for longer than a date can say', () => {
    for (const ttlMs of [0, Number.NaN, Number.POSITIVE_INFINITY, 1e16]) {
      expect(() => practiceInbox({ ttlMs })).toThrow('ttlMs must be above 0, and at most a century.');
    }
  });

  it('is not announced where nobody listens', async () => {
    const { inbox, file: send } = practiceInbox();
    expect(await inbox.announce((await send()).id)).toBeUndefined();
  });
});

describe('a decision is told', () => {
  it('to onDecided, once, to whoever decided first', async () => {
    const told: unknown[] = [];
    const { inbox, file: send } = practiceInbox({ onDecided: ({ decision }) => void told.push(decision) });
    const { id } = await send();

    await inbox.decide(id, { type: 'approve' }, { by: 'ann' });
    await inbox.decide(id, { type: 'reject' }, { by: 'bob' });

    expect(told).toEqual([{ type: 'approve', by: 'ann', at: expect.any(String) }]);
  });

  it.each<[string, () => PromiseLike<void> | void]>([
    [
      'throws',
      () => {
        throw new Error('the chat is down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the chat is down'))],
    ['never answers', () => new Promise(() => {})],
  ])('and stands when the listener %s', async (_, onDecided) => {
    const effects = { ...turnableClock(), after: (_: number, run: () => void) => systemEffects.after(1, run) };
    const { inbox, file: send } = practiceInbox({ onDecided }, effects);
    const { id } = await send();

    expect(await inbox.decide(id, { type: 'approve' })).toMatchObject({ won: true, escalation: { state: 'decided' } });
  });

  it('as an error of its own where a store rejects with what is none', async () => {
    const store = memoryStore();
    const { inbox, file: send } = practiceInbox({
      store: { ...store, get: (key) => (key.endsWith('x') ? Promise.reject('broken') : store.get(key)) },
    });
    const { id } = await send();

    const [first, second] = await inbox.decide([id, 'x'], { type: 'approve' });

    expect(first).toMatchObject({ id, won: true });
    expect(second).toMatchObject({ id: 'x', won: false, error: new Error('broken') });
  });
});

it('what came of a decision is not written where nothing is kept of it', async () => {
  const { inbox, store } = practiceInbox();
  await inbox.conclude('forgotten', { type: 'accepted', text: 'x' });
  expect(await store.get('sr:esc:forgotten')).toBeUndefined();
});

import { generateText } from 'ai';
import { describe, expect, it } from 'vitest';
import type { InboxOptions } from '../../src/escalation/inbox.ts';
import {
  check,
  createEmitter,
  createInbox,
  EscalationPendingError,
  human,
  memoryStore,
  retry,
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

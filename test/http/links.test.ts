import { InvalidArgumentError } from '@ai-sdk/provider';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { escalationLink, inboxHandler } from '../../src/http/index.ts';
import { createInbox, type Decision, type Escalation, type Inbox, type Store } from '../../src/index.ts';
import { practiceInbox } from '../escalation/practice-inbox.ts';
import { get, mount, postForm, postJson } from './requests.ts';

const secret = 'the secret of the handler, 32 bytes';
const newSecret = 'the new secret of the handler';
const oldSecret = 'the old secret of the handler';
const approve = { type: 'approve' };

async function filed(answer?: string, more?: { passesOnTo: null }) {
  const practice = practiceInbox();
  const escalation = await practice.file(answer, more);
  const handle = inboxHandler({ inbox: practice.inbox, secret });
  const link = await escalationLink({ url: mount, secret, escalation });
  return { ...practice, escalation, handle, link };
}

afterEach(() => void vi.useRealTimers());

describe('a signed link', () => {
  it('shows and decides nothing when it is opened', async () => {
    const { handle, link, inbox, escalation } = await filed();

    const response = await handle(get(link));

    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Approve the answer as it is');
    expect(await inbox.get(escalation.id)).toEqual(escalation);
  });

  it('answers HEAD without a page', async () => {
    const { handle, link } = await filed();

    const response = await handle(new Request(link, { method: 'HEAD' }));

    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('decides when its form is sent, and leads back to the page', async () => {
    const { handle, link, inbox, escalation } = await filed();

    const response = await handle(postForm(link, approve, { 'sec-fetch-site': 'same-origin' }));

    const location = new URL(response.headers.get('location') ?? '', link).href;
    expect([response.status, location]).toEqual([303, link]);
    expect(await inbox.get(escalation.id)).toMatchObject({
      state: 'decided',
      decision: { type: 'approve', by: 'a signed link' },
    });
    expect(await (await handle(get(link))).text()).toContain('The answer was approved by a signed link');
  });

  it.each<[Record<string, string>, Decision]>([
    [
      { type: 'edit', text: '{"total":\r\n13}' },
      { type: 'edit', text: '{"total":\n13}' },
    ],
    [
      { type: 'retry', advice: 'Add the lines.' },
      { type: 'retry', advice: 'Add the lines.' },
    ],
    [{ type: 'reject', reason: '' }, { type: 'reject' }],
    [
      { type: 'reject', reason: 'Not ours.' },
      { type: 'reject', reason: 'Not ours.' },
    ],
  ])('understands the form %j', async (fields, decision) => {
    const { handle, link, inbox, escalation } = await filed();

    await handle(postForm(link, fields));

    expect((await inbox.get(escalation.id))?.decision).toEqual({
      ...decision,
      by: 'a signed link',
      at: expect.any(String),
    });
  });

  it('used twice, shows what was decided the first time', async () => {
    const { handle, link, inbox, escalation } = await filed();
    await handle(postForm(link, { type: 'reject', reason: 'Not ours.' }));

    const response = await handle(postForm(link, approve));

    expect(response.status).toBe(409);
    const page = await response.text();
    expect(page).toContain('This was decided already');
    expect(page).toContain('Not ours.');
    expect((await inbox.get(escalation.id))?.decision?.type).toBe('reject');
  });

  it('used twice with JSON, tells who was first', async () => {
    const { handle, link } = await filed();
    const [first, second] = [await handle(postJson(link, approve)), await handle(postJson(link, { type: 'reject' }))];

    expect([first.status, second.status]).toEqual([200, 409]);
    expect(await first.json()).toMatchObject({ won: true, escalation: { state: 'decided' } });
    expect(await second.json()).toMatchObject({ won: false, escalation: { decision: { type: 'approve' } } });
  });

  it('used by fifty people at once, decides once', async () => {
    const { handle, link, inbox, escalation } = await filed();

    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, index) => handle(postJson(link, { type: 'edit', text: `${index}` }))),
    );

    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 409)).toHaveLength(49);
    expect((await inbox.get(escalation.id))?.audit.filter(({ type }) => type === 'decided')).toHaveLength(1);
  });

  it('is over when its time is, and no later than the escalation', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const practice = practiceInbox({ ttlMs: 60_000 });
    const escalation = await practice.file();
    const handle = inboxHandler({ inbox: practice.inbox, secret });
    const link = await escalationLink({ url: mount, secret, escalation, ttlMs: 3_600_000 });
    vi.advanceTimersByTime(59_000);
    expect((await handle(get(link))).status).toBe(200);

    vi.advanceTimersByTime(2000);

    expect((await handle(get(link))).status).toBe(410);
    expect((await handle(postForm(link, approve))).status).toBe(410);
  });

  it('is over when another answer is proposed since', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const practice = practiceInbox({ ttlMs: 60_000 });
    const handle = inboxHandler({ inbox: practice.inbox, secret });
    await practice.file('{"total":12}', { key: 'same' });
    vi.advanceTimersByTime(61_000);
    const again = await practice.file('{"total":666}', { key: 'same' });
    const forOldAnswer = await escalationLink({
      url: mount,
      secret,
      escalation: { ...again, proposal: '{"total":12}' },
    });

    const response = await handle(postForm(forOldAnswer, approve));

    expect(response.status).toBe(410);
    expect((await practice.inbox.get(again.id))?.state).toBe('pending');
  });

  it('opens nothing in another inbox, where the same id is another scope', async () => {
    const { handle, escalation, inbox } = await filed();
    const foreign = await escalationLink({ url: mount, secret, escalation: { ...escalation, scope: 'globex' } });

    expect((await handle(postForm(foreign, approve))).status).toBe(410);
    expect((await inbox.get(escalation.id))?.state).toBe('pending');
  });

  it('names whom it was sent to', async () => {
    const { handle, escalation, inbox } = await filed();
    const link = await escalationLink({ url: mount, secret, escalation, by: 'ann@acme.example' });

    await handle(postForm(link, approve));

    expect((await inbox.get(escalation.id))?.decision?.by).toBe('ann@acme.example');
  });

  it('offers only the decisions it allows', async () => {
    const { handle, escalation } = await filed();
    const link = await escalationLink({ url: mount, secret, escalation, decisions: ['approve', 'escalate'] });

    const page = await (await handle(get(link))).text();

    expect([...page.matchAll(/name="type" value="(\w+)"/g)].map((match) => match[1])).toEqual(['approve', 'escalate']);
  });

  it('offers nobody to pass it on to where there is nobody, and refuses it', async () => {
    const { handle, escalation } = await filed('wrong', { passesOnTo: null });
    const link = await escalationLink({ url: mount, secret, escalation, decisions: ['approve', 'escalate'] });

    const page = await (await handle(get(link))).text();
    const answer = await handle(postJson(link, { type: 'escalate' }));

    expect([...page.matchAll(/name="type" value="(\w+)"/g)].map((match) => match[1])).toEqual(['approve']);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('the last person on the ladder') });
  });

  it('keeps the text of a prompt and an answer out of its address', async () => {
    const { link } = await filed('a very private answer');

    const payload = atob((link.split('/').at(-1) ?? '').split('.')[0]?.replaceAll('-', '+').replaceAll('_', '/') ?? '');

    expect(payload).not.toContain('private');
  });

  it('works under any path, and behind a slash', async () => {
    const { inbox, escalation } = await filed();
    const handle = inboxHandler({ inbox, secret });

    for (const url of ['https://app.example', 'https://app.example/deep/er/', 'http://localhost:3000/a?b=c']) {
      expect((await handle(get(await escalationLink({ url, secret, escalation })))).status).toBe(200);
    }
  });
});

describe('a secret that is changed', () => {
  it('lets links of either secret in while both are known', async () => {
    const { inbox, escalation } = await filed();
    const handle = inboxHandler({ inbox, secret: { current: newSecret, next: oldSecret } });

    const statuses = await Promise.all(
      [newSecret, oldSecret, { current: oldSecret, next: newSecret }, `${oldSecret}er`].map(async (signing) => {
        const link = await escalationLink({ url: mount, secret: signing, escalation });
        return (await handle(get(link))).status;
      }),
    );

    expect(statuses).toEqual([200, 200, 200, 403]);
  });

  it('signs with the current one', async () => {
    const { inbox, escalation } = await filed();
    const link = await escalationLink({ url: mount, secret: { current: newSecret, next: oldSecret }, escalation });

    expect((await inboxHandler({ inbox, secret: newSecret })(get(link))).status).toBe(200);
    expect((await inboxHandler({ inbox, secret: oldSecret })(get(link))).status).toBe(403);
  });
});

describe('making a link', () => {
  const escalation = { id: 'x', scope: 's', proposal: '', expiresAt: '2999-01-01T00:00:00.000Z' } as Escalation;

  it.each([
    ['url', { url: '/api/inbox' }],
    ['secret', { secret: '' }],
    ['secret', { secret: { current: '' } }],
    ['ttlMs', { ttlMs: 0 }],
    ['by', { by: ' ' }],
    ['decisions', { decisions: [] }],
    ['decisions', { decisions: ['explode' as 'approve'] }],
  ])('refuses a bad %s', async (argument, bad) => {
    const making = escalationLink({ url: mount, secret, escalation, ...bad });

    await expect(making).rejects.toSatisfy(
      (error) => InvalidArgumentError.isInstance(error) && error.message.includes(argument),
    );
  });
});

it('a handler that nobody could use is refused when it is made', () => {
  const { inbox } = practiceInbox();

  expect(() => inboxHandler({ inbox })).toThrow(InvalidArgumentError);
  expect(() => inboxHandler({ inbox, secret: '' })).toThrow(InvalidArgumentError);
  expect(() => inboxHandler({ inbox: {} as Inbox, secret })).toThrow(/createInbox/);
  expect(() => inboxHandler({ inbox, authorize: 'everybody' as never })).toThrow(/authorize is a function/);
});

it('a handler without a secret knows no links', async () => {
  const { inbox, link } = await filed();

  expect((await inboxHandler({ inbox, authorize: () => true })(get(link))).status).toBe(403);
});

describe('a link whose time runs out while the store is asked', () => {
  const requests: readonly (readonly [string, (link: string) => Request])[] = [
    ['shown', (link) => get(link)],
    ['used with a form', (link) => postForm(link, approve)],
    ['used with JSON', (link) => postJson(link, approve)],
  ];

  it.each(requests.flatMap(([title, request]) => [1, 2].map((read) => [title, read, request] as const)))(
    '%s, at read %i',
    async (_, slowRead, request) => {
      vi.useFakeTimers({ toFake: ['Date'] });
      const { store, file } = practiceInbox({ ttlMs: 60_000 });
      const escalation = await file();
      let reads = 0;
      const slow: Store = {
        ...store,
        async get(key) {
          const value = await store.get(key);
          reads += 1;
          if (reads === slowRead) vi.advanceTimersByTime(61_000);
          return value;
        },
      };
      const inbox = createInbox({ store: slow });
      const link = await escalationLink({ url: mount, secret, escalation });

      const response = await inboxHandler({ inbox, secret })(request(link));

      const isShownInTime = slowRead > reads;
      expect(response.status).toBe(isShownInTime ? 200 : 410);
      if (!isShownInTime) expect(await response.json()).toMatchObject({ detail: 'The time to decide is over.' });
      expect((await inbox.get(escalation.id))?.decision).toBeUndefined();
    },
  );
});

describe('a signed link whose form comes slowly', () => {
  function slowly(text: string) {
    let finish = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const bytes = new TextEncoder().encode(text);
        controller.enqueue(bytes.slice(0, 5));
        finish = () => {
          controller.enqueue(bytes.slice(5));
          controller.close();
        };
      },
    });
    return { body, finish: () => finish() };
  }

  it.each([
    ['after its end', { ttlMs: 60_000 }, { ttlMs: 50 }],
    ['for an answer that was filed meanwhile', { ttlMs: 50 }, {}],
  ])('decides nothing %s', async (_, inboxOptions, linkOptions) => {
    const { inbox, file } = practiceInbox(inboxOptions);
    const escalation = await file('the shown answer', { key: 'one' });
    const handle = inboxHandler({ inbox, secret });
    const link = await escalationLink({ url: mount, secret, escalation, ...linkOptions });
    const { body, finish } = slowly(JSON.stringify(approve));
    const headers = { 'content-type': 'application/json' };
    const sent = handle(new Request(link, { method: 'POST', body, headers, duplex: 'half' } as RequestInit));
    await new Promise((resolve) => setTimeout(resolve, 80));
    const again = await file('another answer', { key: 'one' });
    finish();
    expect((await sent).status).toBe(410);
    const { id, decision } = (await inbox.get(again.id)) ?? {};
    expect({ id, decision }).toEqual({ id: escalation.id, decision: undefined });
  });
});

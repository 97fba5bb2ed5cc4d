import { describe, expect, it } from 'vitest';
import { type Actor, type InboxAction, inboxHandler } from '../../src/http/index.ts';
import { StoreError } from '../../src/index.ts';
import { practiceInbox, turnableClock } from '../escalation/practice-inbox.ts';
import { get, postForm, postJson } from './requests.ts';

const ann: Actor = { by: 'ann', scopes: ['acme'] };

describe('the inbox over HTTP', () => {
  it('lists what waits in the scope, newest first, in pages', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    await file('first');
    await file('elsewhere', { scope: 'globex' });
    await file('second');

    const first = await (await handle(get('/escalations?limit=1'))).json();
    const second = await (await handle(get(`/escalations?limit=1&cursor=${encodeURIComponent(first.cursor)}`))).json();

    const proposals = [first, second].flatMap(({ escalations }) => escalations).map(({ proposal }) => proposal);
    expect(proposals.sort()).toEqual(['first', 'second']);
    expect(second.cursor).toBeUndefined();

    const other = await handle(get(`/escalations?order=priority&cursor=${encodeURIComponent(first.cursor)}`));
    expect([other.status, (await other.json()).detail]).toEqual([400, expect.stringMatching(/^cursor is of another/)]);
  });

  it('shows every scope to who may see all, and one when asked', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ({ by: 'root', scopes: 'all' }) });
    await file('one');
    await file('two', { scope: 'globex' });

    const count = async (query: string) =>
      (await (await handle(get(`/escalations${query}`))).json()).escalations.length;

    expect([await count(''), await count('?scope=globex'), await count('?scope=nobody')]).toEqual([2, 1, 0]);
  });

  it('decides in the name of who asked, whatever the body says', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    const { id } = await file();

    const body = { type: 'reject', reason: 'no', by: 'eve', at: '1970-01-01', extra: 'x' };
    const response = await handle(postJson(`/escalations/${id}/decision`, body, { 'sec-fetch-site': 'same-origin' }));

    expect(response.status).toBe(200);
    const { decision } = (await response.json()).escalation;
    expect(decision).toEqual({ type: 'reject', reason: 'no', by: 'ann', at: expect.stringMatching(/^2/) });
  });

  it('takes a form as it takes JSON', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    const { id } = await file();

    await handle(
      postForm(`/escalations/${id}/decision`, { type: 'approve', attempt: '1' }, { origin: 'https://app.example' }),
    );

    expect((await inbox.get(id))?.decision).toMatchObject({ type: 'approve', attempt: 1, by: 'ann' });
  });

  it('tells the one who comes second who was first', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    const { id } = await file();
    await inbox.decide(id, { type: 'approve' }, { by: 'bob' });

    const response = await handle(postJson(`/escalations/${id}/decision`, { type: 'reject' }));

    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      status: 409,
      won: false,
      escalation: { decision: { type: 'approve', by: 'bob' } },
    });
  });

  it('claims and releases', async () => {
    const { inbox, file } = practiceInbox();
    const people: Record<string, Actor> = { ann, bob: { by: 'bob', scopes: ['acme'] } };
    const handle = inboxHandler({ inbox, authorize: ({ headers }) => people[headers.get('authorization') ?? ''] });
    const { id } = await file();
    const send = async (who: string, what: string) =>
      (await handle(postJson(`/escalations/${id}/${what}`, {}, { authorization: who }))).status;

    expect(await send('ann', 'claim')).toBe(200);
    expect(await send('bob', 'claim')).toBe(409);
    expect(await send('bob', 'release')).toBe(409);
    expect(await send('ann', 'release')).toBe(200);
    expect(await send('bob', 'claim')).toBe(200);
    expect((await inbox.get(id))?.claimed?.by).toBe('bob');
  });

  it('counts', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    await file();
    await inbox.decide((await file()).id, { type: 'approve' });

    expect(await (await handle(get('/stats'))).json()).toMatchObject({
      pending: 1,
      decided: 1,
      expired: 0,
      window: { decisions: { approve: 1 } },
    });
  });

  it('lists by order, stage, holder, metadata and search', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    await file('a', { metadata: { 'order no': '7' }, describe: () => ({ title: 'Small', priority: 1 }) });
    const { id } = await file('b', { stage: 'expert', describe: () => ({ title: 'Large', priority: 2 }) });
    await inbox.claim(id, { by: 'bob' });

    const found = async (query: string) =>
      (await (await handle(get(`/escalations?${query}`))).json()).escalations
        .map(({ proposal }: { proposal: string }) => proposal)
        .join('');

    expect(await found('order=priority')).toBe('ba');
    expect(await found('stage=expert')).toBe('b');
    expect(await found('claimedBy=bob')).toBe('b');
    expect(await found('metadata.order+no=7')).toBe('a');
    expect(await found('search=small')).toBe('a');
  });

  it('assigns and leaves notes in the name of who asked', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    const { id } = await file();

    await handle(postJson(`/escalations/${id}/assign`, { to: 'bob', by: 'eve' }));
    await handle(postForm(`/escalations/${id}/note`, { text: 'Please\r\nlook.' }, { 'sec-fetch-site': 'same-origin' }));

    expect(await inbox.get(id)).toMatchObject({
      claimed: { by: 'bob', assignedBy: 'ann' },
      notes: [{ by: 'ann', text: 'Please\nlook.' }],
    });
    await handle(postForm(`/escalations/${id}/assign`, { to: '' }, { 'sec-fetch-site': 'same-origin' }));
    expect((await inbox.get(id))?.claimed).toBeUndefined();
  });

  it('decides many, and says of each what came of it', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    const [first, decided, elsewhere] = [await file(), await file(), await file('x', { scope: 'globex' })];
    await inbox.decide(decided.id, { type: 'reject' }, { by: 'bob' });

    const ids = ['nope', first.id, `${first.id}/`, decided.id, null, elsewhere.id, ''];
    const body = { ids, decision: { type: 'approve', by: 'eve' } };
    const { results } = await (await handle(postJson('/decisions', body))).json();

    const missing = { won: false, problem: { status: 404, detail: 'There is no such escalation.' } };
    expect(results).toMatchObject([
      { id: 'nope', ...missing },
      { id: first.id, won: true, escalation: { decision: { type: 'approve', by: 'ann' } } },
      { id: `${first.id}/`, ...missing },
      { id: decided.id, won: false, escalation: { decision: { type: 'reject', by: 'bob' } } },
      { id: null, ...missing },
      { id: elsewhere.id, ...missing },
      { id: '', ...missing },
    ]);
    expect((await inbox.get(elsewhere.id))?.state).toBe('pending');
  });

  it('decides once an id that is named twice among others, and says so', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    const [first, elsewhere, last] = [await file(), await file('x', { scope: 'globex' }), await file()];

    const ids = [first.id, elsewhere.id, first.id, last.id];
    const body = { ids, decision: { type: 'approve' } };
    const { results } = await (await handle(postJson('/decisions', body))).json();

    expect(results.map(({ id, won }: { id: string; won: boolean }) => [id, won])).toEqual([
      [first.id, true],
      [elsewhere.id, false],
      [first.id, false],
      [last.id, true],
    ]);
  });

  it('allows everything to everybody where authorize says only yes', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => true });
    const { id } = await file();

    for (const [path, body] of [
      ['claim', {}],
      ['release', {}],
      ['assign', { to: 'ann' }],
      ['note', { text: 'Look.' }],
      ['decision', { type: 'approve' }],
    ] as const) {
      expect((await handle(postJson(`/escalations/${id}/${path}`, body))).status, path).toBe(200);
    }
    expect(await inbox.get(id)).toMatchObject({ notes: [{ by: 'someone', text: 'Look.' }] });
  });

  it('decides none of many where the decision is none, and says so of each', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    const { id } = await file();

    const body = { ids: [id], decision: { type: 'approve', attempt: 9 } };
    const { results } = await (await handle(postJson('/decisions', body))).json();

    expect(results).toMatchObject([
      { id, won: false, problem: { status: 400, detail: expect.stringContaining('no attempt of that number') } },
    ]);
    expect((await inbox.get(id))?.state).toBe('pending');
  });

  it.each<[string, string, string, Record<string, string>]>([
    ['what was decided', 'This was decided already.', 'claim', {}],
    ['what nobody holds', 'Nobody holds it.', 'release', {}],
    ['what somebody else holds', 'Somebody else holds it.', 'release', {}],
    ['what is over', 'The time to decide is over.', 'decision', { type: 'approve' }],
  ])('says why it cannot change %s', async (which, detail, change, body) => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({ ttlMs: 60_000 }, clock);
    const handle = inboxHandler({ inbox, authorize: () => ann });
    const { id } = await file();
    if (which === 'what was decided') await inbox.decide(id, { type: 'approve' });
    if (which === 'what somebody else holds') await inbox.claim(id, { by: 'bob' });
    if (which === 'what is over') clock.turn(61_000);

    const response = await handle(postJson(`/escalations/${id}/${change}`, body));

    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ detail, won: false, escalation: { id } });
  });

  it.each<[string, Record<string, string>, object]>([
    ['no attempt', { type: 'approve', attempt: '' }, { type: 'approve' }],
    ['a blank reason', { type: 'reject', reason: ' ' }, { type: 'reject' }],
    ['a box that is ticked', { type: 'edit', text: 'x', force: 'on' }, { type: 'edit', text: 'x', force: true }],
    ['a box that is not', { type: 'edit', text: 'x', force: 'off' }, { type: 'edit', text: 'x', force: false }],
  ])('reads a form with %s', async (_, fields, decision) => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    const { id } = await file();

    await handle(postForm(`/escalations/${id}/decision`, fields, { 'sec-fetch-site': 'same-origin' }));

    expect((await inbox.get(id))?.decision).toEqual({ ...decision, by: 'ann', at: expect.any(String) });
  });

  it('assigns with a form to the one it names', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    const { id } = await file();

    await handle(postForm(`/escalations/${id}/assign`, { to: 'bob' }, { 'sec-fetch-site': 'same-origin' }));

    expect((await inbox.get(id))?.claimed?.by).toBe('bob');
  });

  it('exports decisions of the scope as JSON Lines', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ann });
    for (const scope of ['acme', 'globex', 'acme']) {
      await inbox.decide((await file('x', { scope })).id, { type: 'approve' });
    }

    const response = await handle(get('/decisions?since=2020-01-01'));

    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).scope)).toEqual(['acme', 'acme']);
  });

  it('asks who it is once, for what, and without the body', async () => {
    const { inbox, file } = practiceInbox();
    const asked: [InboxAction, string][] = [];
    const handle = inboxHandler({
      inbox,
      authorize: async (request, action) => {
        asked.push([action, await request.text()]);
        return ann;
      },
    });
    const { id } = await file();

    const response = await handle(postJson(`/escalations/${id}/decision`, { type: 'approve' }));

    expect(response.status).toBe(200);
    expect(asked).toEqual([['decide', '']]);
  });

  it('works wherever it is mounted', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => true });
    const { id } = await file();

    for (const base of ['http://localhost:3000', 'https://a.example/api/inbox', 'https://a.example/escalations']) {
      expect((await handle(get(`${base}/escalations/${id}/`))).status).toBe(200);
    }
  });

  it('keeps answers out of every cache', async () => {
    const { inbox } = practiceInbox();
    const response = await inboxHandler({ inbox, authorize: () => ann })(get('/escalations'));

    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('when something breaks', () => {
  it('a store that fails is a 503 that tells nothing, and the application hears why', async () => {
    const { inbox } = practiceInbox();
    const failure = new StoreError({ operation: 'get', key: 'secret-key', reason: 'ECONNREFUSED' });
    const errors: unknown[] = [];
    const handle = inboxHandler({
      inbox: { ...inbox, list: () => Promise.reject(failure) },
      authorize: () => ann,
      onError: (error) => errors.push(error),
    });

    const response = await handle(get('/escalations'));

    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.text()).not.toContain('secret-key');
    expect(errors).toEqual([failure]);
  });

  it.each(['before the first line', 'later'])(
    'an export that fails %s says so, and the application hears why',
    async (when) => {
      const { inbox } = practiceInbox();
      const failure = new StoreError({ operation: 'get', key: 'secret-key', reason: 'ECONNREFUSED' });
      const errors: unknown[] = [];
      async function* exportDecisions() {
        if (when === 'later') yield '{"id":1}\n';
        throw failure;
      }
      const onError = (error: unknown) => errors.push(error);
      const handle = inboxHandler({ inbox: { ...inbox, exportDecisions }, authorize: () => ann, onError });

      const response = await handle(get('/decisions'));

      expect(response.status).toBe(when === 'later' ? 200 : 503);
      if (when === 'later') await expect(response.text()).rejects.toBe(failure);
      else expect(await response.json()).toMatchObject({ status: 503 });
      expect(errors).toEqual([failure]);
    },
  );

  it('an export of a window that is none is refused', async () => {
    const handle = inboxHandler({ inbox: practiceInbox().inbox, authorize: () => ann });
    for (const path of ['/decisions?since=banana', '/decisions?until=banana', '/stats?since=banana']) {
      const response = await handle(get(path));
      expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    }
  });

  it.each(['search', 'stage', 'claimedBy', 'metadata.tier'])('%s of over 300 characters is refused', async (name) => {
    const handle = inboxHandler({ inbox: practiceInbox().inbox, authorize: () => ann });
    expect((await handle(get(`/escalations?${name}=${'g'.repeat(300)}`))).status).toBe(200);
    expect((await handle(get(`/escalations?${name}=${'g'.repeat(301)}`))).status).toBe(400);
    expect((await handle(get(`/escalations?metadata.a=1&${name}=${'g'.repeat(301)}`))).status).toBe(400);
  });

  it('authorize that throws lets nobody in', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    const handle = inboxHandler({
      inbox,
      authorize: () => {
        throw new Error('the session store is down');
      },
    });

    const response = await handle(postJson(`/escalations/${id}/decision`, { type: 'approve' }));

    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('session store');
    expect((await inbox.get(id))?.state).toBe('pending');
  });
});

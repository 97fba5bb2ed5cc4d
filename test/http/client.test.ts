import { AISDKError } from '@ai-sdk/provider';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InboxRequestError, inboxClient, inboxHandler } from '../../src/http/index.ts';
import type { EscalationChange } from '../../src/index.ts';
import { practiceInbox } from '../escalation/practice-inbox.ts';
import { mount } from './requests.ts';

function connected(scopes: 'all' | readonly string[] = ['acme'], sent = (init?: RequestInit) => init) {
  const practice = practiceInbox();
  const handle = inboxHandler({
    inbox: practice.inbox,
    authorize: ({ headers }) => (headers.get('authorization') === 'Bearer ann' ? { by: 'ann', scopes } : undefined),
  });
  const fetch: typeof globalThis.fetch = (input, init) => handle(new Request(input, sent(init)));
  const client = inboxClient(`${mount}/`, { fetch, headers: { authorization: 'Bearer ann' } });
  return { ...practice, client, stranger: inboxClient(mount, { fetch }) };
}

describe('the client', () => {
  it('lists, gets, claims, decides, counts and releases as the inbox does', async () => {
    const { client, inbox, file } = connected();
    const { id } = await file();

    expect(await client.list()).toEqual(await inbox.list({ scope: 'acme' }));
    expect(await client.get(id)).toEqual(await inbox.get(id));
    expect((await client.claim(id, { ttlMs: 1000 })).escalation.claimed?.by).toBe('ann');
    expect((await client.release(id)).won).toBe(true);
    expect((await client.decide(id, { type: 'edit', text: '13' })).won).toBe(true);
    expect(await client.stats()).toEqual(await inbox.stats({ scope: 'acme' }));
    expect((await inbox.get(id))?.decision).toMatchObject({ type: 'edit', text: '13', by: 'ann' });
  });

  it('assigns, notes, decides many, filters, counts a window and exports as the inbox does', async () => {
    const { client, inbox, file } = connected();
    const [first, second] = [await file('one', { metadata: { tier: 'gold' } }), await file('two')];

    await client.assign(first.id, { to: 'bob' });
    await client.note(first.id, { text: 'Look.' });

    const filter = { metadata: { tier: 'gold' }, claimedBy: 'bob', search: 'look', order: 'oldest' } as const;
    expect(await client.list(filter)).toEqual(await inbox.list({ ...filter, scope: 'acme' }));
    const results = await client.decide([first.id, second.id, 'A'.repeat(24)], { type: 'approve' });
    expect(results.map(({ won }) => won)).toEqual([true, true, false]);
    expect(results[2]).toMatchObject({ error: { status: 404 } });
    const since = new Date(Date.now() - 60_000);
    expect((await client.stats({ since })).window).toEqual((await inbox.stats({ scope: 'acme', since })).window);
    expect((await client.stats({ until: since })).window.decided).toBe(0);
    expect(await linesOf(client.exportDecisions())).toEqual(await linesOf(inbox.exportDecisions({ scope: 'acme' })));
  });

  it('decides any number at once, as the inbox does', async () => {
    const sent: number[] = [];
    const { client, file } = connected('all', (init) => {
      sent.push(JSON.parse(String(init?.body)).ids.length);
      return init;
    });
    const { id } = await file();
    const ids = [...Array.from({ length: 200 }, (_, index) => String(index).padStart(24, 'A')), id];

    const results = await client.decide(ids, { type: 'approve' });

    expect(results.map((result) => result.id)).toEqual(ids);
    expect(results.filter(({ won }) => won).map((result) => result.id)).toEqual([id]);
    expect(sent).toEqual([100, 100, 1]);
    expect(await client.decide([], { type: 'approve' })).toEqual([]);
    expect(sent).toHaveLength(3);
  });

  it('tells what was decided before a request failed', async () => {
    const practice = practiceInbox();
    let requests = 0;
    const handle = inboxHandler({ inbox: practice.inbox, authorize: () => ({ by: 'ann', scopes: 'all' }) });
    const client = inboxClient(mount, {
      async fetch(input, init) {
        requests += 1;
        if (requests !== 1) throw new TypeError('Failed to fetch');
        return await handle(new Request(input, init));
      },
    });
    const { id } = await practice.file();
    const others = Array.from({ length: 100 }, (_, index) => String(index).padStart(24, 'A'));

    const results = await client.decide([id, ...others], { type: 'approve' });

    expect(results[0]).toMatchObject({ id, won: true });
    expect(results.at(-1)).toMatchObject({ id: others.at(-1), won: false, error: { message: 'Failed to fetch' } });
    await expect(client.decide([id], { type: 'approve' })).rejects.toThrow('Failed to fetch');
  });

  it('tells who was first without throwing', async () => {
    const { client, inbox, file } = connected();
    const { id } = await file();
    await inbox.decide(id, { type: 'approve' }, { by: 'bob' });

    const { won, escalation } = await client.decide(id, { type: 'reject' });

    expect([won, escalation.decision?.by]).toEqual([false, 'bob']);
  });

  it('finds nothing where there is nothing', async () => {
    const { client } = connected();

    expect(await client.get('A'.repeat(24))).toBeUndefined();
  });

  it('rejects with what the handler refused', async () => {
    const { client, stranger, file } = connected();
    const { id } = await file();

    await expect(stranger.get(id)).rejects.toThrow(/403/);
    await expect(stranger.list()).rejects.toSatisfy(
      (error) => InboxRequestError.isInstance(error) && AISDKError.isInstance(error) && error.status === 403,
    );
    const bad = client.decide(id, { type: 'approve', attempt: 9 });
    await expect(bad).rejects.toThrow(/400.*no attempt of that number/);
  });

  it('pages', async () => {
    const { client, file } = connected();
    for (const answer of ['a', 'b', 'c']) await file(answer);

    const first = await client.list({ limit: 2 });
    const second = await client.list({ limit: 2, ...(first.cursor === undefined ? {} : { cursor: first.cursor }) });

    const proposals = [...first.escalations, ...second.escalations].map(({ proposal }) => proposal);
    expect(proposals.sort()).toEqual(['a', 'b', 'c']);
  });

  it('watches changes until the signal', async () => {
    const { client, inbox, file } = connected('all');
    const controller = new AbortController();
    const seen: EscalationChange[] = [];
    const watching = (async () => {
      for await (const change of client.changes({ abortSignal: controller.signal })) {
        seen.push(change);
        if (change.escalation.state === 'decided') controller.abort();
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 30));

    const { id } = await file();
    await inbox.decide(id, { type: 'approve' });
    await watching;

    expect(seen.at(-1)?.escalation).toMatchObject({ id, state: 'decided' });
  });

  it('ends by its signal though its fetch does not hand it on', async () => {
    const { client, inbox, file } = connected('all', ({ signal: _, ...init } = {}) => init);
    const controller = new AbortController();
    setTimeout(async () => inbox.decide((await file()).id, { type: 'approve' }), 30);
    for await (const _ of client.changes({ abortSignal: controller.signal })) controller.abort();
  });

  it('a stranger who watches is refused', async () => {
    const { stranger } = connected();

    const watching = stranger.changes()[Symbol.asyncIterator]().next();

    await expect(watching).rejects.toThrow(/403/);
  });
});

async function linesOf(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe('a client whose connection fails', () => {
  afterEach(() => void vi.useRealTimers());
  const change = { escalation: { id: 'a' }, cursor: '1' };
  const line = `id: 1\nevent: change\ndata: ${JSON.stringify(change)}\n\n`;

  it.each<[string, () => Response]>([
    ['is not there', () => Response.error()],
    ['is down', () => new Response(line.replaceAll('1', '2'), { status: 503 })],
    ['says nothing', () => new Response(null)],
    ['says what is no change', () => new Response(': still here\n\nevent: change\n\n')],
    ['breaks off', () => new Response(line.slice(0, 20))],
  ])('watches again when the server %s', async (_, first) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answers = [first, () => new Response(line)];
    const fetch = async () => {
      const response = answers.shift()?.() ?? new Response(null);
      if (response.type === 'error') throw new TypeError('fetch failed');
      return response;
    };
    const changes = inboxClient(mount, { fetch }).changes()[Symbol.asyncIterator]();
    const next = changes.next();
    await vi.advanceTimersByTimeAsync(2000);

    expect(await next).toEqual({ done: false, value: change });
  });

  it('comes back to where the server began, also before the first change', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answers = ['id: 0\nretry: 2000\n\n', line];
    const sent: unknown[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      sent.push(new Headers(init?.headers).get('last-event-id'));
      return new Response(answers.shift());
    };
    const next = inboxClient(mount, { fetch }).changes()[Symbol.asyncIterator]().next();
    await vi.advanceTimersByTimeAsync(2000);

    expect(await next).toEqual({ done: false, value: change });
    expect(sent).toEqual([null, '0']);
  });

  it.each(['', '.', '..', 'a/b'])('asks for no escalation by the id %j, which is none', async (id) => {
    expect(await inboxClient(mount, { fetch: () => expect.unreachable() }).get(id)).toBeUndefined();
  });

  it('rejects for a time that is none', async () => {
    const client = inboxClient(mount, { fetch: () => expect.unreachable() });
    const asking = client.stats({ since: new Date(Number.NaN) });
    await expect(asking).rejects.toThrow(RangeError);
  });

  it.each<[string, BodyInit | null, string[]]>([
    ['no body', null, []],
    ['a last line without its end', '{"a":1}\n{"b":2}', ['{"a":1}\n', '{"b":2}']],
  ])('reads an export with %s', async (_, body, lines) => {
    const fetch = async () => new Response(body);

    expect(await linesOf(inboxClient(mount, { fetch }).exportDecisions())).toEqual(lines);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inboxHandler } from '../../src/http/index.ts';
import { practiceInbox } from '../escalation/practice-inbox.ts';
import { get } from './requests.ts';

/** Reads server-sent events until one holds what is looked for, and gives back all that came. */
async function readUntil(response: Response, wanted: string): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (reader !== undefined && !text.includes(wanted)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader?.cancel();
  return text;
}

describe('changes as server-sent events', () => {
  it('tell of what is filed, claimed and decided, in order', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ({ by: 'ann', scopes: ['acme'] }) });
    const response = await handle(get('/changes'));
    const reading = readUntil(response, '"state":"decided"');

    await settle();
    const { id } = await file();
    await settle();
    await inbox.claim(id, { by: 'ann' });
    await settle();
    await inbox.decide(id, { type: 'approve' });

    const text = await reading;
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const seen = [...text.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? '').escalation);
    expect(seen.map(({ state, claimed }) => claimed?.by ?? state)).toEqual(['pending', 'ann', 'decided']);
  });

  it('of other scopes are not told', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => ({ by: 'ann', scopes: ['acme'] }) });
    const reading = readUntil(await handle(get('/changes')), 'mine');

    await settle();
    await file('a secret of others', { scope: 'globex' });
    await settle();
    await file('mine');

    expect(await reading).not.toContain('secret of others');
  });

  it('that were missed are told to a reader who comes back', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => true });
    const reading = readUntil(await handle(get('/changes')), 'first');
    await settle();
    await file('first');
    const lastEventId = [...(await reading).matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '';
    await file('missed');

    const text = await readUntil(await handle(get('/changes', { 'last-event-id': lastEventId })), 'missed');

    expect(text).toContain('missed');
    expect(text).not.toContain('first');
  });

  it('that were missed are told to a reader who comes back before the first', async () => {
    const { inbox, file } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => true });
    const lastEventId = /^id: (.*)$/m.exec(await readUntil(await handle(get('/changes')), 'retry'))?.[1] ?? '';
    await file('missed');

    const text = await readUntil(await handle(get('/changes', { 'last-event-id': lastEventId })), 'missed');

    expect(text).toContain('missed');
  });

  it('of three hundred made at once elsewhere are all told', async () => {
    const { inbox, store, file } = practiceInbox();
    const ids: string[] = [];
    for (let count = 0; count < 300; count += 1) ids.push((await file()).id);
    const elsewhere = practiceInbox({ store }).inbox;
    const told = new Set<string>();
    const stopping = new AbortController();
    const changes = elsewhere.changes({ pollMs: 20, abortSignal: stopping.signal });
    const watching = (async () => {
      for await (const { escalation } of changes) {
        told.add(escalation.id);
        if (told.size === ids.length) stopping.abort();
      }
    })();
    await settle();

    await inbox.decide(ids, { type: 'approve' });
    await watching;

    expect(told.size).toBe(300);
  });

  it('count from the request on, whenever they are read', async () => {
    const { inbox, file } = practiceInbox();
    const response = await inboxHandler({ inbox, authorize: () => true })(get('/changes'));
    await settle();
    await file('early');

    expect(await readUntil(response, 'early')).toContain('early');
  });

  it('end when the reader goes', async () => {
    const { inbox } = practiceInbox();
    const controller = new AbortController();
    const handle = inboxHandler({ inbox, authorize: () => true });
    const { signal } = controller;
    const response = await handle(new Request('https://app.example/changes', { signal }));
    const reading = readUntil(response, 'never');

    controller.abort();

    expect(await reading).toMatch(/^id: \S+\nretry: 2000\n\n$/);
  });
});

describe('a connection on which nothing happens', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  async function opened(signal?: AbortSignal) {
    const { inbox } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => true });
    return await handle(new Request('https://app.example/changes', signal === undefined ? {} : { signal }));
  }

  it('is kept alive while somebody reads, and ends after five minutes', async () => {
    const reading = readUntil(await opened(), 'never');

    await vi.advanceTimersByTimeAsync(300_000);

    expect((await reading).replace(/^id: \S+\n/, '')).toBe(`retry: 2000\n\n${': still here\n\n'.repeat(19)}`);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('holds no more than two lines for a reader who does not read', async () => {
    const response = await opened();

    await vi.advanceTimersByTimeAsync(300_000);

    expect(await readUntil(response, 'never')).toMatch(/^id: \S+\nretry: 2000\n\n: still here\n\n$/);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends at once for a reader who is gone already', async () => {
    const response = await opened(AbortSignal.abort());

    expect(await readUntil(response, 'never')).toMatch(/^id: \S+\nretry: 2000\n\n$/);
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** Lets the stream look once. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

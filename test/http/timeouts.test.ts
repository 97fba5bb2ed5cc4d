import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { escalationLink, inboxHandler } from '../../src/http/index.ts';
import { createInbox, type Store } from '../../src/index.ts';
import { practiceInbox } from '../escalation/practice-inbox.ts';
import { address, mount, postJson } from './requests.ts';

const secret = 'the secret of the handler, 32 bytes';
/** Longer than a handler waits. */
const slowMs = 20_000;
const later = () => new Promise<void>((resolve) => setTimeout(resolve, slowMs));

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** What is slow: the body that comes in two parts, the answer to who it is, or the store. */
async function slow(what: 'body' | 'authorize' | 'store' | 'reading again') {
  const { inbox, file, store } = practiceInbox();
  const escalation = await file();
  const other = await file();
  let reads = 0;
  const slowStore: Store = {
    ...store,
    async get(key) {
      reads += 1;
      if (what === 'store' || (what === 'reading again' && reads > 1)) await later();
      return await store.get(key);
    },
  };
  const handle = inboxHandler({
    inbox: createInbox({ store: slowStore }),
    secret,
    authorize: async () => {
      if (what === 'authorize') await later();
      return { by: 'ann', scopes: ['acme'] };
    },
  });

  async function send(path: string, body: unknown): Promise<number> {
    const json = JSON.stringify(body);
    const headers = { 'content-type': 'application/json' };
    const request =
      what === 'body'
        ? new Request(address(path), { method: 'POST', headers, body: inTwoParts(json), duplex: 'half' } as RequestInit)
        : postJson(path, body);
    const response = handle(request);
    await vi.advanceTimersByTimeAsync(15_000);
    const { status } = await response;
    await vi.advanceTimersByTimeAsync(2 * slowMs);
    return status;
  }
  return { inbox, escalation, other, send };
}

function inTwoParts(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(bytes.subarray(0, 3));
      await later();
      controller.enqueue(bytes.subarray(3));
      controller.close();
    },
  });
}

const changes = [
  ['decision', { type: 'approve' }],
  ['claim', {}],
  ['assign', { to: 'bob' }],
  ['note', { text: 'Look.' }],
] as const;

describe('a request that was answered with 503 is not carried out afterwards', () => {
  it.each(
    (['body', 'authorize', 'store', 'reading again'] as const).flatMap((what) =>
      changes.map(([change, body]) => [change, what, body] as const),
    ),
  )('a %s, for a slow %s', async (change, what, body) => {
    const { inbox, escalation, send } = await slow(what);

    expect(await send(`/escalations/${escalation.id}/${change}`, body)).toBe(503);

    expect(await inbox.get(escalation.id)).toEqual(escalation);
  });

  it.each(['body', 'authorize', 'store', 'reading again'] as const)(
    'a decision about many, for a slow %s',
    async (what) => {
      const { inbox, escalation, other, send } = await slow(what);

      const status = await send('/decisions', { ids: [escalation.id, other.id], decision: { type: 'approve' } });

      expect(status).toBe(503);
      expect((await inbox.list()).escalations).toHaveLength(2);
    },
  );

  it.each(['body', 'store', 'reading again'] as const)('a link that is used, for a slow %s', async (what) => {
    const { inbox, escalation, send } = await slow(what);
    const link = await escalationLink({ url: mount, secret, escalation });

    expect(await send(link, { type: 'approve' })).toBe(503);

    expect((await inbox.get(escalation.id))?.state).toBe('pending');
  });
});

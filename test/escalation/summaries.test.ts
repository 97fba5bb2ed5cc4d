import { describe, expect, expectTypeOf, it } from 'vitest';
import { inboxClient, inboxHandler } from '../../src/http/index.ts';
import type { Escalation, EscalationSummary } from '../../src/index.ts';
import { get, mount } from '../http/requests.ts';
import { failedAttempt, practiceInbox } from './practice-inbox.ts';

const long = 'x'.repeat(10_000);
const summaryBytes = 6000;

/** An inbox of fifty escalations whose every text is as long as a caller, a model or a check can make it. */
async function largeInbox() {
  const { inbox, file } = practiceInbox();
  const attempt = failedAttempt(long);
  const [issue] = attempt.verdict.type === 'fail' ? attempt.verdict.issues : [];
  if (issue === undefined) throw new Error('The attempt failed.');
  const issues = Array.from({ length: 12 }, () => ({ ...issue, message: long, path: [long] }));
  for (let filed = 0; filed < 50; filed += 1) {
    await file(long, {
      prompt: long,
      metadata: { tier: 'gold', mail: long, nested: { text: long } },
      history: [{ ...attempt, verdict: { type: 'fail', issues } }],
      describe: () => ({ title: long, fields: { Total: 12, [long]: 1, Mail: long } }),
    });
  }
  const handle = inboxHandler({ inbox, authorize: () => ({ by: 'ann', scopes: 'all' }) });
  const sizes: number[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await handle(new Request(input, init));
    if (response.headers.get('content-type')?.includes('json')) sizes.push((await response.clone().text()).length);
    return response;
  };
  return { inbox, client: inboxClient(mount, { fetch }), sizes };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('what a queue shows', () => {
  it('is what people need to choose by, without texts of the prompt, the attempts or the decision', async () => {
    const { inbox, file } = practiceInbox();
    const describe = () => ({ title: 'Invoice of Greenleaf', fields: { Total: 12 }, priority: 3 });
    const { id } = await file('{"total":12}', { metadata: { tier: 'gold', nested: {} }, describe });
    await inbox.claim(id, { by: 'ann' });
    await inbox.note(id, { by: 'ann', text: 'Look.' });

    const shown = {
      id,
      scope: 'acme',
      stage: 'human',
      createdAt: expect.any(String),
      expiresAt: expect.any(String),
      title: 'Invoice of Greenleaf',
      fields: { Total: 12 },
      priority: 3,
      metadata: { tier: 'gold' },
      issues: [{ message: 'Make total the sum.', check: 'adds-up', kind: 'content' }],
      noteCount: 1,
    };
    const claimed = { by: 'ann', until: expect.any(String) };
    expect((await inbox.list({ summary: true })).escalations).toEqual([{ ...shown, state: 'pending', claimed }]);

    await inbox.decide(id, { type: 'edit', text: '{"total":13}', force: true }, { by: 'bob' });

    const decision = { type: 'edit', by: 'bob', at: expect.any(String) };
    const outcome = { type: 'accepted', at: expect.any(String) };
    expect((await inbox.list({ state: 'decided', summary: true })).escalations).toEqual([
      { ...shown, state: 'decided', decision, outcome },
    ]);
  });

  it('is a few kilobytes of each, whatever is in them, in lists and changes, over HTTP too', async () => {
    const { inbox, client, sizes } = await largeInbox();
    const controller = new AbortController();
    const { signal: abortSignal } = controller;
    const told = [inbox, client].map((reader) => firstOf(reader.changes({ summary: true, abortSignal })));
    await settle();

    const { escalations } = await client.list({ summary: true });
    const [first] = escalations;
    await inbox.decide(first?.id ?? '', { type: 'edit', text: long });
    await client.list({ state: 'decided', summary: true });
    const changes = await Promise.all(told);
    controller.abort();

    expect(escalations).toHaveLength(50);
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThan(50 * summaryBytes);
    for (const change of changes) expect(JSON.stringify(change).length).toBeLessThan(summaryBytes);
  });
});

describe('without being asked to be short', () => {
  it('lists, changes and decisions about many have whole escalations, over HTTP too', async () => {
    const { inbox, client } = await largeInbox();
    for (const reader of [inbox, client]) {
      const controller = new AbortController();
      const told = firstOf(reader.changes({ abortSignal: controller.signal }));
      await settle();
      const [listed] = (await reader.list({ limit: 1 })).escalations;
      const id = listed?.id ?? '';
      expect(listed).toEqual(await inbox.get(id));
      expect(listed?.proposal).toBe(long);
      expect(listed?.attempts).toHaveLength(1);
      expect(listed?.issues[0]?.path).toEqual([long]);
      expect(JSON.stringify(listed?.prompt)).toContain(long);

      const [result] = await reader.decide([id], { type: 'approve' });
      const whole = await inbox.get(id);
      expect(result).toEqual({ id, won: true, escalation: whole });
      expect((await told)?.escalation).toEqual(whole);
      controller.abort();
    }
  });

  it('is what the types say', async () => {
    const { inbox } = practiceInbox();
    const readers = [inbox, inboxClient(mount)] as const;
    for (const { list, changes } of readers) {
      const whole = () => [list(), list({ scope: 'acme' }), firstOf(changes())] as const;
      const short = () => [list({ summary: true }), firstOf(changes({ summary: true }))] as const;
      expectTypeOf<Shown<typeof whole>>().toEqualTypeOf<Escalation>();
      expectTypeOf<Shown<typeof short>>().toEqualTypeOf<EscalationSummary>();
    }
  });

  it.each(['yes', '1', ''])('a query of summary=%s is refused', async (summary) => {
    const { inbox } = practiceInbox();
    const handle = inboxHandler({ inbox, authorize: () => true });
    for (const path of ['/escalations', '/changes']) {
      expect((await handle(get(`${path}?summary=${summary}`))).status).toBe(400);
    }
  });
});

/** What is shown of an escalation by each of these calls. */
type Shown<READ extends () => readonly Promise<unknown>[]> = EntryOf<
  Exclude<Awaited<ReturnType<READ>[number]>, undefined>
>;
type EntryOf<READ> = READ extends { escalations: readonly (infer LISTED)[] }
  ? LISTED
  : READ extends { escalation: infer TOLD }
    ? TOLD
    : never;

async function firstOf<CHANGE>(changes: AsyncIterable<CHANGE>): Promise<CHANGE | undefined> {
  for await (const change of changes) return change;
  return undefined;
}

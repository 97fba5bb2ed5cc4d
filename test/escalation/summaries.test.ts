import { describe, expect, it } from 'vitest';
import { inboxClient, inboxHandler } from '../../src/http/index.ts';

import { mount } from '../http/requests.ts';
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
    sizes.push((await response.clone().text()).length);
    return response;
  };
  return { inbox, client: inboxClient(mount, { fetch }), sizes };
}

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
    };
    const claimed = { by: 'ann', until: expect.any(String) };
    expect((await inbox.list()).escalations).toEqual([{ ...shown, state: 'pending', claimed }]);

    await inbox.decide(id, { type: 'edit', text: '{"total":13}', force: true }, { by: 'bob' });

    const decision = { type: 'edit', by: 'bob', at: expect.any(String) };
    const outcome = { type: 'accepted', at: expect.any(String) };
    expect((await inbox.list({ state: 'decided' })).escalations).toEqual([
      { ...shown, state: 'decided', decision, outcome },
    ]);
  });

  it('is a few kilobytes of each, whatever is in them, and so are changes and what many decisions came to', async () => {
    const { inbox, client, sizes } = await largeInbox();
    const controller = new AbortController();
    const change = inbox.changes({ abortSignal: controller.signal })[Symbol.asyncIterator]();
    const first = change.next();
    await new Promise(setImmediate);

    const { escalations } = await client.list();
    await client.decide(
      escalations.map(({ id }) => id),
      { type: 'edit', text: long },
    );
    await client.list({ state: 'decided' });
    const told = JSON.stringify((await first).value);
    controller.abort();

    expect(escalations).toHaveLength(50);
    expect(sizes).toHaveLength(3);
    expect(Math.max(...sizes)).toBeLessThan(50 * summaryBytes);
    expect(told.length).toBeLessThan(summaryBytes);
    expect((await inbox.get(escalations[0]?.id ?? ''))?.proposal).toBe(long);
  });
});

import { describe, expect, it } from 'vitest';
import { createInbox, memoryStore, type Store } from '../../src/index.ts';
import { failedAttempt } from './practice-inbox.ts';

const createdAt = new Date(Date.now() - 3_600_000).toISOString();
const expiresAt = new Date(Date.now() + 3_600_000).toISOString();

/** Writes an escalation as 0.1 did: a record without today's members, on lists of its own. */
async function writeOld(store: Store, id: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const decided = 'decision' in more;
  const at = { createdAt, expiresAt, ...more }.createdAt as string;
  const record = {
    v: 1,
    escalation: {
      id,
      scope: 'acme',
      stage: 'human',
      createdAt,
      expiresAt,
      prompt: [],
      issues: [{ message: 'Make total the sum.', path: ['total'], check: 'adds-up', kind: 'content' }],
      proposal: id,
      audit: [{ type: 'filed', at: createdAt }],
      ...more,
    },
    history: [failedAttempt(id)],
    announced: true,
    revision: `revision of ${id}`,
    changedAt: Date.parse(createdAt),
  };
  await store.set(`sr:esc:${id}`, JSON.stringify(record));
  const member = JSON.stringify([Date.parse(at), id, 'acme']);
  for (const list of [decided ? 'decided' : 'pending', decided ? 'decided:acme' : 'pending:acme']) {
    await store.index(`sr:esc:${list}`).add(member, Date.parse(at));
  }
}

describe('what 0.1 wrote', () => {
  it.each([
    { order: 'newest' },
    { order: 'priority', scope: 'acme' },
    { stage: 'human' },
    { order: 'expiring', search: 'old' },
  ] as const)('is listed with what is new: %o', async (options) => {
    const store = memoryStore();
    await writeOld(store, 'old');
    await writeOld(store, 'older', { createdAt: new Date(Date.parse(createdAt) - 1000).toISOString() });

    const page = await createInbox({ store }).list(options);

    expect(page.escalations.map(({ proposal }) => proposal).sort()).toEqual(['old', 'older']);
    expect((await createInbox({ store }).list(options)).escalations).toHaveLength(2);
    expect((await store.index('sr:esc:pending').page({ limit: 9 })).members).toEqual([]);
    expect((await store.index('sr:esc:pending:acme').page({ limit: 9 })).members).toEqual([]);
  });

  it('is decided, counted and exported', async () => {
    const store = memoryStore();
    const inbox = createInbox({ store });
    await writeOld(store, 'pending');
    await writeOld(store, 'waiting');
    await writeOld(store, 'done', { decision: { type: 'reject', by: 'bob', at: new Date().toISOString() } });

    await inbox.decide('pending', { type: 'approve' }, { by: 'ann' });

    expect(await inbox.stats({ scope: 'acme' })).toMatchObject({
      pending: 1,
      decided: 2,
      window: { decisions: { approve: 1, reject: 1 }, byPerson: { ann: { overridden: 1 } } },
    });
    expect((await inbox.list({ state: 'decided' })).escalations).toHaveLength(2);
    expect((await inbox.list()).escalations.map(({ id }) => id)).toEqual(['waiting']);
    const lines: string[] = [];
    for await (const line of inbox.exportDecisions()) lines.push(line);
    expect(lines).toHaveLength(2);
  });
});

describe('on the lists of 0.1', () => {
  const membersOf = async (store: Store) =>
    (await store.index('sr:esc:pending').page({ limit: 2000, order: 'asc' })).members;

  it('what is being filed just now is left alone, and what is lost goes', async () => {
    const store = memoryStore();
    const young = JSON.stringify([Date.now(), 'young', 'acme']);
    for (const member of [young, JSON.stringify([1, 'lost', 'acme']), 'no JSON']) {
      await store.index('sr:esc:pending').add(member, 1);
    }

    expect((await createInbox({ store }).list()).escalations).toEqual([]);

    expect(await membersOf(store)).toEqual([young]);
  });

  it('a thousand are taken over at a time', async () => {
    const store = memoryStore();
    for (let count = 0; count < 1150; count += 1) {
      await store.index('sr:esc:pending').add(JSON.stringify([count, `lost ${count}`, 'acme']), count);
    }
    const inbox = createInbox({ store });

    await inbox.list();
    expect(await membersOf(store)).toHaveLength(150);
    await inbox.list();
    expect(await membersOf(store)).toEqual([]);
  });
});

it('an export leaves out what the store has forgotten', async () => {
  const store = memoryStore();
  const inbox = createInbox({ store });
  for (const id of ['kept', 'forgotten']) {
    await writeOld(store, id, { decision: { type: 'approve', at: createdAt } });
  }
  await inbox.list({ state: 'decided' });
  await store.delete('sr:esc:forgotten');

  const lines: string[] = [];
  for await (const line of inbox.exportDecisions()) lines.push(JSON.parse(line).id);
  expect(lines).toEqual(['kept']);
});

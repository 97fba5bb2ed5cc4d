import { describe, expect, it } from 'vitest';
import type { Inbox, ListOptions } from '../../src/index.ts';
import { practiceInbox, turnableClock } from './practice-inbox.ts';

const hourMs = 3_600_000;

describe('what reviewers read of an escalation', () => {
  it('is what describe says of it, with the metadata of the call', async () => {
    const { inbox, file } = practiceInbox();

    const { id } = await file('{"vendor":"Nord","total":12}', {
      metadata: { job: 'j-7', tags: ['eu'] },
      describe: ({ value, issues, metadata }) => ({
        title: `Invoice of ${(value as { vendor: string }).vendor}`,
        fields: { Issues: issues.length, Job: String(metadata?.job) },
        priority: 3,
      }),
    });

    expect(await inbox.get(id)).toMatchObject({
      title: 'Invoice of Nord',
      fields: { Issues: 1, Job: 'j-7' },
      priority: 3,
      metadata: { job: 'j-7', tags: ['eu'] },
    });
  });

  it('is redacted like the prompt', async () => {
    const { inbox, file } = practiceInbox({ redact: (text) => text.replaceAll(/\d{4}/g, '[card]') });

    const { id } = await file('x', { describe: () => ({ title: 'Card 1234', fields: { Card: '1234', Total: 1234 } }) });
    const broken = await file('x', {
      describe: () => {
        throw new Error(`${'x'.repeat(200 - 'describe failed: '.length - 2)}1234`);
      },
    });
    expect(broken.audit[0]?.problem).toMatch(/x\[c$/);

    expect(await inbox.get(id)).toMatchObject({ title: 'Card [card]', fields: { Card: '[card]', Total: 1234 } });
  });

  it.each([
    ['throws', () => JSON.parse('{')],
    ['returns nothing', () => undefined],
    ['gives a priority that is no number', () => ({ title: 'x', priority: Number.NaN })],
    ['shows an object', () => ({ title: 'x', fields: { line: {} } })],
  ])('is missing when describe %s, and the record says so', async (_, broken) => {
    const { inbox, file } = practiceInbox();

    const { id } = await file('x', { describe: broken as never });

    const escalation = await inbox.get(id);
    expect(escalation?.title).toBeUndefined();
    expect(escalation?.audit[0]?.problem).toMatch(/^describe failed: /);
  });
});

describe('a list', () => {
  /** Filed an hour apart; of priorities 1, 2 and 1. */
  async function three() {
    const clock = turnableClock();
    const practice = practiceInbox({}, clock);
    const filed = [
      ['a', 1, 'triage'],
      ['b', 2, 'human'],
      ['c', 1, 'human'],
    ] as const;
    for (const [answer, priority, stage] of filed) {
      clock.turn(hourMs);
      const metadata = { name: answer, order: priority, vip: answer === 'c' };
      await practice.file(answer, { stage, metadata, describe: () => ({ title: `Case ${answer}`, priority }) });
    }
    return { ...practice, clock };
  }

  it.each([
    ['newest', 'cba'],
    ['oldest', 'abc'],
    ['expiring', 'abc'],
    ['priority', 'bac'],
  ] as const)('is in the order that is asked for: %s', async (order, expected) => {
    const { inbox } = await three();

    expect(await proposals(inbox, { order })).toBe(expected);
    expect(await paged(inbox, { order, limit: 1 })).toBe(expected);
    expect(await paged(inbox, { order, limit: 2, scope: 'acme' })).toBe(expected);
  });

  it('has what expires first in front, whenever it was filed', async () => {
    const { inbox, store, clock } = await three();
    await practiceInbox({ store, ttlMs: hourMs }, clock).file('d', { key: 'd' });

    expect(await proposals(inbox, { order: 'expiring' })).toBe('dabc');
  });

  it.each([
    ['a stage', { stage: 'human' }, 'cb'],
    ['metadata', { metadata: { vip: true } }, 'c'],
    ['metadata as text', { metadata: { order: '1', vip: 'false' } }, 'a'],
    ['several at once', { stage: 'human', metadata: { order: 1 } }, 'c'],
    ['metadata that nobody has', { metadata: { vip: 'maybe' } }, ''],
    ['a stage, by priority', { stage: 'human', order: 'priority' }, 'bc'],
    ['another scope', { stage: 'human', scope: 'globex' }, ''],
  ] as const)('is of those with %s', async (_, options, expected) => {
    const { inbox } = await three();

    expect(await proposals(inbox, options)).toBe(expected);
    expect(await paged(inbox, { ...options, limit: 1 })).toBe(expected);
  });

  it('is of those somebody works on, while they do', async () => {
    const { inbox, clock } = await three();
    const [c, b, a] = (await inbox.list()).escalations.map(({ id }) => id);
    await inbox.claim(c ?? '', { by: 'ann', ttlMs: 1000 });
    await inbox.claim(b ?? '', { by: 'ann' });
    await inbox.claim(a ?? '', { by: 'bob' });

    expect(await proposals(inbox, { claimedBy: 'ann' })).toBe('cb');
    clock.turn(2000);
    expect(await proposals(inbox, { claimedBy: 'ann' })).toBe('b');
    await inbox.release(b ?? '', { by: 'ann' });
    expect(await proposals(inbox, { claimedBy: 'ann' })).toBe('');
    await inbox.decide(a ?? '', { type: 'approve' });
    expect(await proposals(inbox, { claimedBy: 'bob' })).toBe('');
  });

  it('of decided ones has the latest decision first', async () => {
    const { inbox, clock } = await three();
    for (const { id } of (await inbox.list()).escalations) {
      clock.turn(1000);
      await inbox.decide(id, { type: 'approve' });
    }

    expect(await proposals(inbox, { state: 'decided' })).toBe('abc');
    expect(await proposals(inbox, { state: 'decided', stage: 'human' })).toBe('bc');
  });

  it.each([
    ['a title', 'case B', 'b'],
    ['the prompt', 'INVOICE', 'cba'],
    ['an issue', 'the sum', 'cba'],
    ['metadata', 'true', 'c'],
    ['nothing', 'nowhere', ''],
    ['no role', 'user', ''],
    ['no type of a part', 'text', ''],
  ])('is searched for %s', async (_, search, expected) => {
    const { inbox } = await three();

    const { searched, ...page } = await inbox.list({ search });

    expect(page.escalations.map(({ proposal }) => proposal).join('')).toBe(expected);
    expect(searched).toBe(3);
    expect(await paged(inbox, { search, limit: 1 })).toBe(expected);
  });

  it('reads a thousand records for one page of a search, and goes on from there', async () => {
    const { inbox, file } = practiceInbox();
    await file('needle');
    for (let filed = 0; filed < 1100; filed += 1) await file('hay');

    const first = await inbox.list({ search: 'needle', order: 'newest' });
    const second = await inbox.list({ search: 'needle', cursor: first.cursor });

    expect([first.escalations.length, first.searched]).toEqual([0, 1000]);
    expect([second.escalations.length, second.searched, second.cursor]).toEqual([1, 101, undefined]);
  });

  it('is searched for the beginning of an id, of six characters at least', async () => {
    const { inbox } = await three();
    const [{ id = '' } = {}] = (await inbox.list()).escalations;

    const found = async (search: string) => (await inbox.list({ search })).escalations.map((hit) => hit.id);

    expect(await found(id.slice(0, 8).toUpperCase())).toEqual([id]);
    expect(await found(id.slice(8))).toEqual([]);
  });

  it('refuses a state there is not', async () => {
    const { inbox } = practiceInbox();
    await expect(inbox.list({ state: 'typo' as never })).rejects.toThrow('state must be pending, decided or expired.');
  });

  it('leaves out what a filter does not say', async () => {
    const { inbox, file } = practiceInbox();
    await file();
    expect((await inbox.list({ metadata: { tier: undefined as never } })).escalations).toHaveLength(1);
  });

  it('refuses an order there is not', async () => {
    const { inbox } = practiceInbox();

    await expect(inbox.list({ order: 'random' as never })).rejects.toThrow('newest, oldest, expiring or priority');
  });
});

describe('people share the work', () => {
  it('one puts another on it, whoever holds it, until it is decided', async () => {
    const { inbox, file } = practiceInbox();
    const { id, expiresAt } = await file();
    await inbox.claim(id, { by: 'ann' });

    const { won, escalation } = await inbox.assign(id, { to: 'bob', by: 'lea' });

    expect(won).toBe(true);
    expect(escalation.claimed).toEqual({ by: 'bob', until: expiresAt, assignedBy: 'lea' });
    expect(escalation.audit.at(-1)).toMatchObject({ type: 'assigned', by: 'lea', to: 'bob' });
    expect((await inbox.claim(id, { by: 'ann' })).won).toBe(false);
    expect((await inbox.claim(id, { by: 'bob' })).escalation.claimed?.until).toBe(expiresAt);
    expect(await proposals(inbox, { claimedBy: 'bob' })).not.toBe('');
    expect(await proposals(inbox, { claimedBy: 'ann' })).toBe('');
    expect((await inbox.assign(id, { to: null, by: 'lea' })).escalation.claimed).toBeUndefined();
    expect(await proposals(inbox, { claimedBy: 'bob' })).toBe('');
  });

  it('nobody is put on what is decided', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    await inbox.decide(id, { type: 'approve' });

    expect((await inbox.assign(id, { to: 'bob', by: 'lea' })).won).toBe(false);
  });

  it('leaves notes, on decided ones too', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    await inbox.note(id, { by: 'ann', text: 'The vendor was asked.' });
    await inbox.decide(id, { type: 'approve' });

    const { escalation } = await inbox.note(id, { by: 'bob', text: 'They agreed.' });

    expect(escalation.notes).toMatchObject([
      { by: 'ann', text: 'The vendor was asked.' },
      { by: 'bob', text: 'They agreed.' },
    ]);
    expect(escalation.audit.map(({ type }) => type)).toEqual(['filed', 'noted', 'decided', 'noted']);
  });

  it.each([
    ['an empty note', { by: 'ann', text: ' ' }],
    ['a note of 10,001 characters', { by: 'ann', text: 'x'.repeat(10_001) }],
    ['a note of nobody', { by: '', text: 'x' }],
  ])('refuses %s', async (_, note) => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();

    await expect(inbox.note(id, note)).rejects.toThrow(/must be a n/);
  });

  it('decides many at once, and says of each what came of it', async () => {
    const { inbox, file } = practiceInbox();
    const [first, second] = [await file(), await file()];
    await inbox.decide(second.id, { type: 'reject' }, { by: 'bob' });

    const results = await inbox.decide([first.id, second.id, 'unknown'], { type: 'approve' }, { by: 'ann' });

    expect(results).toMatchObject([
      { id: first.id, won: true, escalation: { decision: { type: 'approve', by: 'ann' } } },
      { id: second.id, won: false, escalation: { decision: { type: 'reject', by: 'bob' } } },
      { id: 'unknown', won: false, error: { message: 'There is no escalation unknown.' } },
    ]);
  });
});

async function proposals(inbox: Inbox, options: ListOptions): Promise<string> {
  const { escalations, cursor } = await inbox.list(options);
  expect(cursor).toBeUndefined();
  return escalations.map(({ proposal }) => proposal).join('');
}

/** The same, page by page. */
async function paged(inbox: Inbox, options: ListOptions): Promise<string> {
  let found = '';
  let cursor: string | undefined;
  do {
    const page = await inbox.list({ ...options, cursor });
    found += page.escalations.map(({ proposal }) => proposal).join('');
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

describe('at its limits', () => {
  it('an escalation has 200 notes, and no more', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    for (let count = 0; count < 200; count += 1) await inbox.note(id, { by: 'ann', text: `${count}` });

    await expect(inbox.note(id, { by: 'ann', text: 'one more' })).rejects.toThrow('There are 200 notes already.');
    expect((await inbox.get(id))?.notes).toHaveLength(200);
  });

  it('metadata without a value are searched, too', async () => {
    const { inbox, file } = practiceInbox();
    await file('a', { metadata: { tenant: null, name: 'Zephyr' } });

    expect(await proposals(inbox, { search: 'zephyr' })).toBe('a');
    expect(await proposals(inbox, { search: 'null' })).toBe('');
  });

  it('describe learns of a request that no answer was made for', async () => {
    const { file } = practiceInbox();
    const escalation = await file('x', {
      history: [],
      describe: ({ proposal, issues, attempts, value }) => ({
        title: JSON.stringify([proposal, issues, attempts, value ?? null]),
      }),
    });

    expect(escalation.title).toBe('["",[],[],null]');
  });

  it('describe may throw what is no error', async () => {
    const { file } = practiceInbox();
    const broken = () => {
      throw 'a text';
    };
    expect((await file('x', { describe: broken })).audit[0]?.problem).toBe('describe failed: a text');
  });

  it.each(['5', '"x"', '{}', '[]', 'x'])('the cursor %s is none', async (cursor) => {
    await expect(practiceInbox().inbox.list({ cursor })).rejects.toThrow(/cursor/);
  });

  it('a claim that is over is off the list of who had it', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({}, clock);
    const { id } = await file('a');
    await inbox.claim(id, { by: 'ann', ttlMs: 1000 });
    clock.turn(hourMs);

    expect(await proposals(inbox, { claimedBy: 'ann' })).toBe('');
    await inbox.claim(id, { by: 'bob', ttlMs: 1000 });
    expect(await proposals(inbox, { claimedBy: 'ann' })).toBe('');
    expect(await proposals(inbox, { claimedBy: 'bob' })).toBe('a');
  });
});

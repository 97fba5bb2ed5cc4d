import { describe, expect, test } from 'vitest';
import { withAudit } from '../../src/escalation/record.ts';
import { requestKey } from '../../src/escalation/request-key.ts';
import { createInbox, memoryStore, type Store } from '../../src/index.ts';
import type { Prompt } from '../../src/model/language-model.ts';
import type { AuditEntry } from '../../src/trace/escalation.ts';
import { errorOf } from '../fixtures.ts';
import { practiceInbox, turnableClock } from './practice-inbox.ts';

const minute = 60_000;
const pendingOf = async (store: Store) => (await store.index('sr:esc:pending.time').page({ limit: 9 })).members;

describe('an escalation', () => {
  test('shows what a live stream has shown, and every kind of field', async () => {
    const { file } = practiceInbox();
    const fields = { Paid: true, Total: 12, Note: null, By: 'Ann', Left: undefined as never };
    const filed = await file('12', { released: 'The total', describe: () => ({ title: 'A', fields }) });
    expect(filed).toMatchObject({ released: 'The total', fields: { Paid: true, Total: 12, Note: null, By: 'Ann' } });
    expect(Object.keys(filed.fields ?? {})).toHaveLength(4);
    expect(await file('12', { released: '' })).not.toHaveProperty('released');
    expect(await file('12')).not.toHaveProperty('released');
  });

  test('shows its first 20 fields in a queue', async () => {
    const { inbox, file } = practiceInbox();
    const fields = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`Field ${index}`, index]));
    await file('12', { describe: () => ({ title: 'A', fields }) });
    const [short] = (await inbox.list({ summary: true })).escalations;
    expect(short?.fields).toEqual(Object.fromEntries(Object.entries(fields).slice(0, 20)));
  });

  test('keeps what came of it as it was first said, once it is decided', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({}, clock);
    const { id } = await file();
    await inbox.conclude(id, { type: 'accepted', text: '12' });
    expect(await inbox.get(id)).not.toHaveProperty('outcome');
    await inbox.decide(id, { type: 'edit', text: '12' });
    await inbox.conclude(id, { type: 'accepted', text: '12' });
    const first = (await inbox.get(id))?.outcome;
    clock.turn(minute);
    await inbox.conclude(id, { type: 'accepted', text: '12' });
    expect((await inbox.get(id))?.outcome).toEqual(first);
    await inbox.conclude(id, { type: 'accepted', text: '13' });
    expect((await inbox.get(id))?.outcome).toMatchObject({ text: '13' });
  });

  test.each([
    ['of another version', { v: 2, escalation: { id: 'x' } }],
    ['without an id', { v: 1, escalation: {} }],
    ['of nothing', { v: 1 }],
  ])('is none that is stored as a record %s', async (_, record) => {
    const store = memoryStore();
    await store.set('sr:esc:x', JSON.stringify(record));
    expect(await createInbox({ store }).get('x')).toBeUndefined();
  });

  test('that cannot be written for others is an error', async () => {
    const { file } = practiceInbox({ store: { ...memoryStore(), set: async () => false } });
    expect(await errorOf(file())).toMatchObject({ operation: 'file', key: expect.stringMatching(/^[\w-]{24}$/) });
  });

  test('keeps the last 200 changes of who works on it, and every other', () => {
    const at = '2026-01-01T00:00:00Z';
    const entry = (type: 'claimed' | 'assigned' | 'released' | 'noted') => ({ type, at, by: 'ann' }) as AuditEntry;
    for (const type of ['claimed', 'assigned', 'released'] as const) {
      const audit = [entry('noted'), ...Array.from({ length: 200 }, () => entry(type))];
      const added = withAudit(audit, entry('claimed'));
      expect([added.length, added[0]?.type]).toEqual([201, 'noted']);
      expect(withAudit(audit, entry('noted'))).toHaveLength(202);
    }
  });
});

describe('lists', () => {
  test('keep a member whose record is being written, for a minute', async () => {
    const clock = turnableClock();
    const store = memoryStore({ now: clock.now });
    const failing: Store = { ...store, set: () => Promise.reject(new Error('down')) };
    await expect(practiceInbox({ store: failing }, clock).file()).rejects.toThrow();
    const { inbox, file } = practiceInbox({ store }, clock);
    await inbox.list();
    expect(await pendingOf(store)).toHaveLength(1);
    clock.turn(minute + 1);
    await inbox.list();
    expect(await pendingOf(store)).toEqual([]);
    await file();
    expect(await pendingOf(store)).toHaveLength(1);
  });

  test('and numbers tell of a decision whose process died before they were told', async () => {
    const store = memoryStore();
    const { id } = await practiceInbox({ store }).file();
    const dead = { add: () => Promise.reject(new Error('dead')), remove: () => Promise.reject(new Error('dead')) };
    const dying: Store = { ...store, index: (name) => ({ ...store.index(name), ...dead }) };
    await createInbox({ store: dying }).decide(id, { type: 'approve' }, { by: 'ann' });

    const inbox = createInbox({ store });
    expect((await inbox.list()).escalations).toEqual([]);
    expect((await inbox.list({ state: 'decided' })).escalations).toMatchObject([{ id }]);
    expect(await inbox.stats()).toMatchObject({ pending: 0, decided: 1, window: { decisions: { approve: 1 } } });
  });

  test.each([
    ['metadata', { metadata: 'gold' }],
    ['metadata', { metadata: null }],
    ['metadata', { metadata: ['gold'] }],
    ['cursor', { cursor: '[null]' }],
    ['cursor', { cursor: '[1,"x"]' }],
    ['cursor', { cursor: '["x",1]' }],
    ['cursor', { cursor: '{}' }],
  ])('refuse %s that is none: %o', async (argument, options) => {
    const { inbox } = practiceInbox();
    expect(await errorOf(inbox.list(options as object))).toMatchObject({ argument });
  });
});

test('a search finds words of a note, and who wrote it', async () => {
  const { inbox, file } = practiceInbox();
  const { id } = await file();
  await file();
  await inbox.note(id, { by: 'Ann Archer', text: 'Ask the vendor.' });
  for (const search of ['archer', 'vendor ask', id.slice(0, 8)]) {
    expect((await inbox.list({ search })).escalations.map((found) => found.id)).toEqual([id]);
  }
  expect((await inbox.list({ search: 'changed' })).escalations).toEqual([]);
});

test('an export gives the oldest decision first, of the time asked for', async () => {
  const clock = turnableClock();
  const { inbox, file } = practiceInbox({}, clock);
  const ids = [(await file()).id, (await file()).id, (await file()).id].reverse();
  const times: string[] = [];
  for (const id of ids) {
    clock.turn(minute);
    times.push(new Date(clock.now()).toISOString());
    await inbox.decide(id, { type: 'approve' });
  }
  const exported = async (options: object) => {
    const found: string[] = [];
    for await (const line of inbox.exportDecisions(options)) found.push(JSON.parse(line).id);
    return found;
  };
  expect(await exported({})).toEqual(ids);
  expect(await exported({ since: times[1] })).toEqual(ids.slice(1));
  expect(await exported({ until: times[1] })).toEqual(ids.slice(0, 1));
});

test('changes are told from a time on', async () => {
  const clock = turnableClock();
  const { inbox, file } = practiceInbox({}, clock);
  await file();
  clock.turn(minute);
  const after = new Date(clock.now()).toISOString();
  const { id } = await file();
  for await (const { escalation } of inbox.changes({ after })) {
    expect(escalation.id).toBe(id);
    break;
  }
});

test('a wait for a decision needs a time', async () => {
  const { inbox, file } = practiceInbox();
  const { id } = await file();
  expect(await errorOf(inbox.waitFor(id, {} as never))).toMatchObject({ argument: 'timeoutMs' });
  expect(await inbox.waitFor(id, { timeoutMs: 0 })).toBeUndefined();
});

test.each([
  ['since', { since: 'yesterday' }],
  ['until', { until: 'tomorrow' }],
])('an export refuses a time that is none: %s', async (argument, options) => {
  const { inbox } = practiceInbox();
  const reading = (async () => {
    for await (const _ of inbox.exportDecisions(options));
  })();
  expect(await errorOf(reading)).toMatchObject({ argument });
});

describe('a request', () => {
  const results = (...ids: readonly string[]): Prompt => [
    { role: 'user', content: [{ type: 'text', text: 'Who?' }] },
    {
      role: 'assistant',
      content: ['a', 'b'].map((id) => ({ type: 'tool-call', toolCallId: id, toolName: 'pay', input: {} }) as const),
    },
    {
      role: 'tool',
      content: ids.map((toolCallId, index) => {
        const output = { type: 'text', value: `${index}` } as const;
        return { type: 'tool-result', toolCallId, toolName: 'pay', output } as const;
      }),
    },
  ];
  const keyOf = (prompt: Prompt) =>
    requestKey({ scope: 's', model: { provider: 'p', modelId: 'm' }, params: { prompt } });
  const renamed = (prompt: Prompt) => JSON.parse(JSON.stringify(prompt).replaceAll('Id":"', 'Id":"other-')) as Prompt;

  test('is known again under other ids of its calls, and is another one if their results are swapped', async () => {
    expect(await keyOf(renamed(results('a', 'b')))).toBe(await keyOf(results('a', 'b')));
    expect(await keyOf(results('b', 'a'))).not.toBe(await keyOf(results('a', 'b')));
  });
});

describe('what stands at the key of a record and is none', () => {
  /** An inbox with two escalations, and a way to change what is stored of the second. */
  async function practised() {
    const store = memoryStore();
    const { inbox, file } = practiceInbox({ store });
    await file();
    const { id } = await file('13', { key: 'second' });
    const text = (await store.get(`sr:esc:${id}`)) ?? '';
    const put = (stored: string) => store.set(`sr:esc:${id}`, stored);
    return { inbox, file, id, put, text, record: JSON.parse(text) };
  }

  const spoilt: Readonly<
    Record<string, (record: { history: unknown; announced: unknown; escalation: Record<string, unknown> }) => void>
  > = {
    'no history': (record) => Object.assign(record, { history: undefined }),
    'a history of nothing': (record) => Object.assign(record, { history: [null] }),
    'an attempt without a text': (record) => Object.assign(record, { history: [{ type: 'attempt' }] }),
    'an attempt without a verdict': (record) =>
      Object.assign(record, { history: [{ type: 'attempt', number: 1, text: '' }] }),
    'an entry of a decision without one': (record) => Object.assign(record, { history: [{ type: 'decision' }] }),
    'no word of whether it was announced': (record) => Object.assign(record, { announced: undefined }),
    'the id of another': ({ escalation }) => Object.assign(escalation, { id: 'x'.repeat(24) }),
    'no scope': ({ escalation }) => Object.assign(escalation, { scope: 5 }),
    'no end': ({ escalation }) => Object.assign(escalation, { expiresAt: 'never' }),
    'no issues': ({ escalation }) => Object.assign(escalation, { issues: undefined }),
    'no audit': ({ escalation }) => Object.assign(escalation, { audit: undefined }),
    'notes that are none': ({ escalation }) => Object.assign(escalation, { notes: 'x' }),
    'a claim that is none': ({ escalation }) => Object.assign(escalation, { claimed: 5 }),
    'an unknown decision': ({ escalation }) =>
      Object.assign(escalation, { decision: { type: 'alien', at: '2026-01-01' } }),
    'an edit without a text': ({ escalation }) =>
      Object.assign(escalation, { decision: { type: 'edit', at: '2026-01-01' } }),
  };

  test.each(Object.keys(spoilt))('is left out of lists, and is not decided: %s', async (what) => {
    const { inbox, id, put, record } = await practised();
    spoilt[what]?.(record);
    await put(JSON.stringify(record));
    expect((await inbox.list()).escalations).toHaveLength(1);
    expect((await inbox.list({ summary: true, search: 'x' })).escalations).toHaveLength(0);
    expect(await inbox.get(id)).toBeUndefined();
    expect(await errorOf(inbox.decide(id, { type: 'approve' }))).toMatchObject({ name: 'AI_InvalidArgumentError' });
    expect(await errorOf(inbox.claim(id, { by: 'ann' }))).toMatchObject({ name: 'AI_InvalidArgumentError' });
    expect(await inbox.stats()).toMatchObject({ pending: expect.any(Number) });
  });

  test.each(['garbage', '5', '[]'])('is replaced when the request files again: %s', async (stored) => {
    const { inbox, file, id, put } = await practised();
    await put(stored);
    expect(await file('14', { key: 'second' })).toMatchObject({ id, proposal: '14' });
    expect(await inbox.get(id)).toMatchObject({ proposal: '14' });
  });

  test('is not replaced where it may be of a later version', async () => {
    const { file, put, record } = await practised();
    const later = JSON.stringify({ ...record, v: 2 });
    await put(later);
    expect(await errorOf(file('14', { key: 'second' }))).toMatchObject({ name: 'StagedRetry_StoreError' });
  });

  test('a store that takes no write is given up', async () => {
    const store = memoryStore();
    let isTaking = true;
    let writes = 0;
    const stubborn: Store = {
      ...store,
      set(key, value, options) {
        writes += 1;
        return isTaking ? store.set(key, value, options) : Promise.resolve(false);
      },
    };
    const { inbox, file } = practiceInbox({ store: stubborn });
    const { id } = await file();
    isTaking = false;
    writes = 0;
    expect(await errorOf(inbox.claim(id, { by: 'ann' }))).toMatchObject({ name: 'StagedRetry_StoreError' });
    expect(writes).toBe(200);
  });
});

import { readFileSync } from 'node:fs';
import { generateText } from 'ai';
import { describe, expect, test } from 'vitest';
import {
  check,
  createInbox,
  EscalationPendingError,
  human,
  memoryStore,
  reportOf,
  retry,
  type Store,
  StoreError,
  withStagedRetry,
} from '../../../src/index.ts';
import { scriptedModel } from '../../../src/testing/index.ts';
import { errorOf } from '../../fixtures.ts';

interface Written {
  readonly values: Readonly<Record<string, string>>;
  readonly indexes: Readonly<Record<string, readonly (readonly [member: string, score: number])[]>>;
}

/** What version 0.1 (commit a313328) left on a store: escalations in every state, kept for a hundred years, and a cache entry. */
const written: Readonly<Record<string, Written>> = JSON.parse(
  readFileSync(new URL('written-by-0.1.json', import.meta.url), 'utf8'),
);
const id = 'mlYSmSNbRBAioLIm9LlGNorc';
const key = `sr:esc:${id}`;

async function storeOf({ values, indexes }: Written): Promise<Store> {
  const store = memoryStore();
  for (const [name, value] of Object.entries(values)) await store.set(name, value);
  for (const [name, members] of Object.entries(indexes)) {
    for (const [member, score] of members) await store.index(name).add(member, score);
  }
  return store;
}

const leftBy = (what: string) => storeOf(written[what] as Written);

const right = check('right', ({ text }) => text === '12' || `Not ${text}.`);

/** Sends the request that 0.1 was sent. */
async function send(store: Store, ...answers: string[]) {
  const inbox = createInbox({ store });
  const model = scriptedModel(answers);
  const stages = [retry({ attempts: 2 }), human({ inbox })];
  const wrapped = withStagedRetry(model, { checks: [right], stages, scope: 'public' });
  const answer = generateText({ model: wrapped, prompt: 'Total?' });
  return { inbox, answer, model };
}

describe('what 0.1 left on a store', () => {
  test('pending is found, not filed or asked again, and can be decided', async () => {
    const store = await leftBy('pending');
    const { inbox, answer, model } = await send(store, '99');
    const pending = EscalationPendingError.find(await errorOf(answer));
    expect([pending?.escalation.id, model.calls.length]).toEqual([id, 0]);
    expect((await inbox.list({ state: 'pending' })).escalations.map((each) => each.id)).toEqual([id]);

    expect(await inbox.decide(id, { type: 'edit', text: '12' }, { by: 'Bob' })).toMatchObject({ won: true });

    const later = await send(store, '99');
    expect([(await later.answer).text, later.model.calls.length]).toEqual(['12', 0]);
  });

  test.each([
    ['approve', '11', 0],
    ['edit', '12', 0],
    ['retry', '12', 1],
  ])('decided as %s is applied, and a second decision is too late', async (type, text, calls) => {
    const { inbox, answer, model } = await send(await leftBy(type), '12');
    const result = await answer;
    expect([result.text, model.calls.length]).toEqual([text, calls]);
    expect(reportOf(result.providerMetadata)?.decision).toMatchObject({ type, by: 'Ada' });
    expect(await inbox.decide(id, { type: 'reject' })).toMatchObject({ won: false });
  });

  test('passed on to nobody, which 0.1 let a person do, ends the run and says so', async () => {
    const { answer } = await send(await leftBy('escalate'), '12');
    expect(await errorOf(answer)).toMatchObject({
      message: expect.stringContaining('the ladder has no further person'),
    });
  });

  test('in the cache is a hit', async () => {
    const store = await leftBy('cache');
    const model = scriptedModel(['12']);
    const wrapped = withStagedRetry(model, { checks: [right], cache: { store }, scope: 'public' });
    for (let time = 0; time < 2; time += 1)
      expect((await generateText({ model: wrapped, prompt: 'Total?' })).text).toBe('12');
    expect(model.calls.length).toBe(0);
  });
});

describe('what a later version leaves on a store', () => {
  /** A record with members that this version does not know, at every level. */
  async function later(change: (record: Record<string, unknown>) => object): Promise<Store> {
    const { values, indexes } = written.pending as Written;
    const record = JSON.parse(values[key] ?? '');
    return await storeOf({ values: { [key]: JSON.stringify(change(record)) }, indexes });
  }

  test('keeps the members that this version does not know when it is decided', async () => {
    const store = await later((record) => ({
      ...record,
      mood: 'new',
      escalation: { ...(record.escalation as object), colour: 'red' },
      history: [...(record.history as object[]), { type: 'thought', text: 'new' }],
    }));
    const { inbox } = await send(store, '99');

    expect(await inbox.decide(id, { type: 'edit', text: '12' })).toMatchObject({ won: true });

    expect(JSON.parse((await store.get(key)) ?? '')).toMatchObject({
      mood: 'new',
      escalation: { colour: 'red', decision: { type: 'edit' } },
      history: [{}, {}, { type: 'thought', text: 'new' }],
    });
    expect((await (await send(store, '99')).answer).text).toBe('12');
  });

  test('under a version that this one does not know is never written over', async () => {
    const store = await later((record) => ({ ...record, v: 2 }));
    const before = await store.get(key);
    const { inbox, answer } = await send(store, '10', '11');

    expect(StoreError.find(await errorOf(answer))?.message).toContain('something else is stored');

    expect(await inbox.get(id)).toBeUndefined();
    expect(await store.get(key)).toBe(before);
  });

  test('in the cache under such a version is a miss', async () => {
    const { values } = written.cache as Written;
    const [[name = '', entry = ''] = []] = Object.entries(values);
    const store = await storeOf({ values: { [name]: JSON.stringify({ ...JSON.parse(entry), v: 99 }) }, indexes: {} });
    const model = scriptedModel(['12']);
    const wrapped = withStagedRetry(model, { checks: [right], cache: { store }, scope: 'public' });
    expect((await generateText({ model: wrapped, prompt: 'Total?' })).text).toBe('12');
    expect(model.calls).toHaveLength(1);
  });
});

test('what this version writes has every member that 0.1 reads', async () => {
  const store = memoryStore();
  await errorOf((await send(store, '10', '11')).answer);
  const ours = JSON.parse((await store.get(key)) ?? '');
  const theirs = JSON.parse((written.pending as Written).values[key] ?? '');
  // 0.1 passes over entries of a history that it does not know.
  ours.history = ours.history.filter(({ type }: { type: string }) => type === 'attempt');
  expect(shapeOf(ours)).toMatchObject(shapeOf(theirs));
});

/** A value with the names of types in place of its scalars. */
function shapeOf(value: unknown): never {
  const shape = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(shape);
    if (typeof inner !== 'object' || inner === null) return typeof inner;
    return Object.fromEntries(Object.entries(inner).map(([name, member]) => [name, shape(member)]));
  };
  return shape(value) as never; // compared, and not used
}

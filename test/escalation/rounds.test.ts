import { generateText } from 'ai';
import { describe, expect, test } from 'vitest';
import {
  check,
  createInbox,
  type Decision,
  type Escalation,
  EscalationPendingError,
  human,
  type Inbox,
  memoryStore,
  retry,
  StagesExhaustedError,
  type Store,
  withStagedRetry,
} from '../../src/index.ts';
import { type ScriptedAnswer, type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import { turnableClock } from './practice-inbox.ts';

const prompt = 'Total?';
const hourMs = 3_600_000;
const right = check('right', ({ text }) => text === '12' || `Not ${text}.`);

/** Processes that share a store and a clock; `send` sends the same request from a new one. */
function team({ ttlMs = 10 * hourMs, expertTtlMs = ttlMs, expertStore }: TeamOptions = {}) {
  const clock = turnableClock();
  const store = memoryStore({ now: clock.now });
  const inbox = createInbox({ store, ttlMs }, clock);
  const experts = createInbox({ store: expertStore?.(clock.now) ?? store, ttlMs: expertTtlMs }, clock);

  async function send(...answers: readonly ScriptedAnswer[]) {
    const model = scriptedModel(answers) as ScriptedModel;
    const stages = [
      retry({ attempts: 1 }),
      human({ inbox, attempts: 9 }),
      human({ name: 'expert', inbox: experts, attempts: 9 }),
    ];
    const wrapped = withStagedRetry(model, { checks: [right], stages, scope: 'tenant' });
    const [sent] = await Promise.allSettled([generateText({ model: wrapped, prompt })]);
    const calls = model.calls.length;
    if (sent.status === 'fulfilled') return { calls, text: sent.value.text };
    return { calls, error: sent.reason, pending: EscalationPendingError.find(sent.reason)?.escalation };
  }

  /** Sends the request, and decides about what is pending then. */
  async function round(decision: Decision, { in: where = inbox, by }: RoundOptions = {}): Promise<Escalation> {
    const { pending } = await send('10', '10');
    if (pending === undefined) throw new Error('Nothing is pending.');
    expect((await where.decide(pending.id, decision, { by })).won).toBe(true);
    return pending;
  }

  return { clock, store, inbox, experts, send, round };
}

interface RoundOptions {
  readonly in?: Inbox;
  readonly by?: string;
}

interface TeamOptions {
  readonly ttlMs?: number;
  readonly expertTtlMs?: number;
  readonly expertStore?: (now: () => number) => Store;
}

const wrong: Decision = { type: 'edit', text: '13' };

test('a later round shows what was decided in the rounds before it', async () => {
  const { round } = team();
  const first = await round({ type: 'retry', advice: 'Add them up.' });
  const second = await round(wrong, { by: 'ann' });
  const third = await round({ type: 'approve' });

  const at = expect.any(String);
  const advice = { type: 'retry', advice: 'Add them up.', at };
  expect(first).not.toHaveProperty('earlier');
  expect(second.earlier).toMatchObject([{ escalationId: first.id, decision: advice }]);
  expect(third.earlier).toMatchObject([
    { escalationId: first.id, decision: advice },
    { escalationId: second.id, decision: { ...wrong, by: 'ann', at } },
  ]);
});

describe('a decision counts until its own escalation expires', () => {
  test.each([
    ['an edit', { type: 'edit', text: '12' }, '12'],
    ['an approval', { type: 'approve' }, '13'],
    ['an edit that stands', { type: 'edit', text: 'twelve', force: true }, 'twelve'],
  ] as const)('%s of round 1, once round 0 has expired', async (_, decision, expected) => {
    const { clock, round, send } = team();
    await round(wrong);
    clock.turn(9 * hourMs);
    await round(decision);
    clock.turn(2 * hourMs);

    const { text, calls } = await send('99');

    expect([text, calls]).toEqual([expected, 0]);
  });

  test('a rejection of round 1, once round 0 has expired', async () => {
    const { clock, round, send } = team();
    await round(wrong);
    clock.turn(9 * hourMs);
    await round({ type: 'reject' });
    clock.turn(2 * hourMs);

    const { error, calls } = await send('99');

    expect(StagesExhaustedError.find(error)?.reason).toBe('rejected');
    expect(calls).toBe(0);
  });

  test('advice of round 1, once round 0 has expired', async () => {
    const { clock, round, send } = team();
    await round(wrong);
    clock.turn(9 * hourMs);
    await round({ type: 'retry', advice: 'It is a dozen.' });
    clock.turn(2 * hourMs);

    expect(await send('12')).toMatchObject({ text: '12', calls: 1 });
  });

  test('one of round 3, long after the store would have forgotten the first', async () => {
    const { clock, round, send } = team();
    for (let rounds = 0; rounds < 3; rounds += 1) {
      await round(wrong);
      clock.turn(9 * hourMs);
    }
    const { attempts } = await round({ type: 'edit', text: '12' });
    expect(attempts.map(({ text }) => text)).toEqual(['10', '13', '13', '13']);
    clock.turn(9 * hourMs);

    expect(await send('99')).toMatchObject({ text: '12', calls: 0 });
  });

  test('one of the next tier, whose escalations wait longer', async () => {
    const { clock, experts, round, send } = team({ ttlMs: hourMs, expertTtlMs: 50 * hourMs });
    await round({ type: 'escalate' });
    await round({ type: 'edit', text: '12' }, { in: experts });
    clock.turn(40 * hourMs);

    expect(await send('99')).toMatchObject({ text: '12', calls: 0 });
  });

  test('one of the next tier on a store of its own', async () => {
    const options = { ttlMs: hourMs, expertTtlMs: 50 * hourMs };
    const { clock, experts, round, send } = team({ ...options, expertStore: (now) => memoryStore({ now }) });
    await round({ type: 'escalate' });
    await round({ type: 'edit', text: '12' }, { in: experts });
    clock.turn(40 * hourMs);

    expect(await send('99')).toMatchObject({ text: '12', calls: 0 });
  });

  test('and what is pending in round 1 is found, not filed again', async () => {
    const { clock, round, send, inbox } = team();
    await round(wrong);
    clock.turn(9 * hourMs);
    const { pending } = await send();
    clock.turn(2 * hourMs);

    const again = await send('99');

    expect([again.pending?.id, again.calls]).toEqual([pending?.id, 0]);
    expect((await inbox.list()).escalations).toHaveLength(1);
  });

  test('and once that has expired too, the request begins afresh', async () => {
    const { clock, round, send } = team();
    await round(wrong);
    await round({ type: 'edit', text: '12' });
    clock.turn(10 * hourMs);

    const { calls, pending } = await send('99');

    expect(calls).toBe(1);
    expect(pending?.attempts).toHaveLength(1);
  });
});

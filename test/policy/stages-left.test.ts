import { expect, test } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import type { Rung } from '../../src/policy/rung.ts';
import type { Situation } from '../../src/policy/situation.ts';
import type { HistoryEntry } from '../../src/trace/history.ts';
import { decided, failed, history, issue, passed, providerFailed, skipped } from './history.ts';
import { fallbackRung, humanRung, retryRung, toolsRung } from './ladders.ts';

/** The whole move: what is next, and what it leaves behind. */
function move(ladder: readonly Rung[], entries: readonly HistoryEntry[], rest: Partial<Situation> = {}) {
  return decide({ ladder, history: history(...entries), ...rest });
}

function left(stage: string, reason: string, attempts: number, maxAttempts: number, detail: object = {}) {
  return { type: 'stage-end', stage, reason, attempts, maxAttempts, ...detail };
}

/** What failed, without its place and time. */
const failure = { error: { model: 'model' } };

test('a stage that goes on leaves nothing behind', () => {
  expect(move([retryRung(2)], [])).toEqual({ type: 'attempt', rung: 0, left: [] });
  expect(move([toolsRung(1)], [])).toEqual({ type: 'attempt', rung: -1, left: [] });
  expect(move([retryRung(2)], [failed('retry')])).toEqual({ type: 'attempt', rung: 0, left: [] });
});

test('a first stage of no attempts does not count the plain call', () => {
  expect(move([retryRung(0), toolsRung(1)], [])).toEqual({ type: 'attempt', rung: -1, left: [] });
});

test('an accepted answer ends its stage, and the plain call ends none', () => {
  expect(move([retryRung(2)], [failed('retry'), passed('retry')])).toEqual({
    type: 'accept',
    attempt: 2,
    left: [left('retry', 'accepted', 2, 2)],
  });
  expect(move([toolsRung(2)], [passed('call')])).toEqual({ type: 'accept', attempt: 1, left: [] });
});

test('every stage that is passed over says why', () => {
  const kinds = ['schema', 'refused'] as const;
  const found = failed('retry', { issues: kinds.map((kind) => issue(kind, kind)) });
  const schemaOnly: Rung = { name: 'repair', attempts: 1, handles: ['schema'] };
  expect(move([retryRung(1), schemaOnly, humanRung()], [found])).toEqual({
    type: 'ask',
    rung: 2,
    left: [left('retry', 'attempts-used', 1, 1), left('repair', 'not-handled', 0, 1, { kinds: ['refused'] })],
  });
});

test('a stage that repeats itself names the attempt it repeats', () => {
  const [first, other] = [failed('retry', { text: 'a' }), failed('retry', { text: 'b' })];
  expect(move([retryRung(5)], [first, other, failed('retry', { text: 'a' })])).toEqual({
    type: 'give-up',
    reason: 'exhausted',
    left: [left('retry', 'no-progress', 3, 5, { repeats: { type: 'answer', attempt: 1 } })],
  });
});

test('a provider failure ends the stages of its model, one by one', () => {
  const ladder = [retryRung(2), toolsRung(2), fallbackRung(1)];
  expect(move(ladder, [failed('retry'), providerFailed('retry')])).toEqual({
    type: 'attempt',
    rung: 2,
    left: [left('retry', 'provider-failed', 1, 2, failure), left('tools', 'provider-failed', 0, 2, failure)],
  });
});

test('a stage that was left is not left again', () => {
  expect(move([retryRung(3), toolsRung(1)], [failed('retry'), skipped('retry')])).toMatchObject({ rung: 1, left: [] });
});

test('a stage that the budget holds back names the limit', () => {
  expect(move([retryRung(3), toolsRung(2)], [failed('retry')], { reachedLimit: 'usd' })).toEqual({
    type: 'give-up',
    reason: 'budget',
    limit: 'usd',
    left: [left('retry', 'budget', 1, 3, { limit: 'usd' }), left('tools', 'budget', 0, 2, { limit: 'usd' })],
  });
});

test('a budget that is reached before the first call makes none', () => {
  const held = { type: 'give-up', reason: 'budget', limit: 'attempts' };
  expect(move([], [], { reachedLimit: 'attempts' })).toEqual({ ...held, left: [] });
  expect(move([toolsRung(1)], [], { reachedLimit: 'attempts' })).toMatchObject(held);
});

test('a stage that the budget ended stays the reason when nothing is left above it', () => {
  const ended = { ...skipped('retry'), reason: 'budget' } as HistoryEntry;
  expect(move([retryRung(2)], [failed('retry'), ended], { reachedLimit: 'usd' })).toMatchObject({ reason: 'budget' });
  expect(move([retryRung(2)], [failed('retry'), skipped('retry')], { reachedLimit: 'usd' })).toMatchObject({
    reason: 'exhausted',
  });
});

test('what a person decides ends their stage, and an escalation the stages it skips', () => {
  const ladder = [retryRung(1), humanRung(1, 'support'), fallbackRung(1), humanRung(1, 'lead')];
  const asked = [failed('retry'), left('retry', 'attempts-used', 1, 1) as HistoryEntry];
  const support = (decision: string) => left('support', 'decided', 0, 1, { decision });
  expect(move(ladder, [...asked, decided('support', { type: 'approve' })])).toEqual({
    type: 'accept',
    attempt: 1,
    left: [support('approve')],
  });
  expect(move(ladder, [...asked, decided('support', { type: 'reject' })])).toEqual({
    type: 'give-up',
    reason: 'rejected',
    left: [support('reject')],
  });
  expect(move(ladder, [...asked, decided('support', { type: 'edit', text: 'b' })])).toEqual({
    type: 'attempt',
    rung: 1,
    left: [],
  });
  expect(move(ladder, [...asked, decided('support', { type: 'escalate' })])).toEqual({
    type: 'ask',
    rung: 3,
    left: [support('escalate'), left('fallback', 'decided', 0, 1)],
  });
  expect(move(ladder, [...asked, decided('lead', { type: 'escalate' })])).toEqual({
    type: 'give-up',
    reason: 'exhausted',
    left: [left('lead', 'decided', 0, 1, { decision: 'escalate' })],
  });
});

test('an approval with no attempt to approve ends the run', () => {
  expect(move([humanRung()], [providerFailed('call'), decided('human', { type: 'approve' })])).toEqual({
    type: 'give-up',
    reason: 'exhausted',
    left: [left('human', 'decided', 0, 3, { decision: 'approve' })],
  });
});

test('advice for a person who may not try again, or that the budget holds back, says which', () => {
  const advice = decided('human', { type: 'retry', advice: 'again' });
  expect(move([humanRung(1)], [failed('call'), advice])).toEqual({ type: 'attempt', rung: 0, left: [] });
  expect(move([humanRung(1)], [failed('human'), advice])).toEqual({
    type: 'give-up',
    reason: 'exhausted',
    left: [left('human', 'attempts-used', 1, 1)],
  });
  expect(move([humanRung(1)], [failed('call'), advice], { reachedLimit: 'usd' })).toEqual({
    type: 'give-up',
    reason: 'budget',
    limit: 'usd',
    left: [left('human', 'budget', 0, 1, { limit: 'usd' })],
  });
});

test('advice that met a failing provider goes on above the person', () => {
  const ladder = [humanRung(2), fallbackRung(1)];
  const advised = [failed('call'), decided('human', { type: 'retry', advice: 'again' }), providerFailed('human')];
  expect(move(ladder, advised)).toEqual({
    type: 'attempt',
    rung: 1,
    left: [left('human', 'provider-failed', 0, 2, failure)],
  });
});

test('only an edit that is forced stands whatever the checks say', () => {
  const ladder = [retryRung(1), humanRung(2)];
  const after = (type: 'edit' | 'retry', force?: true) => [
    failed('retry'),
    decided('human', { type, text: 'b', advice: 'b', ...(force && { force }) } as never),
    failed('human'),
  ];
  expect(move(ladder, after('edit', true))).toMatchObject({ type: 'accept', attempt: 2 });
  expect(move(ladder, after('edit'))).toMatchObject({ type: 'ask', rung: 1 });
  expect(move(ladder, after('retry', true))).toMatchObject({ type: 'ask', rung: 1 });
});

test('a stage whose attempts are used up says so, though its model failed too', () => {
  expect(move([retryRung(1), fallbackRung(1)], [failed('retry'), providerFailed('retry')])).toEqual({
    type: 'attempt',
    rung: 1,
    left: [left('retry', 'attempts-used', 1, 1)],
  });
});

test('a failure of the plain call counts for the wrapped model', () => {
  expect(move([toolsRung(1), fallbackRung(1)], [providerFailed('call')])).toMatchObject({
    rung: 1,
    left: [left('tools', 'provider-failed', 0, 1)],
  });
});

test('only what is left for want of budget names the limit', () => {
  const approved = [failed('call'), decided('human', { type: 'approve' })];
  expect(move([humanRung()], approved, { reachedLimit: 'usd' }).left).toEqual([
    left('human', 'decided', 0, 3, { decision: 'approve' }),
  ]);
});

test('the latest answer alone says whether a stage can handle what was found', () => {
  const missing = failed('retry', { issues: [issue('Ask.', 'missing-information')] });
  expect(move([retryRung(3)], [missing, failed('retry')])).toMatchObject({ type: 'attempt', rung: 0 });
});

test('a person of no attempts is asked once, whatever another person decided', () => {
  const ladder = [humanRung(1, 'support'), humanRung(0, 'lead')];
  const escalated = [failed('call'), decided('support', { type: 'retry', advice: 'a' }), failed('support')];
  expect(move(ladder, escalated)).toEqual({ type: 'ask', rung: 1, left: [left('support', 'attempts-used', 1, 1)] });
});

test('a stage whose answer is accepted says what a person did for it', () => {
  const ladder = [retryRung(1), humanRung(2)];
  const asked = [failed('retry'), decided('human', { type: 'edit', text: 'b' })];
  expect(move(ladder, [...asked, passed('human')]).left).toEqual([
    left('human', 'accepted', 1, 2, { decision: 'edit' }),
  ]);
  expect(move(ladder, [passed('retry')]).left).toEqual([left('retry', 'accepted', 1, 1)]);
});

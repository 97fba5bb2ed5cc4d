import { describe, expect, test } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import type { HistoryEntry } from '../../src/trace/history.ts';
import { decided, failed, history, issue, passed, providerFailed, skipped } from './history.ts';
import { fallbackRung, humanRung, retryRung, toolsRung } from './ladders.ts';

const ladder = [retryRung(2), toolsRung(2), humanRung()];

function next(...entries: readonly HistoryEntry[]) {
  return decide({ ladder, history: history(...entries) });
}

describe('attempt 1', () => {
  test('is the plain call and counts for a retry stage that comes first', () => {
    expect(decide({ ladder: [retryRung(2)], history: [] })).toMatchObject({ type: 'attempt', rung: 0 });
  });

  test('counts for no stage where another one comes first', () => {
    expect(decide({ ladder: [toolsRung(1), retryRung(1)], history: [] })).toMatchObject({ type: 'attempt', rung: -1 });
    expect(decide({ ladder: [humanRung()], history: [] })).toMatchObject({ type: 'attempt', rung: -1 });
    expect(decide({ ladder: [], history: [] })).toMatchObject({ type: 'attempt', rung: -1 });
  });

  test('leaves the first stage all its attempts when it counted for none', () => {
    const tools = [toolsRung(1)];
    expect(decide({ ladder: tools, history: history(failed('call')) })).toMatchObject({ type: 'attempt', rung: 0 });
    expect(decide({ ladder: tools, history: history(failed('call'), failed('tools')) })).toMatchObject({
      type: 'give-up',
      reason: 'exhausted',
    });
  });
});

describe('the ladder', () => {
  test('is climbed stage by stage, tools from attempt 3 on, and the person after attempt 4', () => {
    const entries: HistoryEntry[] = [];
    expect(next(...entries)).toMatchObject({ type: 'attempt', rung: 0 });
    entries.push(failed('retry'));
    expect(next(...entries)).toMatchObject({ type: 'attempt', rung: 0 });
    entries.push(failed('retry'));
    expect(next(...entries)).toMatchObject({ type: 'attempt', rung: 1 });
    entries.push(failed('tools'));
    expect(next(...entries)).toMatchObject({ type: 'attempt', rung: 1 });
    entries.push(failed('tools'));
    expect(next(...entries)).toMatchObject({ type: 'ask', rung: 2 });
  });

  test('ends with the first answer that passes', () => {
    expect(next(failed('retry'), passed('retry'))).toMatchObject({ type: 'accept', attempt: 2 });
  });

  test('is exhausted when its last stage is', () => {
    expect(decide({ ladder: [retryRung(1)], history: history(failed('retry')) })).toMatchObject({
      type: 'give-up',
      reason: 'exhausted',
    });
  });

  test('passes over stages that do not handle what was found', () => {
    const missing = failed('retry', { issues: [issue('Ask for the order number.', 'missing-information')] });
    expect(next(missing)).toMatchObject({ type: 'ask', rung: 2 });
  });

  test('takes a stage that handles every kind that was found, and no other', () => {
    const repair = { name: 'repair', attempts: 1, handles: ['schema'] } as const;
    const stages = [retryRung(1), repair, toolsRung(1)];
    const schemaIssue = issue('Make total a number.', 'schema');
    expect(decide({ ladder: stages, history: history(failed('retry', { issues: [schemaIssue] })) })).toMatchObject({
      type: 'attempt',
      rung: 1,
    });
    const both = failed('retry', { issues: [schemaIssue, issue('Add up the lines.')] });
    expect(decide({ ladder: stages, history: history(both) })).toMatchObject({ type: 'attempt', rung: 2 });
  });

  test('leaves a stage that had nothing to propose', () => {
    expect(next(failed('retry'), failed('retry'), skipped('tools'))).toMatchObject({ type: 'ask', rung: 2 });
  });
});

describe('convergence', () => {
  const again = [issue('Make total a number.', 'schema', ['total'])];

  test('leaves a stage whose answer was there before, however it is written', () => {
    const first = failed('retry', { text: '{"a": 1, "b": 2}' });
    const same = failed('retry', { text: '{"b":2,"a":1}' });
    const stages = [retryRung(5), toolsRung(2)];
    expect(decide({ ladder: stages, history: history(first, same) })).toMatchObject({ type: 'attempt', rung: 1 });
    expect(decide({ ladder: stages, history: history(first, failed('retry'), same) })).toMatchObject({
      type: 'attempt',
      rung: 1,
    });
  });

  test('leaves a stage whose issues come twice in a row', () => {
    const stages = [retryRung(5), toolsRung(2)];
    const twice = history(failed('retry', { issues: again }), failed('retry', { issues: again }));
    expect(decide({ ladder: stages, history: twice })).toMatchObject({ type: 'attempt', rung: 1 });
    const apart = history(failed('retry', { issues: again }), failed('retry'), failed('retry', { issues: again }));
    expect(decide({ ladder: stages, history: apart })).toMatchObject({ type: 'attempt', rung: 0 });
  });

  test('compares within one stage alone', () => {
    const repeated = history(failed('retry', { issues: again }), failed('retry'), failed('tools', { issues: again }));
    expect(decide({ ladder, history: repeated })).toMatchObject({ type: 'attempt', rung: 1 });
  });

  test('is off when the caller says so', () => {
    const twice = history(failed('retry', { issues: again }), failed('retry', { issues: again }));
    const stages = [retryRung(3)];
    expect(decide({ ladder: stages, history: twice, convergence: 'off' })).toMatchObject({ type: 'attempt', rung: 0 });
    expect(decide({ ladder: stages, history: twice })).toMatchObject({ type: 'give-up', reason: 'exhausted' });
  });
});

describe('a person', () => {
  const filed = [
    failed('retry'),
    failed('retry', { issues: [issue('a'), issue('b')] }),
    failed('tools'),
    failed('tools'),
  ];

  test('approves the best attempt: the fewest issues, of equals the latest', () => {
    expect(next(...filed, decided('human', { type: 'approve' }))).toMatchObject({ type: 'accept', attempt: 4 });
  });

  test('approves the attempt that is named', () => {
    expect(next(...filed, decided('human', { type: 'approve', attempt: 2 }))).toMatchObject({
      type: 'accept',
      attempt: 2,
    });
  });

  test.each([undefined, 1])('approves nothing that was cancelled early (%s)', (attempt) => {
    const half = { ...failed('retry'), estimatedTokens: 4 };
    const approved = decided('human', { type: 'approve', ...(attempt === undefined ? {} : { attempt }) });
    expect(next(half, approved)).toMatchObject({ type: 'give-up', reason: 'exhausted' });
  });

  test('edits: the text is an attempt and is judged', () => {
    const edit = decided('human', { type: 'edit', text: 'edited' });
    expect(next(...filed, edit)).toMatchObject({ type: 'attempt', rung: 2 });
    expect(next(...filed, edit, passed('human'))).toMatchObject({ type: 'accept', attempt: 5 });
    expect(next(...filed, edit, failed('human'))).toMatchObject({ type: 'ask', rung: 2 });
  });

  test('forces an edit that fails its checks', () => {
    const forced = decided('human', { type: 'edit', text: 'edited', force: true });
    expect(next(...filed, forced, failed('human'))).toMatchObject({ type: 'accept', attempt: 5 });
  });

  test('sends the model back with advice', () => {
    expect(next(...filed, decided('human', { type: 'retry', advice: 'Look at page 2.' }))).toMatchObject({
      type: 'attempt',
      rung: 2,
    });
  });

  test('is not asked again once as many of their answers failed as the stage allows', () => {
    const retried = [decided('human', { type: 'retry', advice: 'again' }), failed('human')] as const;
    expect(next(...filed, ...retried, ...retried)).toMatchObject({ type: 'ask', rung: 2 });
    expect(next(...filed, ...retried, ...retried, ...retried)).toMatchObject({ type: 'give-up', reason: 'exhausted' });
  });

  test('rejects, which ends the run', () => {
    expect(next(...filed, decided('human', { type: 'reject' }))).toMatchObject({ type: 'give-up', reason: 'rejected' });
  });

  test('escalates to the next person, where there is one', () => {
    const two = [retryRung(1), humanRung(1, 'support'), fallbackRung(1), humanRung(1, 'lead')];
    const escalated = history(failed('retry'), decided('support', { type: 'escalate' }));
    expect(decide({ ladder: two, history: escalated })).toMatchObject({ type: 'ask', rung: 3 });
    expect(next(...filed, decided('human', { type: 'escalate' }))).toMatchObject({
      type: 'give-up',
      reason: 'exhausted',
    });
  });
});

describe('a provider failure', () => {
  test('uses up no attempt of a stage with another model', () => {
    const stages = [retryRung(2), fallbackRung(2)];
    expect(decide({ ladder: stages, history: history(providerFailed('retry')) })).toMatchObject({
      type: 'attempt',
      rung: 1,
    });
    const once = history(providerFailed('retry'), failed('fallback'));
    expect(decide({ ladder: stages, history: once })).toMatchObject({ type: 'attempt', rung: 1 });
  });

  test('passes over every stage with the model that failed', () => {
    const stages = [retryRung(2), toolsRung(2), retryRung(1, 'again'), fallbackRung(1)];
    expect(decide({ ladder: stages, history: history(failed('retry'), providerFailed('retry')) })).toMatchObject({
      type: 'attempt',
      rung: 3,
    });
  });

  test('goes to the person where no other model is left', () => {
    expect(next(failed('retry'), providerFailed('retry'))).toMatchObject({ type: 'ask', rung: 2 });
  });

  test('ends the run where neither another model nor a person is left', () => {
    const stages = [retryRung(2), toolsRung(2)];
    expect(decide({ ladder: stages, history: history(providerFailed('retry')) })).toMatchObject({
      type: 'give-up',
      reason: 'provider',
    });
  });

  test('of a request that was refused goes to the next stage, of the same model too', () => {
    expect(next(failed('retry'), providerFailed('retry', { isRefused: true }))).toMatchObject({
      type: 'attempt',
      rung: 1,
    });
    expect(next(failed('tools'), providerFailed('tools', { isRefused: true }))).toMatchObject({ type: 'ask', rung: 2 });
  });

  test('after advice ends the run without asking the person again', () => {
    const advised = [failed('retry'), decided('human', { type: 'retry', advice: 'again' })] as const;
    expect(next(...advised, providerFailed('human'))).toMatchObject({ type: 'give-up', reason: 'provider' });
  });
});

describe('a used up budget', () => {
  const spent = { reachedLimit: 'totalTokens' } as const;

  test('goes to the person, past the stages before', () => {
    expect(decide({ ladder, history: history(failed('retry')), ...spent })).toMatchObject({ type: 'ask', rung: 2 });
  });

  test('ends the run where the ladder has no person', () => {
    expect(decide({ ladder: [retryRung(3)], history: history(failed('retry')), ...spent })).toMatchObject({
      type: 'give-up',
      reason: 'budget',
      limit: 'totalTokens',
    });
  });

  test('is not to blame when there was nothing left to try', () => {
    expect(decide({ ladder: [retryRung(1)], history: history(failed('retry')), ...spent })).toMatchObject({
      type: 'give-up',
      reason: 'exhausted',
    });
  });

  test('does not keep an answer that passed', () => {
    expect(decide({ ladder, history: history(passed('retry')), ...spent })).toMatchObject({
      type: 'accept',
      attempt: 1,
    });
  });

  test('lets a person edit, which costs nothing, and holds back their advice', () => {
    const edit = history(failed('retry'), decided('human', { type: 'edit', text: 'edited' }));
    expect(decide({ ladder, history: edit, ...spent })).toMatchObject({ type: 'attempt', rung: 2 });
    const advice = history(failed('retry'), decided('human', { type: 'retry', advice: 'again' }));
    expect(decide({ ladder, history: advice, ...spent })).toMatchObject({ type: 'give-up', reason: 'budget' });
  });
});

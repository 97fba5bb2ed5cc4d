import { expect, test } from 'vitest';
import { createInbox, stagesFromThresholds } from '../../src/index.ts';
import { decide } from '../../src/policy/decide.ts';
import type { HistoryEntry } from '../../src/trace/history.ts';
import { lookup } from '../fixtures.ts';
import { decided, failed, history } from './history.ts';

const inbox = createInbox();
const tools = { lookup: lookup() };
const thresholds = { maxAttempts: 5, maxAttemptsBeforeToolUse: 2, maxAttemptsBeforeHuman: 4, tools, inbox };

/** The stages of a run in which every answer fails and every person gives advice. */
function stagesOf(options: Parameters<typeof stagesFromThresholds>[0]): string[] {
  const ladder = stagesFromThresholds(options);
  const entries: HistoryEntry[] = [];
  const stages: string[] = [];
  for (;;) {
    const move = decide({ ladder, history: history(...entries) });
    if (!('rung' in move)) return [...stages, move.type];
    const stage = ladder[move.rung]?.name ?? 'call';
    stages.push(move.type === 'ask' ? 'ask' : stage);
    entries.push(move.type === 'ask' ? decided(stage, { type: 'retry', advice: 'again' }) : failed(stage));
  }
}

test('thresholds 5, 2 and 4 retry twice, lend tools twice, then ask a person, who may send the model back once', () => {
  expect(stagesOf(thresholds)).toEqual(['retry', 'retry', 'tools', 'tools', 'ask', 'human', 'give-up']);
});

test('without an inbox the stages before the person take all attempts', () => {
  const { inbox: _, ...withoutInbox } = thresholds;
  expect(stagesOf(withoutInbox)).toEqual(['retry', 'retry', 'tools', 'tools', 'tools', 'give-up']);
});

test('without tools the model is asked again until the person is', () => {
  const { tools: _, ...withoutTools } = thresholds;
  expect(stagesOf(withoutTools)).toEqual(['retry', 'retry', 'retry', 'retry', 'ask', 'human', 'give-up']);
});

test('a person who comes after the last attempt is asked, but cannot send the model back', () => {
  expect(stagesOf({ ...thresholds, maxAttemptsBeforeHuman: 5 })).toEqual([
    ...['retry', 'retry', 'tools', 'tools', 'tools', 'ask', 'give-up'],
  ]);
});

test.each([
  ['maxAttempts', { maxAttempts: 0 }],
  ['maxAttempts', { maxAttempts: 1.5 }],
  ['maxAttempts', { ...thresholds, maxAttempts: 3 }],
  ['maxAttemptsBeforeHuman', { ...thresholds, maxAttemptsBeforeHuman: 1 }],
  ['maxAttemptsBeforeToolUse', { ...thresholds, maxAttemptsBeforeToolUse: 0 }],
])('a bad %s is refused', (argument, options) => {
  expect(() => stagesFromThresholds(options)).toThrow(
    expect.objectContaining({ name: 'AI_InvalidArgumentError', argument }),
  );
});

import { describe, expect, test } from 'vitest';
import { detachedFromItem, withoutItemIds, withoutUnreasoned } from '../../src/feedback/item-ids.ts';

const item = (itemId: string) => ({ openai: { itemId, phase: 'final' }, other: { signature: 's' } });
const bare = { openai: { phase: 'final' }, other: { signature: 's' } };
const text = { type: 'text', text: 'Acme.' };
const thought = { type: 'reasoning', text: 'Hm.' };
const executed = { type: 'tool-call', toolCallId: 'p', toolName: 'search', providerExecuted: true };
const result = { type: 'tool-result', toolCallId: 'p', toolName: 'search' };
const call = { type: 'tool-call', toolCallId: 'c', toolName: 'lookup' };

describe('an answer whose items the provider does not keep', () => {
  test('loses their ids and nothing else of its metadata', () => {
    const parts = [
      { ...text, providerMetadata: item('msg_1') },
      { ...call, providerOptions: item('fc_1') },
    ];
    expect(withoutItemIds(parts)).toEqual([
      { ...text, providerMetadata: bare },
      { ...call, providerOptions: bare },
    ]);
  });

  test('loses the thoughts that are known by an id, and what the provider executed', () => {
    const known = { ...thought, providerMetadata: item('rs_1') };
    expect(withoutItemIds([known, executed, result, thought, call, text])).toEqual([thought, call, text]);
  });

  test('stays whole if it has no ids', () => {
    expect(withoutItemIds([thought, executed, result, text])).toEqual([thought, executed, result, text]);
  });
});

describe('thoughts that are left out', () => {
  const known = { ...thought, providerOptions: item('rs_1') };
  const isKept = ({ type }: { type: string }) => type !== 'reasoning';

  test('take along what the provider executed after them, if it knows them by an id', () => {
    expect(withoutUnreasoned([known, executed, result, call, text], isKept)).toEqual([call, text]);
  });

  test('leave what the provider executed if it does not', () => {
    expect(withoutUnreasoned([thought, executed, result, text], isKept)).toEqual([executed, result, text]);
    expect(withoutUnreasoned([known, thought, executed], isKept)).toEqual([executed]);
  });

  test('take along nothing after thoughts that are kept', () => {
    const parts = [known, thought, executed, text];
    expect(withoutUnreasoned(parts, () => true)).toEqual(parts);
    expect(withoutUnreasoned([known, executed], () => true)).toEqual([known, executed]);
  });
});

describe('a part that is delivered apart from its item', () => {
  test('has the words of thoughts that are known by an id, and nothing else', () => {
    expect(detachedFromItem({ ...thought, providerMetadata: item('rs_1') })).toEqual(thought);
  });

  test('has what else its metadata says', () => {
    const signed = { ...thought, providerMetadata: { anthropic: { signature: 's' } } };
    expect(detachedFromItem(signed)).toBe(signed);
    expect(detachedFromItem({ ...text, providerMetadata: item('msg_1') })).toEqual({ ...text, providerMetadata: bare });
  });
});

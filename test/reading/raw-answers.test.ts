import { describe, expect, test } from 'vitest';
import { differences } from './differences.ts';
import { measureCalls, measureStructured } from './raw-answers.ts';
import { missing } from './recorded.ts';

describe.skipIf(missing !== undefined)(
  `recorded raw answers${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    test('structured answers are valid without a second call, and nothing in them is invented or lost', async () => {
      const { answers, valid, invented, lost } = await measureStructured();
      expect(valid / answers).toBeGreaterThanOrEqual(0.94);
      expect(invented).toEqual([]);
      expect(lost).toEqual([]);
    });

    test('function calls are valid without a second call, mostly what was wanted, and nothing in them is invented or lost', async () => {
      const { answers, valid, accepted, invented, lost } = await measureCalls();
      expect(valid / answers).toBeGreaterThanOrEqual(0.95);
      expect(accepted / answers).toBeGreaterThanOrEqual(0.84);
      expect(invented).toEqual([]);
      expect(lost).toEqual([]);
    });

    test('each difference to readers that guess has its reason', () => {
      const found = differences();
      expect(found.filter(({ reason }) => reason === undefined)).toEqual([]);
      // What both read, both read alike; JSON stays as it is.
      expect(found.filter(({ ours, raw }) => ours !== undefined && !isJson(raw))).toEqual([]);
    });
  },
);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

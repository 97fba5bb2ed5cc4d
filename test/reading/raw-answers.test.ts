import { describe, expect, test } from 'vitest';
import { differences, measureCalls, measureStructured, missing } from './raw-answers.ts';

describe.skipIf(missing !== undefined)(
  `recorded raw answers${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    test('structured answers are valid without a second call, and nothing in them is invented', () => {
      const { answers, valid, invented } = measureStructured();
      expect(valid / answers).toBeGreaterThanOrEqual(0.94);
      expect(invented).toEqual([]);
    });

    test('function calls are valid without a second call, mostly what was wanted, and nothing in them is invented', () => {
      const { answers, valid, accepted, invented } = measureCalls();
      expect(valid / answers).toBeGreaterThanOrEqual(0.95);
      expect(accepted / answers).toBeGreaterThanOrEqual(0.84);
      expect(invented).toEqual([]);
    });

    test('a broken text is read as others read it, or as it stands, or not at all', () => {
      const guessed = differences().filter(({ ours, raw }) => ours !== undefined && !isJson(raw));
      expect(guessed).toEqual([]);
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

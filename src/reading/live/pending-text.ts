import type { Fix } from '../../trace/fix.ts';
import { mostTold } from '../limits.ts';
import type { TextEdit } from '../text/edit.ts';

/** A change of what was passed on. */
export interface LiveEdit extends TextEdit {
  readonly fixes: readonly Fix[];
  /** Where the text that it made ends in all that was passed on. */
  readonly passedAt: number;
}

/** The text that is not passed on yet, and what was changed in what was. */
export interface PendingText {
  length(): number;
  readonly edits: readonly LiveEdit[];
  add(text: string): void;
  slice(start: number, end?: number): string;
  /** Takes back what stands after the first characters. */
  takeBack(length: number): string;
  /** Passes on the first characters, as they stand or changed, and what is told of that. */
  pass(length: number, changed?: string, fixes?: readonly Fix[]): void;
  /** What was passed on since it was asked for the last time. */
  passedOn(): string;
}

export function pendingText(): PendingText {
  const edits: LiveEdit[] = [];
  let pending = '';
  let position = 0;
  let passedAt = 0;
  let passed = '';
  return {
    edits,
    length: () => pending.length,
    add(text) {
      pending += text;
    },
    slice: (start, end) => pending.slice(start, end),
    takeBack(length) {
      const text = pending.slice(length);
      pending = pending.slice(0, length);
      return text;
    },
    pass(length, changed, fixes = []) {
      const given = pending.slice(0, length);
      const text = changed ?? given;
      pending = pending.slice(length);
      passed += text;
      passedAt += text.length;
      if (text !== given) {
        const told = edits.length < mostTold ? fixes : [];
        edits.push({ start: position, end: position + length, text, fixes: told, passedAt });
      }
      position += length;
    },
    passedOn() {
      const text = passed;
      passed = '';
      return text;
    },
  };
}

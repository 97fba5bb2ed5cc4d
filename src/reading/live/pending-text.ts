import type { TextEdit } from '../edit.ts';

/** The text that is not passed on yet, and what was changed in what was. */
export interface PendingText {
  length(): number;
  readonly edits: readonly TextEdit[];
  add(text: string): void;
  slice(start: number, end?: number): string;
  /** Takes back what stands behind the first characters. */
  takeBack(length: number): string;
  /** Passes on the first characters, as they stand or changed. */
  pass(length: number, changed?: string): void;
  /** What was passed on since it was asked for the last time. */
  passedOn(): string;
}

export function pendingText(): PendingText {
  const edits: TextEdit[] = [];
  let pending = '';
  let position = 0;
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
    pass(length, changed) {
      const text = pending.slice(0, length);
      pending = pending.slice(length);
      if (changed !== undefined && changed !== text)
        edits.push({ start: position, end: position + length, text: changed });
      passed += changed ?? text;
      position += length;
    },
    passedOn() {
      const text = passed;
      passed = '';
      return text;
    },
  };
}

/** Line and column, both from 1; columns count UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionAt(text: string, offset: number): Position {
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < end; next = text.indexOf('\n', next + 1)) {
    line += 1;
    lineStart = next + 1;
  }
  return { line, column: end - lineStart + 1 };
}

export function offsetAt(text: string, { line, column }: Position): number {
  let lineStart = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf('\n', lineStart);
    if (end === -1) break;
    lineStart = end + 1;
  }
  return Math.min(lineStart + column - 1, text.length);
}

const shownBefore = 40;
const shownAfter = 30;

/** What stands around a place, on its line. */
export function excerptAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const end = lineEnd === -1 ? text.length : lineEnd;
  const from = Math.max(start, offset - shownBefore);
  const to = Math.min(end, offset + shownAfter);
  const shown = text.slice(from, to).trim();
  return `${from > start ? '…' : ''}${shown}${to < end ? '…' : ''}`;
}

import { InvalidArgumentError } from '@ai-sdk/provider';

/** A member of an index, and its score. */
export interface IndexEntry {
  readonly member: string;
  readonly score: number;
}

/** Negative when `first` comes first: by score, equal scores by the code points of the member. */
export function compareEntries(first: IndexEntry, second: IndexEntry): number {
  return first.score - second.score || compareCodePoints(first.member, second.member);
}

/** Marks where a page ended, so that the next one starts there whatever was added or removed in between. */
export function cursorAt({ score, member }: IndexEntry): string {
  return JSON.stringify([score, member]);
}

/** @throws InvalidArgumentError for a cursor that `cursorAt` did not write. */
export function readCursor(cursor: string): IndexEntry {
  const [score, member, ...rest] = parsedList(cursor);
  if (typeof score === 'number' && typeof member === 'string' && rest.length === 0) return { score, member };
  throw new InvalidArgumentError({
    argument: 'cursor',
    message: 'cursor must be one that a page of an index returned.',
  });
}

function parsedList(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

/** The order of UTF-8 bytes, which is Redis's; JavaScript's own compares UTF-16 units and differs past U+FFFF. */
function compareCodePoints(first: string, second: string): number {
  const shared = Math.min(first.length, second.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = rank(first.charCodeAt(index)) - rank(second.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}

/** Puts the surrogates after the rest of the basic plane, where their code points belong. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

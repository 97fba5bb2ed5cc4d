import { compareEntries, type IndexEntry } from './index-entry.ts';
import type { PageRequest } from './page.ts';

/** Members in order, in an array: a page is a slice, a change is one splice. */
export interface MemoryIndex {
  readonly size: number;
  has(member: string): boolean;
  add(entry: IndexEntry): void;
  remove(member: string): void;
  slice(request: PageRequest): readonly IndexEntry[];
}

export function memoryIndex(): MemoryIndex {
  const scores = new Map<string, number>();
  const ordered: IndexEntry[] = [];

  /** The number of entries before `entry`. */
  function position(entry: IndexEntry): number {
    let low = 0;
    let high = ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = ordered[middle];
      if (candidate !== undefined && compareEntries(candidate, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function remove(member: string): void {
    const score = scores.get(member);
    if (score === undefined) return;
    scores.delete(member);
    ordered.splice(position({ member, score }), 1);
  }

  return {
    get size() {
      return ordered.length;
    },
    has: (member) => scores.has(member),
    add(entry) {
      remove(entry.member);
      scores.set(entry.member, entry.score);
      ordered.splice(position(entry), 0, entry);
    },
    remove,
    slice({ count, after, order }) {
      if (order === 'desc') {
        const end = after === undefined ? ordered.length : position(after);
        return ordered.slice(Math.max(end - count, 0), end).reverse();
      }
      const start = after === undefined ? 0 : position(after);
      const candidate = ordered[start];
      const isSeen = after !== undefined && candidate !== undefined && compareEntries(candidate, after) === 0;
      const first = isSeen ? start + 1 : start;
      return ordered.slice(first, first + count);
    },
  };
}

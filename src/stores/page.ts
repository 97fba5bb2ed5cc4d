import { wholeLimit } from './arguments.ts';
import { cursorAt, type IndexEntry, readCursor } from './index-entry.ts';
import type { StoreIndex } from './store.ts';

/** Reads at most `count` ordered entries after `after`. */
export interface PageRequest {
  readonly count: number;
  readonly after: IndexEntry | undefined;
  readonly order: 'asc' | 'desc';
}

/** Reads one entry more than the page holds, so that there is a cursor exactly when there is more. */
export async function readPage(
  { limit, cursor, order = 'asc' }: Parameters<StoreIndex['page']>[0],
  read: (request: PageRequest) => readonly IndexEntry[] | Promise<readonly IndexEntry[]>,
): Promise<Awaited<ReturnType<StoreIndex['page']>>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const entries = await read({ count: wholeLimit(limit) + 1, after, order });
  const members = entries.slice(0, limit).map(({ member }) => member);
  const last = entries[limit - 1];
  const hasMore = entries.length > limit;
  return hasMore && last !== undefined ? { members, cursor: cursorAt(last) } : { members };
}

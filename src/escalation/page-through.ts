import type { ListMember } from './list-member.ts';
import type { ListPage } from './lists.ts';
import type { Pages } from './pages.ts';

interface PageThroughOptions<HIT> {
  readonly pages: Pages;
  readonly first: ListPage;
  /** Where `first` began. */
  readonly cursor: string | undefined;
  /** The members that are wanted, in their order. */
  readonly examine: (members: readonly ListMember[]) => Promise<readonly HIT[]>;
  /** How many are wanted. */
  readonly limit: number;
  /** How many members are read at once, at least and at most. */
  readonly chunk: { readonly least: number; readonly most: number };
  /** Whether to stop short of `limit`. */
  readonly isEnough: () => boolean;
}

/** Reads on until there are enough of what is wanted; the cursor goes on behind the last of them. */
export async function pageThrough<HIT extends { readonly member: ListMember }>(
  options: PageThroughOptions<HIT>,
): Promise<{ readonly hits: readonly HIT[]; readonly cursor?: string }> {
  const { pages, examine, limit, chunk, isEnough } = options;
  const hits: HIT[] = [];
  let { first: page, cursor: start } = options;
  for (;;) {
    const found = await examine(page.members);
    const room = limit - hits.length;
    hits.push(...found.slice(0, room));
    const last = found[room - 1];
    if (found.length > room && last !== undefined) {
      return { hits, ...(await cursorBehind(last.member, { pages, start, members: page.members })) };
    }
    if (page.cursor === undefined) return { hits };
    if (found.length === room || isEnough()) return { hits, cursor: page.cursor };
    start = page.cursor;
    const wanted = found.length === 0 ? 2 * page.members.length : limit - hits.length;
    page = await pages({ limit: Math.max(chunk.least, Math.min(chunk.most, wanted)), cursor: start });
  }
}

/** Cursors stand at the end of a page only: one that ends with the member is asked for. */
async function cursorBehind(
  { id, at }: ListMember,
  { pages, start, members }: { pages: Pages; start: string | undefined; members: readonly ListMember[] },
): Promise<{ readonly cursor?: string }> {
  const isIt = (member: ListMember) => member.id === id && member.at === at;
  let shown = members;
  for (;;) {
    const place = shown.findIndex(isIt);
    const page = await pages({ limit: Math.max(1, place + 1), cursor: start });
    const isMoved = place !== -1 && !page.members.slice(-1).some(isIt) && page.members.some(isIt);
    if (!isMoved) return page.cursor === undefined ? {} : { cursor: page.cursor };
    shown = page.members; // others left the list meanwhile
  }
}

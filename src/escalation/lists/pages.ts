import { compareEntries } from '../../stores/index-entry.ts';
import type { Escalation } from '../../trace/escalation.ts';
import { cursorText, readListCursor } from './list-cursor.ts';
import { type ListMember, memberText } from './list-member.ts';
import { type ListOrder, type Lists, scoreOf } from './lists.ts';

/** A stretch of a list in the order that is asked for. */
export interface Stretch {
  readonly members: readonly ListMember[];
  /** Where to go on after that member of it, or after the whole stretch; `undefined` when nothing is left. */
  cursorBehind(member?: ListMember): string | undefined;
}

interface PagesOptions {
  readonly lists: Lists;
  readonly state: Escalation['state'];
  readonly scope: string | undefined;
  readonly claimedBy: string | undefined;
  readonly by: ListOrder;
  readonly direction: 'asc' | 'desc';
  /** Names the request, whose cursors are of no other. */
  readonly mark: string;
}

/** The most members of one list that are put into another order. */
const maxSorted = 10_000;

/**
 * Reads a list in stretches of as many members as are asked for. A cursor says where a stretch began and after which of
 * its members to go on, so that a stretch may be left anywhere, whoever leaves the list meanwhile.
 */
export function pagesOf({ lists, state, scope, claimedBy, by, direction, mark }: PagesOptions) {
  const inOrder = (left: ListMember, right: ListMember) => {
    const difference = compareEntries(entryOf(left, by), entryOf(right, by));
    return direction === 'asc' ? difference : -difference;
  };

  /** What somebody works on is listed by time alone, and little enough to be read whole. */
  async function readClaimed(name: string) {
    const whole = { scope, limit: maxSorted, order: 'desc' } as const;
    const { members } = await lists.page({ state, by: { claimedBy: name } }, whole);
    return { members: [...members].sort(inOrder) };
  }

  return async ({ limit, cursor }: { limit: number; cursor: string | undefined }): Promise<Stretch> => {
    const { from, behind } = readListCursor(cursor, mark);
    const request = { scope, limit, cursor: from, order: direction };
    const read = claimedBy === undefined ? lists.page({ state, by }, request) : readClaimed(claimedBy);
    const page: { members: readonly ListMember[]; cursor?: string } = await read;
    const last = page.members.at(-1);
    return {
      members: behind === undefined ? page.members : page.members.filter((member) => inOrder(member, behind) > 0),
      cursorBehind(member) {
        const isLast = member === undefined || (last !== undefined && inOrder(member, last) >= 0);
        if (isLast) return page.cursor === undefined ? undefined : cursorText({ from: page.cursor }, mark);
        return cursorText({ from, behind: member }, mark);
      },
    };
  };
}

function entryOf(member: ListMember, by: ListOrder) {
  return { member: memberText(member), score: scoreOf(member, by) };
}

import { memoryIndex } from '../stores/memory-index.ts';
import { readPage } from '../stores/page.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Facet } from './facets.ts';
import { memberText, readMember } from './list-member.ts';
import { type ListOrder, type ListPage, type Lists, scoreOf } from './lists.ts';

/** Pages of the members that a request is about, in its order. */
export type Pages = (request: { readonly limit: number; readonly cursor: string | undefined }) => Promise<ListPage>;

/** The most members of one list that are put into another order or held against another list. */
export const maxGathered = 10_000;

interface PagesOptions {
  readonly lists: Lists;
  readonly state: Escalation['state'];
  readonly scope: string | undefined;
  readonly facets: readonly Facet[];
  readonly by: ListOrder;
  readonly direction: 'asc' | 'desc';
}

/**
 * The pages of the list itself where there is one in that order. Where there is none, the lists of the facets are read
 * whole, in one round trip, and put in order here.
 */
export function pagesOf({ lists, state, scope, facets, by, direction }: PagesOptions): Pages {
  const [first, ...others] = facets;
  if (first === undefined || (others.length === 0 && by === 'time')) {
    const choice = { state, by: first ?? by };
    return ({ limit, cursor }) => lists.page(choice, { scope, limit, cursor, order: direction });
  }

  let gathered: Promise<ReturnType<typeof memoryIndex>> | undefined;

  async function gather() {
    const whole = { scope, limit: maxGathered, order: 'desc' } as const;
    const pages = await Promise.all(facets.map((facet) => lists.page({ state, by: facet }, whole)));
    const [members = new Set<string>(), ...rest] = pages.map((page) => new Set(page.members.map(memberText)));
    const index = memoryIndex();
    for (const member of members) {
      if (rest.every((texts) => texts.has(member))) index.add({ member, score: scoreOf(readMember(member), by) });
    }
    return index;
  }

  return async ({ limit, cursor }) => {
    gathered ??= gather();
    const index = await gathered;
    const options = { limit, order: direction, ...(cursor === undefined ? {} : { cursor }) };
    const page = await readPage(options, (request) => index.slice(request));
    const members = page.members.map(readMember);
    return page.cursor === undefined ? { members } : { members, cursor: page.cursor };
  };
}

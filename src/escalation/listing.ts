import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Effects } from '../effects/effects.ts';
import type { Escalation } from '../trace/escalation.ts';
import { type EscalationFilter, facetsAskedFor, hasFacets } from './facets.ts';
import type { legacyLists } from './legacy.ts';
import type { ListMember } from './list-member.ts';
import type { ListOrder, Lists } from './lists.ts';
import { pageThrough } from './page-through.ts';
import { type Pages, pagesOf } from './pages.ts';
import { toEscalation } from './record.ts';
import { matcher } from './searching.ts';
import type { settling } from './settling.ts';

export interface ListOptions extends EscalationFilter {
  /** @default every scope */
  readonly scope?: string | undefined;
  /** @default 'pending' */
  readonly state?: Escalation['state'] | undefined;
  /**
   * By filing, or by decision where `state` is `decided`; by how soon they expire; or by priority, the oldest first of
   * equal ones.
   * @default 'newest'
   */
  readonly order?: 'newest' | 'oldest' | 'expiring' | 'priority' | undefined;
  /** Words that must all occur in title, fields, metadata, issues, answer, prompt or notes, in any case. */
  readonly search?: string | undefined;
  /** @default 50 */
  readonly limit?: number | undefined;
  /** Of the page before, for the same request. */
  readonly cursor?: string | undefined;
}

export interface EscalationPage {
  readonly escalations: readonly Escalation[];
  /** Where to go on, while there may be more. */
  readonly cursor?: string;
  /** How many records a search read, at most 1,000 a page: it goes on at the cursor, though it may have found nothing. */
  readonly searched?: number;
}

const maxSearched = 1000;
const searchChunk = 100;
const maxChunk = 1000;

interface ListingOptions {
  readonly lists: Lists;
  readonly legacy: ReturnType<typeof legacyLists>;
  readonly settled: ReturnType<typeof settling>;
  readonly effects: Pick<Effects, 'now'>;
}

interface Hit {
  readonly member: ListMember;
  readonly escalation: Escalation;
}

/** Reading the lists: a page costs two round trips, one for its members and one for their records. */
export function listing({ lists, legacy, settled, effects }: ListingOptions) {
  return {
    async list(options: ListOptions = {}): Promise<EscalationPage> {
      const { scope, state = 'pending', order = 'newest', search = '', limit = 50, cursor } = options;
      const facets = facetsAskedFor(options);
      const isSearch = search.trim() !== '';
      const matches = matcher(search);
      const open = (): Pages => pagesOf({ lists, state, scope, facets, ...listOrder(order) });
      let hasOverdue = false;
      let searched = 0;

      async function examine(members: readonly ListMember[]): Promise<Hit[]> {
        const now = effects.now();
        // A claim is on a list of its own, which nothing else puts right.
        const isKnownOver = state === 'pending' && options.claimedBy === undefined;
        const due = isKnownOver ? members.filter(({ expiresAt }) => expiresAt > now) : members;
        hasOverdue ||= due.length < members.length;
        searched += due.length;
        const listed = await settled.readAll(due);
        const hits: Hit[] = [];
        for (const item of listed) {
          if (item.record === undefined || !settled.belongs(item, state)) continue;
          const escalation = toEscalation(item.record, now);
          if (hasFacets(escalation, facets) && matches(escalation)) hits.push({ member: item.member, escalation });
        }
        await Promise.all([settled.settleAll(listed, state), settled.settleClaims(listed, options.claimedBy)]);
        return hits;
      }

      if (state === 'expired') await settled.settleExpired(scope);
      const chunk = isSearch ? { least: searchChunk, most: searchChunk } : { least: 1, most: maxChunk };
      const begin = { limit: Math.max(limit, chunk.least), cursor };
      const begun = open();
      const [page, isOutdated] = await Promise.all([begun(begin), legacy.takeOver(state)]);
      const pages = isOutdated ? open() : begun;
      const first = isOutdated ? await pages(begin) : page;
      const isEnough = () => isSearch && searched >= maxSearched;
      const { hits, cursor: next } = await pageThrough({ pages, first, cursor, examine, limit, chunk, isEnough });
      if (hasOverdue) await settled.settleExpired(scope);
      return {
        escalations: hits.map(({ escalation }) => escalation),
        ...(next === undefined ? {} : { cursor: next }),
        ...(isSearch ? { searched } : {}),
      };
    },
  };
}

function listOrder(order: ListOptions['order']): { by: ListOrder; direction: 'asc' | 'desc' } {
  switch (order) {
    case 'newest':
    case undefined:
      return { by: 'time', direction: 'desc' };
    case 'oldest':
      return { by: 'time', direction: 'asc' };
    case 'expiring':
      return { by: 'expiry', direction: 'asc' };
    case 'priority':
      return { by: 'priority', direction: 'asc' };
    default:
      throw new InvalidArgumentError({
        argument: 'order',
        message: 'order must be newest, oldest, expiring or priority.',
      });
  }
}

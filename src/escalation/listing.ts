import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Effects } from '../effects/effects.ts';
import type { Escalation } from '../trace/escalation.ts';
import { type EscalationFilter, facetsAskedFor, hasAll } from './facets.ts';
import type { legacyLists } from './legacy.ts';
import type { ListMember } from './list-member.ts';
import type { ListOrder, Lists } from './lists.ts';
import { pagesOf } from './pages.ts';
import { toEscalation } from './record.ts';
import { matcher } from './searching.ts';
import type { settling } from './settling.ts';

/** Which escalations to list, and in which order. */
export interface ListOptions extends EscalationFilter {
  /** The only scope to list. @default every scope */
  readonly scope?: string | undefined;
  /** The only state to list. @default 'pending' */
  readonly state?: Escalation['state'] | undefined;
  /**
   * By filing time (decision time, if `state` is `decided`), time left, or priority, oldest first if equal.
   * @default 'newest'
   */
  readonly order?: 'newest' | 'oldest' | 'expiring' | 'priority' | undefined;
  /**
   * Words that must all occur in title, fields, metadata, issues, answer, prompt, notes, scope or claim holder, or
   * begin the id; in any case.
   */
  readonly search?: string | undefined;
  /** The number of escalations per page. @default 50 */
  readonly limit?: number | undefined;
  /** The `cursor` of the previous page of the same request. */
  readonly cursor?: string | undefined;
}

/** One page of a list of escalations. */
export interface EscalationPage {
  readonly escalations: readonly Escalation[];
  /** Where the next page begins; absent after the last one. */
  readonly cursor?: string;
  /** How many records a search read, at most 1,000 per page. A page without results may have a `cursor`. */
  readonly searched?: number;
}

/** How many members are read at once where a filter leaves some out, which costs no record, and for a search. */
const filteredStretch = 10_000;
const maxSearched = 1000;
const searchBatch = 100;
/** The longest stretch after others had nothing. */
const maxStretch = 1000;

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
      const { scope, state = 'pending', claimedBy, order, search = '', limit = 50 } = options;
      const stretch = pagesOf({ lists, state, scope, claimedBy, ...listOrder(order) });
      const facets = facetsAskedFor(options);
      const isSearch = search.trim() !== '';
      const matches = matcher(search);
      const escalations: Escalation[] = [];
      let searched = 0;

      async function hitsAmong(members: readonly ListMember[]): Promise<Hit[]> {
        const listed = await settled.readAll(members);
        const hits = listed.flatMap(({ member, record }) => {
          if (record === undefined || !settled.belongs({ member, record }, state)) return [];
          const escalation = toEscalation(record, effects.now());
          const isHeld = claimedBy === undefined || escalation.claimed?.by === claimedBy;
          return isHeld && matches(escalation) ? [{ member, escalation }] : [];
        });
        await Promise.all([settled.settleAll(listed, state), settled.settleClaims(listed, claimedBy)]);
        return hits;
      }

      /** Takes what is wanted of a stretch; gives the member behind which to go on, if not behind them all. */
      async function take(wanted: readonly ListMember[]): Promise<ListMember | undefined> {
        let start = 0;
        while (start < wanted.length) {
          const room = limit - escalations.length;
          const batch = wanted.slice(start, start + (isSearch ? searchBatch : room));
          const hits = await hitsAmong(batch);
          start += batch.length;
          searched += batch.length;
          escalations.push(...hits.slice(0, room).map(({ escalation }) => escalation));
          if (hits.length > room) return hits[room - 1]?.member;
          const isEnough = hits.length === room || (isSearch && searched >= maxSearched);
          if (isEnough && start < wanted.length) return batch.at(-1);
        }
        return undefined;
      }

      const page = (cursor: string | undefined): EscalationPage => ({
        escalations,
        ...(cursor === undefined ? {} : { cursor }),
        ...(isSearch ? { searched } : {}),
      });

      if (state === 'expired') await settled.settleExpired(scope);
      let size = facets.length > 0 ? filteredStretch : isSearch ? maxSearched : limit;
      let cursor = options.cursor;
      const [begun, isOutdated] = await Promise.all([stretch({ limit: size, cursor }), legacy.takeOver(state)]);
      let current = isOutdated ? await stretch({ limit: size, cursor }) : begun;
      for (;;) {
        const now = effects.now();
        // A claim is on a list of its own, which nothing else puts right.
        const isDue = ({ expiresAt }: ListMember) => state !== 'pending' || claimedBy !== undefined || expiresAt > now;
        const due = current.members.filter(isDue);
        const stoppedAt = await take(due.filter((member) => hasAll(member.facets, facets)));
        if (due.length < current.members.length) await settled.settleExpired(scope);
        cursor = current.cursorBehind(stoppedAt);
        const isEnough = escalations.length === limit || (isSearch && searched >= maxSearched);
        if (stoppedAt !== undefined || cursor === undefined || isEnough) return page(cursor);
        size = Math.max(size, Math.min(2 * size, maxStretch));
        current = await stretch({ limit: size, cursor });
      }
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

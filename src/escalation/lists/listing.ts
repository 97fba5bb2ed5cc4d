import type { Effects } from '../../effects/effects.ts';
import { refuseBadOptions } from '../../errors/refuse-bad-options.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { legacyLists } from '../history/legacy.ts';
import { toEscalation } from '../record.ts';
import type { settling } from '../settling.ts';
import { facetsAskedFor, hasAll } from './facets.ts';
import { requestMark } from './list-cursor.ts';
import type { ListMember } from './list-member.ts';
import { type EscalationPage, type ListOptions, listOrder, listState } from './list-options.ts';
import type { Lists } from './lists.ts';
import { pagesOf } from './pages.ts';
import { matcher } from './searching.ts';
import { type EscalationSummary, type SummaryOption, summaryOf } from './summary.ts';

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

/** A page has whole escalations, or summaries of all. */
type Shown = Escalation | EscalationSummary;

interface Hit {
  readonly member: ListMember;
  readonly escalation: Shown;
}

/** Reading the lists: a page costs two round trips, one for its members and one for their records. */
export function listing({ lists, legacy, settled, effects }: ListingOptions) {
  function list(options: ListOptions & SummaryOption): Promise<EscalationPage<EscalationSummary>>;
  function list(options?: ListOptions): Promise<EscalationPage>;
  async function list(options: ListOptions & Partial<SummaryOption> = {}): Promise<EscalationPage<Shown>> {
    refuseBadOptions<ListOptions & Partial<SummaryOption>>('inbox.list', options, {
      scope: 'string',
      state: true,
      order: true,
      search: 'string',
      claimedBy: 'string',
      stage: 'string',
      metadata: true,
      limit: 'number',
      cursor: 'string',
      summary: 'boolean',
    });
    const { scope, claimedBy, order, search = '', limit = 50, summary } = options;
    const state = listState(options.state);
    const facets = facetsAskedFor(options);
    const range = { lists, state, scope, claimedBy, ...listOrder(order) };
    const mark = await requestMark({ scope, state, order, search, claimedBy, facets });
    const stretch = pagesOf({ ...range, mark });
    const isSearch = search.trim() !== '';
    const matches = matcher(search);
    const escalations: Shown[] = [];
    let searched = 0;

    async function hitsAmong(members: readonly ListMember[]): Promise<Hit[]> {
      const listed = await settled.readAll(members);
      const hits = listed.flatMap(({ member, record }) => {
        if (record === undefined || !settled.belongs({ member, record }, state)) return [];
        const escalation = toEscalation(record, effects.now());
        const isHeld = claimedBy === undefined || escalation.claimed?.by === claimedBy;
        if (!isHeld || !matches(escalation)) return [];
        return [{ member, escalation: summary === true ? summaryOf(escalation) : escalation }];
      });
      await Promise.all([settled.settleAll(listed, state), settled.settleClaims(listed, claimedBy)]);
      return hits;
    }

    /** Takes what is wanted of a stretch; gives the member after which to go on, if not after them all. */
    async function take(wanted: readonly ListMember[]): Promise<ListMember | undefined> {
      let start = 0;
      while (start < wanted.length) {
        const room = limit - escalations.length;
        const batch = wanted.slice(start, start + (isSearch ? Math.min(searchBatch, maxSearched - searched) : room));
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

    const page = (cursor: string | undefined): EscalationPage<Shown> => ({
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
  }

  return { list };
}

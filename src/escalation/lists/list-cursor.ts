import { InvalidArgumentError } from '@ai-sdk/provider';
import { base64Url } from '../../trace/base64.ts';
import { sha256 } from '../../trace/sha256.ts';
import type { Facet } from './facets.ts';
import { type ListMember, memberText, readMember } from './list-member.ts';
import type { ListOptions } from './list-options.ts';

/** Where to go on with a list. */
export interface ListCursor {
  /** The store's own, of where a stretch begins; `undefined` for the beginning of the list. */
  readonly from: string | undefined;
  /** The member of the stretch after which to go on; without it, the stretch is read from its beginning. */
  readonly behind?: ListMember | undefined;
}

/** What a list is asked for: a cursor leads nowhere in another order, and past records with another filter. */
export interface ListRequest extends Pick<ListOptions, 'scope' | 'state' | 'order' | 'search' | 'claimedBy'> {
  readonly facets: readonly Facet[];
}

/** Names a request in eight characters. */
export async function requestMark(request: ListRequest): Promise<string> {
  const { scope, state = 'pending', order = 'newest', search = '', claimedBy, facets } = request;
  const sorted = facets.map((facet) => JSON.stringify(facet)).sort();
  const text = JSON.stringify([scope, state, order, search.trim(), claimedBy, sorted]);
  return base64Url((await sha256(new TextEncoder().encode(text))).slice(0, 6));
}

export function cursorText({ from, behind }: ListCursor, mark: string): string {
  return JSON.stringify([mark, from ?? null, ...(behind === undefined ? [] : [memberText(behind)])]);
}

/** @throws InvalidArgumentError for what no page of this request gave. */
export function readListCursor(text: string | undefined, mark: string): ListCursor {
  if (text === undefined) return { from: undefined };
  const [ofRequest, from, behind]: unknown[] = parsedList(text);
  const isFrom = typeof from === 'string' || (from === null && behind !== undefined);
  if (typeof ofRequest !== 'string' || !isFrom || (behind !== undefined && typeof behind !== 'string')) {
    throw noCursor('cursor must be one that a page of a list returned.');
  }
  if (ofRequest !== mark) {
    throw noCursor('cursor is of another request: list with the order and filters of the page that returned it.');
  }
  return { from: from ?? undefined, behind: behind === undefined ? undefined : readMember(behind) };
}

function parsedList(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function noCursor(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'cursor', message });
}

import type { ListOptions, StatsOptions } from '../../escalation/inbox.ts';
import { RequestRefused } from './problem.ts';

const maxLimit = 100;
const maxCursorLength = 6000;
const maxTextLength = 300;
const states = ['pending', 'decided', 'expired'] as const;
const orders = ['newest', 'oldest', 'expiring', 'priority'] as const;
const metadataPrefix = 'metadata.';

/** What a query asks of a list; `metadata.NAME=VALUE` asks for a member of the metadata. */
export function listOptions(query: URLSearchParams): ListOptions {
  const limit = textIn(query, 'limit', maxTextLength);
  if (limit !== undefined && !(/^\d+$/.test(limit) && Number(limit) >= 1 && Number(limit) <= maxLimit)) {
    throw new RequestRefused(400, `limit is a whole number from 1 to ${maxLimit}.`);
  }
  return {
    state: oneOf(query, 'state', states),
    order: oneOf(query, 'order', orders),
    search: textIn(query, 'search', maxTextLength),
    claimedBy: textIn(query, 'claimedBy', maxTextLength),
    stage: textIn(query, 'stage', maxTextLength),
    metadata: metadataIn(query),
    cursor: textIn(query, 'cursor', maxCursorLength),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
  };
}

/** Whether a query asks for summaries in place of whole escalations. */
export function wantsSummaries(query: URLSearchParams): boolean {
  return oneOf(query, 'summary', ['true', 'false']) === 'true';
}

/** The window that a query asks for. */
export function windowOptions(query: URLSearchParams): Pick<StatsOptions, 'since' | 'until'> {
  return { since: textIn(query, 'since', maxTextLength), until: textIn(query, 'until', maxTextLength) };
}

function metadataIn(query: URLSearchParams): Record<string, string> | undefined {
  const names = [...query.keys()].filter((name) => name.startsWith(metadataPrefix));
  if (names.length === 0) return undefined;
  return Object.fromEntries(
    names.map((name) => [name.slice(metadataPrefix.length), textIn(query, name, maxTextLength)]),
  ) as Record<string, string>; // their names are in the query
}

function textIn(query: URLSearchParams, name: string, maxLength: number): string | undefined {
  const text = query.get(name) ?? undefined;
  if (text === undefined || text.length <= maxLength) return text;
  throw new RequestRefused(400, `${name} is at most ${maxLength} characters.`);
}

function oneOf<VALUE extends string>(
  query: URLSearchParams,
  name: string,
  values: readonly VALUE[],
): VALUE | undefined {
  const given = query.get(name);
  const known = values.find((value) => value === given);
  if (given === null || known !== undefined) return known;
  throw new RequestRefused(400, `${name} is one of ${values.join(', ')}.`);
}

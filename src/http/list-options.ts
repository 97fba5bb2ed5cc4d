import type { ListOptions } from '../escalation/inbox.ts';
import { RequestRefused } from './problem.ts';

const maxLimit = 100;
const maxCursorLength = 2000;
const states = ['pending', 'decided', 'expired'] as const;

/** What a query asks of a list. */
export function listOptions(query: URLSearchParams): ListOptions {
  const state = query.get('state') ?? undefined;
  const limit = query.get('limit') ?? undefined;
  const cursor = query.get('cursor') ?? undefined;
  const known = states.find((candidate) => candidate === state);
  if (state !== undefined && known === undefined)
    throw new RequestRefused(400, `state is one of ${states.join(', ')}.`);
  if (limit !== undefined && !(/^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= maxLimit)) {
    throw new RequestRefused(400, `limit is a whole number from 1 to ${maxLimit}.`);
  }
  if (cursor !== undefined && cursor.length > maxCursorLength) throw new RequestRefused(400, 'That is no cursor.');
  return { state: known, cursor, ...(limit === undefined ? {} : { limit: Number(limit) }) };
}

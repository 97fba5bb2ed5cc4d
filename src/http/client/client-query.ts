import type { ListOptions, StatsOptions } from '../../escalation/inbox.ts';

/** Members of a query by name; those that are `undefined` are left out. */
export type Query = Readonly<Record<string, unknown>>;

export function listQuery({ metadata = {}, ...members }: ListOptions): Query {
  const named = Object.entries(metadata).map(([name, value]) => [`metadata.${name}`, value]);
  return { ...members, ...Object.fromEntries(named) };
}

export function windowQuery({ scope, since, until }: StatsOptions): Query {
  const iso = (time: string | Date | undefined) => (time instanceof Date ? time.toISOString() : time);
  return { scope, since: iso(since), until: iso(until) };
}

export function queryOf(members: Query): string {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return query.size === 0 ? '' : `?${query}`;
}

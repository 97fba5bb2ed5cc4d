import { InvalidArgumentError } from '@ai-sdk/provider';
import type { IssuePath } from '../../trace/issue.ts';
import { valueAt } from '../../trace/json-pointer.ts';

/** A place in a JSON answer: `vendor.id`, or the JSON pointer `/vendor/id`. */
export type Place = string;

/** @throws InvalidArgumentError for what is no place, and for one with an empty name, which leads nowhere. */
export function toPath(place: Place): IssuePath {
  if (typeof place !== 'string')
    throw new InvalidArgumentError({ argument: 'path', message: "A place is a text: 'vendor.id', or '/vendor/id'." });
  if (!isPlace(place)) {
    throw new InvalidArgumentError({
      argument: 'path',
      message: `A place names members, as vendor.id or lines.*.price; ${JSON.stringify(place)} has an empty name. Leave the option out for the whole answer.`,
    });
  }
  if (!place.startsWith('/')) return place.split('.').map(toKey);
  return place
    .split('/')
    .slice(1)
    .map((token) => toKey(token.replaceAll('~1', '/').replaceAll('~0', '~')));
}

/** Whether each of its names has something in it. */
export function isPlace(place: string): boolean {
  return place !== '' && (place.startsWith('/') || !place.split('.').includes(''));
}

function toKey(token: string): string | number {
  return /^(?:0|[1-9]\d*)$/.test(token) ? Number(token) : token;
}

/** A place of an answer and what stands there, `undefined` for nothing. */
export interface Standing {
  readonly path: IssuePath;
  readonly value: unknown;
}

export const mostPlaces = 10_000;

/**
 * The places that a path leads to, where `*` stands for each member or index. A list that is not there is a place itself:
 * what it should hold can only be missed in it.
 */
export function placesAt(document: unknown, path: IssuePath): readonly Standing[] {
  const wildcard = path.indexOf('*');
  if (wildcard < 0) return [{ path, value: valueAt(document, path) }];
  const before = path.slice(0, wildcard);
  const rest = path.slice(wildcard + 1);
  const container = valueAt(document, before);
  if (typeof container !== 'object' || container === null) return [{ path: before, value: undefined }];
  const keys = Array.isArray(container) ? container.keys() : Object.keys(container);
  const found: Standing[] = [];
  for (const key of keys) {
    if (found.length >= mostPlaces) break;
    const member = (container as Record<string | number, unknown>)[key];
    for (const place of placesAt(member, rest)) found.push({ ...place, path: [...before, key, ...place.path] });
  }
  return found.slice(0, mostPlaces);
}

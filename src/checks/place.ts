import type { IssuePath } from '../trace/issue.ts';

/** A place in a JSON answer: `vendor.id`, or the JSON pointer `/vendor/id`. */
export type Place = string;

export function toPath(place: Place): IssuePath {
  if (!place.startsWith('/')) return place.split('.').map(toKey);
  return place
    .split('/')
    .slice(1)
    .map((token) => toKey(token.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function toKey(token: string): string | number {
  return /^(?:0|[1-9]\d*)$/.test(token) ? Number(token) : token;
}

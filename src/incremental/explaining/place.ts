import type { IssuePath } from '../../trace/issue.ts';

/** A position in the value as a linked list, so that going one level down costs nothing but a link. */
export interface Place {
  readonly parent: Place | undefined;
  readonly key: string | number;
  readonly depth: number;
}

/** The whole answer is `undefined`. */
export type MaybePlace = Place | undefined;

export function placeIn(parent: MaybePlace, key: string | number): Place {
  return { parent, key, depth: depthOf(parent) + 1 };
}

export function depthOf(place: MaybePlace): number {
  return place?.depth ?? 0;
}

export function pathOf(place: MaybePlace): IssuePath {
  const path: (string | number)[] = [];
  for (let at = place; at !== undefined; at = at.parent) path.push(at.key);
  return path.reverse();
}

/** The place as people write it: `lines[0].total`, or `the answer`. */
export function placeName(place: MaybePlace): string {
  if (place === undefined) return 'the answer';
  const path = pathOf(place);
  const shown = path.length > 12 ? ['…', ...path.slice(-10)] : path;
  const name = shown.map((key) => (typeof key === 'number' ? `[${key}]` : memberName(key))).join('');
  return name.startsWith('.') ? name.slice(1) : name;
}

function memberName(name: string): string {
  return /^[\p{L}_$…][\p{L}\p{N}_$-]*$/u.test(name)
    ? `.${name.slice(0, 60)}`
    : `[${JSON.stringify(name.slice(0, 60))}]`;
}

import type { IssuePath } from '../../trace/issue.ts';
import { type Place, toPath } from '../places/place.ts';

export type { Place } from '../places/place.ts';

/** Whether a path is at one of the places, or below it; `*` stands for any member or index. */
export function placePattern(places: readonly Place[]): (path: IssuePath) => boolean {
  const patterns = places.map(toPath);
  return (path) =>
    patterns.some(
      (pattern) =>
        pattern.length <= path.length &&
        pattern.every((key, index) => key === '*' || String(key) === String(path[index])),
    );
}

import type { IssuePath } from '../../trace/issue.ts';
import { type Place, toPath } from '../place.ts';

export type { Place } from '../place.ts';

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

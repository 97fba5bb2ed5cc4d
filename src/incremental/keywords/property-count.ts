import type { Site } from '../compiler.ts';
import type { Names } from '../names.ts';
import { placeName } from '../place.ts';
import { namesIn } from './required.ts';

/** `minProperties` and `maxProperties`. */
export function propertyCount({ node, get }: Site): void {
  const minimum = get('minProperties');
  if (typeof minimum === 'number' && minimum > 0) {
    node.objectRules.push({
      isMet: ({ size }) => size >= minimum,
      isSettled: ({ size }) => size >= minimum,
      explain: ({ size }, place, report) =>
        report.add(place, `Give ${placeName(place)} at least ${minimum} members; it has ${size}.`),
    });
  }
  const maximum = get('maxProperties');
  if (typeof maximum !== 'number') return;
  const required = namesIn(get('required'));
  const missing = (names: Names) => required.filter((name) => !names.has(name)).length;
  node.objectRules.push({
    isMet: ({ size }) => size <= maximum,
    // no room may be left for the required names that are still missing
    fails: (names) => names.size + missing(names) > maximum,
    explain: ({ size }, place, report) =>
      report.add(place, `Keep at most ${maximum} members in ${placeName(place)}; it has ${size}.`),
  });
}

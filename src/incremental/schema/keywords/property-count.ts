import { placeName } from '../../explaining/place.ts';
import type { Names } from '../../text/names.ts';
import type { Site } from '../keyword-site.ts';
import { namesIn } from './required.ts';

/** `minProperties` and `maxProperties`. */
export function propertyCount(site: Site): void {
  const { node } = site;
  const minimum = site.get('minProperties');
  if (typeof minimum === 'number' && minimum > 0) {
    node.objectRules.push({
      judge: ({ size }) => size >= minimum,
      isSettled: ({ size }) => size >= minimum,
      explain: ({ size }, place, report) =>
        report.add(place, `Give ${placeName(place)} at least ${minimum} members; it has ${size}.`),
    });
  }
  const maximum = site.get('maxProperties');
  if (typeof maximum !== 'number') return;
  const required = namesIn(site.get('required'));
  const missing = (names: Names) => required.filter((name) => !names.has(name)).length;
  node.objectRules.push({
    judge: ({ size }) => size <= maximum,
    // no room may be left for the required names that are still missing
    fails: (names) => names.size + missing(names) > maximum,
    explain: ({ size }, place, report) =>
      report.add(place, `Keep at most ${maximum} members in ${placeName(place)}; it has ${size}.`),
  });
}

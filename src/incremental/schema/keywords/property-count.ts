import { placeName } from '../../explaining/place.ts';
import type { ObjectRule } from '../demands.ts';
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
  const required = new Set(namesIn(site.get('required')));
  const rule: ObjectRule = {
    judge: ({ size }) => size <= maximum,
    // no room may be left for the required names that are still missing
    fails: (names, name) => {
      if (required.has(name)) return required.size > maximum;
      const count = (names.counts.get(rule) ?? 0) + 1;
      names.counts.set(rule, count);
      return count + required.size > maximum;
    },
    explain: ({ size }, place, report) =>
      report.add(place, `Keep at most ${maximum} members in ${placeName(place)}; it has ${size}.`),
  };
  node.objectRules.push(rule);
}

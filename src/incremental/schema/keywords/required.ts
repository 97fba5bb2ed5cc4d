import { placeIn, placeName } from '../../explaining/place.ts';
import type { ObjectRule } from '../demands.ts';
import type { Site } from '../keyword-site.ts';

/** `required`: names that the object must have. */
export function required(site: Site): void {
  const { node } = site;
  const names = namesIn(site.get('required'));
  if (names.length > 0) node.objectRules.push(requires(names));
}

export function requires(names: readonly string[]): ObjectRule {
  return {
    requires: names,
    judge: (present) => names.every((name) => present.has(name)),
    isSettled: (present) => present.size >= names.length && names.every((name) => present.has(name)),
    explain: (present, place, report) => {
      for (const name of names) {
        const missing = placeIn(place, name);
        if (!present.has(name)) report.add(missing, `Add ${placeName(missing)}; it is missing.`);
      }
    },
  };
}

/** The strings of a list, each once; draft-03's boolean `required` names nothing. */
export function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? [...new Set(value.filter((name) => typeof name === 'string'))] : [];
}

import { placeIn, placeName } from '../../explaining/place.ts';
import type { Names } from '../../text/names.ts';
import type { ObjectRule } from '../demands.ts';
import type { Site } from '../keyword-site.ts';

/** `required`: names that the object must have. */
export function required(site: Site): void {
  const { node } = site;
  const names = namesIn(site.get('required'));
  if (names.length > 0) node.objectRules.push(requires(names));
}

export function requires(names: readonly string[]): ObjectRule {
  /** How many of the first names an object has: names are only added to it. */
  const found = new WeakMap<Names, number>();
  return {
    requires: names,
    judge: (present) => names.every((name) => present.has(name)),
    isSettled: (present) => {
      if (present.size < names.length) return false;
      let index = found.get(present) ?? 0;
      while (index < names.length && present.has(names[index] as string)) index++;
      found.set(present, index);
      return index === names.length;
    },
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

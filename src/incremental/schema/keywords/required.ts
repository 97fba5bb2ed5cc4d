import { placeIn, placeName } from '../../explaining/place.ts';
import { afford } from '../../patterns/effort.ts';
import type { ObjectRule } from '../demands.ts';
import type { Site } from '../keyword-site.ts';

/** `required`: names that the object must have. */
export function required(site: Site): void {
  const { node } = site;
  const names = namesIn(site.get('required'));
  if (names.length > 0) node.objectRules.push(requires(names));
}

export function requires(names: readonly string[]): ObjectRule {
  const rule: ObjectRule = {
    requires: names,
    judge: (present) => (afford(names.length) ? names.every((name) => present.has(name)) : undefined),
    isSettled: (present) => {
      if (present.size < names.length) return false;
      // how many of the first names an object has: names are only added to it
      let index = present.counts.get(rule) ?? 0;
      while (index < names.length && present.has(names[index] as string)) index++;
      present.counts.set(rule, index);
      return index === names.length;
    },
    explain: (present, place, report) => {
      for (const name of names) {
        if (report.isFull) return;
        if (present.has(name)) continue;
        const missing = placeIn(place, name);
        report.add(missing, `Add ${placeName(missing)}; it is missing.`);
      }
    },
  };
  return rule;
}

/** The strings of a list, each once; draft-03's boolean `required` names nothing. */
export function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? [...new Set(value.filter((name) => typeof name === 'string'))] : [];
}

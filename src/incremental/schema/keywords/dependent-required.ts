import { placeIn, placeName } from '../../explaining/place.ts';
import { afford } from '../../patterns/effort.ts';
import { isRecord } from '../../text/json-type.ts';
import type { Site } from '../keyword-site.ts';
import { namesIn } from './required.ts';

/** `dependentRequired`, and the lists in draft-07's `dependencies`: a name that asks for others. */
export function dependentRequired(site: Site): void {
  const { node } = site;
  const demands: { name: string; needed: string }[] = [];
  for (const keyword of ['dependentRequired', 'dependencies']) {
    const dependencies = site.get(keyword);
    if (!isRecord(dependencies)) continue;
    for (const [name, value] of Object.entries(dependencies)) {
      for (const needed of typeof value === 'string' ? [value] : namesIn(value)) demands.push({ name, needed });
    }
  }
  if (demands.length === 0) return;
  node.objectRules.push({
    judge: (present) =>
      afford(2 * demands.length)
        ? demands.every(({ name, needed }) => !present.has(name) || present.has(needed))
        : undefined,
    explain: (present, place, report) => {
      for (const { name, needed } of demands) {
        if (!present.has(name) || present.has(needed)) continue;
        const missing = placeIn(place, needed);
        report.add(missing, `Add ${placeName(missing)}; ${name} asks for it.`);
      }
    },
  });
}

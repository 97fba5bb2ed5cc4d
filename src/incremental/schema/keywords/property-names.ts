import { explain } from '../../explaining/explain.ts';
import { placeIn, placeName } from '../../explaining/place.ts';
import type { Site } from '../keyword-site.ts';
import { every } from '../truth.ts';

/** `propertyNames`: a schema that judges each name as a string. */
export function propertyNames(site: Site): void {
  const { node } = site;
  const value = site.get('propertyNames');
  if (value === undefined) return;
  const schema = site.subschema(value);
  node.objectRules.push({
    judge: (names) => every(names, (name) => schema.judge(name)),
    fails: (_names, name) => !schema.isValid(name),
    explain: (names, place, report) => {
      for (const name of names) {
        if (report.isFull) return;
        if (schema.isValid(name)) continue;
        const member = placeIn(place, name);
        const issues = report.branch(undefined);
        explain(schema, name, undefined, issues);
        const [{ message } = { message: '' }] = issues.issues;
        report.add(member, `Rename ${placeName(member)}. ${message.replace('the answer', 'the name')}`.trim());
      }
    },
  });
}

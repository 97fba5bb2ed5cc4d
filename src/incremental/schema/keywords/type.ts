import { received } from '../../explaining/received.ts';
import { ANY, ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING } from '../../text/json-type.ts';
import type { Site } from '../keyword-site.ts';

const TYPES: Readonly<Record<string, number>> = {
  null: NULL,
  boolean: BOOLEAN,
  number: NUMBER,
  integer: NUMBER,
  string: STRING,
  array: ARRAY,
  object: OBJECT,
  any: ANY,
};

/** `type`: one name or a list of them. */
export function type(site: Site): void {
  const { node } = site;
  const value = site.get('type');
  if (value === undefined) return;
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  const unknown = names.filter((name) => typeof name !== 'string' || !Object.hasOwn(TYPES, name));
  if (unknown.length > 0) {
    site.unknown(`the type ${JSON.stringify(value)} is not known and is not judged`);
    return;
  }
  node.types = names.reduce<number>((types, name) => types | (TYPES[name as string] ?? 0), 0);
  if (!names.includes('integer') || names.includes('number') || names.includes('any')) return;
  node.assertions.push({
    types: NUMBER,
    judge: (number) => Number.isInteger(number),
    demand: (where, number) => `Make ${where} an integer; it is ${received(number)}.`,
  });
}

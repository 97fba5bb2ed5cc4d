import { cut } from '../../feedback/excerpt.ts';
import { isLibrarySchema } from '../../incremental/schema/is-library-schema.ts';
import type { IssuePath } from '../../trace/issue.ts';

export interface SchemaMistake {
  readonly path: IssuePath;
  readonly message: string;
}

type Kind = 'schema' | 'list of schemas' | 'map of schemas' | 'schema or schemas';
type Test = (value: unknown) => boolean;

const typeNames = new Set<unknown>(['string', 'number', 'integer', 'boolean', 'null', 'object', 'array']);
const isCount: Test = (value) => Number.isInteger(value) && (value as number) >= 0;
const isNumber: Test = (value) => typeof value === 'number';
const isString: Test = (value) => typeof value === 'string';
const isBoolean: Test = (value) => typeof value === 'boolean';

const maxShownLength = 60;

const ofLibrary =
  "It is a schema of a library, as zod: give that alone, without jsonSchema(…), or z.toJSONSchema(schema, { io: 'input' }).";

function each<VALUE>(names: string, value: VALUE): [string, VALUE][] {
  return names.split(' ').map((name) => [name, value]);
}

/** The keywords whose value is made of schemas. */
const subschemas = new Map<string, Kind>([
  ...each<Kind>('properties patternProperties dependentSchemas $defs definitions', 'map of schemas'),
  ...each<Kind>('allOf anyOf oneOf prefixItems', 'list of schemas'),
  ...each<Kind>('not if then else contains propertyNames', 'schema'),
  ...each<Kind>('additionalProperties additionalItems unevaluatedProperties', 'schema'),
  ['items', 'schema or schemas'],
]);

/** What other keywords take, and how that is said. */
const values = new Map<string, readonly [Test, string]>([
  [
    'type',
    [(value) => [value].flat().every((name) => typeNames.has(name)), 'the name of a JSON type, or a list of them'],
  ],
  ['enum', [Array.isArray, 'a list']],
  ['required', [(value) => isBoolean(value) || (Array.isArray(value) && value.every(isString)), 'a list of names']],
  ['pattern', [isString, 'a string']],
  ['uniqueItems', [isBoolean, 'true or false']],
  ...each('minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains', [
    isCount,
    'a whole number from 0',
  ] as const),
  ...each('minimum maximum multipleOf', [isNumber, 'a number'] as const),
  ...each('exclusiveMinimum exclusiveMaximum', [
    (value: unknown) => isNumber(value) || isBoolean(value),
    'a number',
  ] as const),
]);

/** The first mistake in a JSON Schema of any draft, as far as it would judge answers otherwise than its author thinks. */
export function mistakeIn(schema: unknown): SchemaMistake | undefined {
  const pending: { schema: unknown; path: IssuePath }[] = [{ schema, path: [] }];
  const seen = new Set<unknown>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { schema, path } = next;
    if (typeof schema === 'boolean' || seen.has(schema)) continue;
    if (isObject(schema) && isLibrarySchema(schema)) return { path, message: ofLibrary };
    if (!isObject(schema)) return { path, message: 'Make it an object, true or false.' };
    seen.add(schema);
    for (const [keyword, value] of Object.entries(schema)) {
      // JSON leaves it out.
      if (value === undefined) continue;
      const [isRight, wanted] = values.get(keyword) ?? [];
      if (isRight?.(value) === false)
        return { path: [...path, keyword], message: `Make ${keyword} ${wanted}; it is ${shown(value)}.` };
      const kind = subschemas.get(keyword);
      if (kind === undefined) continue;
      const parts = partsOf(kind, value);
      if (parts === undefined) return { path: [...path, keyword], message: `Make ${keyword} a ${kind}.` };
      for (const [key, part] of parts) pending.push({ schema: part, path: [...path, keyword, ...key] });
    }
  }
  return undefined;
}

/** The schemas in a keyword's value, by where they stand in it. */
function partsOf(kind: Kind, value: unknown): readonly (readonly [IssuePath, unknown])[] | undefined {
  if (kind === 'schema or schemas') return partsOf(Array.isArray(value) ? 'list of schemas' : 'schema', value);
  if (kind === 'schema') return [[[], value]];
  if (kind === 'list of schemas') return Array.isArray(value) ? value.map((part, index) => [[index], part]) : undefined;
  return isObject(value) ? Object.entries(value).map(([name, part]) => [[name], part]) : undefined;
}

/** A value as it stands in a message, cut. */
function shown(value: unknown): string {
  return cut(JSON.stringify(value) ?? typeof value, maxShownLength);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

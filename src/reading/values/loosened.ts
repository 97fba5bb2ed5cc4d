import { afford, allowSteps } from '../../incremental/patterns/effort.ts';
import { compileSchema } from '../../incremental/schema/compiled-schema.ts';
import { isRecord } from '../../incremental/text/json-type.ts';
import { deepestSchema, mostConstants } from '../limits.ts';
import { wantsLists } from './wanted-list.ts';

/**
 * A JSON Schema that accepts whatever reading may make valid, and more: what even it rejects, no reading can save. Each
 * subschema stands where it stood, so that references lead where they led.
 */
export function loosened(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const { root } = compileSchema(schema, { additionalMembers: 'allow' });
  allowSteps();
  // Of a row of lists, the one it begins with is an item.
  const loose = wantsLists(root) ? {} : loosenedSchema(schema, !isCombined(schema));
  const { type } = loose as { type?: readonly string[] };
  // The answer as a whole may have a wrapper around it.
  const result = type === undefined ? loose : { ...(loose as object), type: [...new Set([...type, 'object'])] };
  cache.set(schema, result);
  return result;
}

/** What looking at a subschema costs: of a schema with thousands of them, anything may be read. */
const STEPS_PER_SUBSCHEMA = 400;
const ANYTHING = {};

const cache = new WeakMap<object, unknown>();

/** Whether several schemas judge one text, so that one may name the constants that it is another spelling of. */
function isCombined(schema: object, depth = 0): boolean {
  if (depth > deepestSchema || !afford(STEPS_PER_SUBSCHEMA)) return true;
  const inside = (value: unknown) => typeof value === 'object' && value !== null && isCombined(value, depth + 1);
  if (Array.isArray(schema)) return schema.some(inside);
  const names = Object.keys(schema);
  return names.some((keyword) => {
    if (keyword === 'allOf' || (keyword === '$ref' && names.some((name) => ofTexts.has(name)))) return true;
    const value = (schema as Record<string, unknown>)[keyword];
    return !(keyword === 'enum' && Array.isArray(value)) && inside(value);
  });
}

const ofTexts: ReadonlySet<string> = new Set(['enum', 'const', 'pattern', 'maxLength']);

function loosenedSchema(schema: unknown, keepsPatterns: boolean, depth = 0): unknown {
  if (!isRecord(schema)) return schema;
  if (depth > deepestSchema || !afford(STEPS_PER_SUBSCHEMA)) return ANYTHING;
  const loose: Record<string, unknown> = {};
  const listsConstants = schema.enum !== undefined || schema.const !== undefined;
  for (const [keyword, value] of Object.entries(schema)) {
    const kept = loosenedKeyword(keyword, value, {
      inside: (inner) => loosenedSchema(inner, keepsPatterns, depth + 1),
      keepsPatterns: keepsPatterns && !listsConstants,
    });
    if (kept !== undefined) loose[keyword] = kept;
  }
  const types = typesOf(schema.type);
  const pattern = types === undefined ? undefined : textPattern(types);
  if (types !== undefined) loose.type = looseTypes(types);
  if (pattern !== undefined) loose.pattern = pattern;
  const constants = constantsOf(schema);
  if (constants !== undefined && types?.every((type) => type === 'string') !== false) loose.pattern = constants;
  return loose;
}

/** `undefined` for what a reading may make true: names may be spelled anew, members left out, values wrapped. */
function loosenedKeyword(
  keyword: string,
  value: unknown,
  { inside, keepsPatterns }: { readonly inside: (schema: unknown) => unknown; readonly keepsPatterns: boolean },
): unknown {
  switch (keyword) {
    case '$defs':
    case 'definitions':
    case 'properties':
      return isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, inside(schema)]))
        : value;
    case 'items':
    case 'prefixItems':
    case 'allOf':
      return Array.isArray(value) ? value.map(inside) : inside(value);
    case 'maxLength':
    case 'pattern':
      return keepsPatterns ? value : undefined;
    case '$ref':
    case '$id':
    case 'id':
    case '$schema':
    case '$anchor':
    case 'maximum':
    case 'minimum':
    case 'exclusiveMaximum':
    case 'exclusiveMinimum':
    case 'multipleOf':
    case 'maxItems':
      return value;
    default:
      return undefined;
  }
}

function typesOf(type: unknown): readonly string[] | undefined {
  const types = Array.isArray(type) ? type : [type];
  return types.every((name) => typeof name === 'string') ? types : undefined;
}

/** A list may be of one, `null` left out; where a list is wanted, any value may be its one item. */
function looseTypes(types: readonly string[]): readonly string[] {
  if (types.includes('array')) return ['array', 'object', 'string', 'number', 'boolean', 'null'];
  const loose = new Set([...types, 'array', 'null', 'string']);
  if (types.includes('string')) for (const type of ['number', 'boolean']) loose.add(type);
  return [...loose];
}

/** What a string has to look like to be read as one of the types; `undefined` where any may do. */
function textPattern(types: readonly string[]): string | undefined {
  if (types.some((type) => type === 'string' || type === 'object' || type === 'array')) return undefined;
  const patterns: string[] = [];
  if (types.includes('number') || types.includes('integer')) patterns.push('[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)');
  if (types.includes('boolean')) patterns.push('[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]');
  return patterns.length === 0 ? undefined : `^\\s*(?:${patterns.join('|')})\\s*$`;
}

/** The strings of `enum` and `const` in any spelling, where there is nothing else among them. */
function constantsOf({ enum: listed, const: constant }: Record<string, unknown>): string | undefined {
  const constants = Array.isArray(listed) ? listed : constant === undefined ? [] : [constant];
  if (constants.length === 0 || constants.length > mostConstants) return undefined;
  if (!constants.every((value) => typeof value === 'string' && /^[\w\s.-]{1,64}$/.test(value))) return undefined;
  return `^${between}(?:${constants.map(anySpelling).join('|')})${between}$`;
}

/** What may stand between the letters of a constant: what its spellings vary, and the backslashes of Markdown. */
const between = '[\\s_.\\\\-]*';

function anySpelling(constant: string): string {
  const letters = constant.replace(/[\s_.-]+/g, '');
  return [...letters].map((letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`).join(between);
}

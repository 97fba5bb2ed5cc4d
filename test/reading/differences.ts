import { readJson } from '../../src/reading/index.ts';
import { recorded } from './recorded.ts';

/** Where another reader, which guesses, makes something else of a text. */
export interface Difference {
  readonly id: string;
  readonly raw: string;
  readonly ours: unknown;
  readonly theirs: unknown;
  /** Why ours is not theirs; `undefined` where no rule says. */
  readonly reason: string | undefined;
}

/** All differences to `json_repair`, which reads without a schema, and to BAML, which reads by one. */
export function differences(): readonly Difference[] {
  const broken = recorded('broken-json.jsonl').map(({ id, raw, theirs }) => ({ id, raw, theirs, schema: true }));
  const guided = recorded('schema-guided.jsonl').map(({ id, raw, expected }) => ({
    id,
    raw,
    theirs: expected,
    schema: schemaOf(expected),
  }));
  return [...broken, ...guided].flatMap(({ id, raw, theirs, schema }) => {
    const text = String(raw);
    const ours = readJson(text, schema)?.value;
    if (canonical(ours) === canonical(theirs)) return [];
    const seen = { raw: text, ours, theirs };
    return [{ id: String(id), ...seen, reason: reasons.find(([, isIt]) => isIt(seen))?.[0] }];
  });
}

type Seen = Pick<Difference, 'raw' | 'ours' | 'theirs'>;

/** Why a text is not read as another reader does; the first that applies. */
const reasons: readonly (readonly [reason: string, isIt: (seen: Seen) => boolean])[] = [
  [
    'it is JSON, and stays as it is; the other was told to change or to drop values',
    ({ raw, ours }) => ours !== undefined && isJson(raw),
  ],
  [
    'no schema says how its names are spelled, or its constants',
    ({ ours, raw, theirs }) => ours === undefined && isMapped(raw, theirs),
  ],
  ['no value is made up for what is not there', ({ raw, ours, theirs }) => ours === undefined && hasMore(theirs, raw)],
  ['it is JSON, and lacks what the other reader adds or maps', ({ raw }) => isJson(raw)],
  ['a value is missing', ({ raw }) => /:\s*[,}\]]/.test(raw)],
  ['no bracket, so no list or object', ({ raw }) => !/[[{]/.test(raw)],
  ['a tuple or a set: no JSON', ({ raw }) => /\(\s*["']/.test(raw) || /\{\s*(["'])\w+\1\s*,/.test(raw)],
  ['a bracket in a sentence', ({ raw }) => /\w\s*(?:\{\s*\}|\[\s*\])/.test(raw)],
  ['an odd quote: a missing one, or one too many', ({ raw }) => /[}\]`]\s*$/.test(raw) && hasOddQuote(raw)],
  ['several values that differ: which?', ({ raw }) => hasSeveral(raw)],
  ['a string or a number that is cut off, or more to come', ({ raw }) => isCut(raw)],
  ['the value ends before the text does', ({ raw }) => balance(raw) < 0],
  ['names in a list, or items in an object', ({ raw }) => /^\s*\[\s*"[^"]*"\s*:/.test(raw) || /\]\s*,\s*\[/.test(raw)],
  ['separators in a number', ({ raw }) => /\d_\d/.test(raw)],
  ['two strings in a row that may be one', ({ raw }) => /"[^",:{}[\]]*"\s+"[^",:{}[\]]*"/.test(raw)],
  ['a word without quotes: where would it end?', ({ raw }) => hasWords(raw)],
  ['quotes that are doubled', ({ raw }) => /""\w|\w""/.test(raw)],
  ['quotes of which it cannot be said which belong together', ({ raw }) => /["']\s*[\w(<]+[^:,[\]{}]*["']/.test(raw)],
];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether the other's names or constants are not those of the text. */
function isMapped(raw: string, theirs: unknown): boolean {
  if (typeof theirs !== 'object' || theirs === null) return false;
  return wordsOf(theirs).some((word) => word !== '' && !plain(raw).includes(plain(word)));
}

/** Whether the other has members that the text does not name. */
function hasMore(theirs: unknown, raw: string): boolean {
  return typeof theirs === 'object' && theirs !== null && namesOf(theirs).some((name) => !raw.includes(name));
}

function hasSeveral(raw: string): boolean {
  let depth = 0;
  let values = 0;
  for (const [bracket] of withoutStrings(raw).matchAll(/[{}[\]]/g)) {
    if (bracket === '{' || bracket === '[') depth += 1;
    else if (--depth === 0) values += 1;
  }
  return depth === 0 && values > 1;
}

function hasOddQuote(raw: string): boolean {
  return countOf(raw.replaceAll('\\"', ''), '"') % 2 !== 0;
}

function isCut(raw: string): boolean {
  return balance(raw) > 0 || hasOddQuote(raw);
}

/** Opening brackets less closing ones, outside of plain strings. */
function balance(raw: string): number {
  const bare = withoutStrings(raw);
  return countOf(bare, '{') + countOf(bare, '[') - countOf(bare, '}') - countOf(bare, ']');
}

function withoutStrings(raw: string): string {
  return raw.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '');
}

function hasWords(raw: string): boolean {
  const bare = raw.replaceAll(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/g, '""');
  return /(?:[:[,]|"")\s*(?!(?:true|false|null|True|False|None)\b)[A-Za-z_\d]*[A-Za-z_]/.test(bare);
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_.\\-]+/g, '');
}

function wordsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(wordsOf)];
}

function namesOf(value: object): readonly string[] {
  const inside = Object.values(value).flatMap((member) =>
    typeof member === 'object' && member !== null ? namesOf(member) : [],
  );
  return Array.isArray(value) ? inside : [...Object.keys(value), ...inside];
}

/** The schema of a value: what it has, it must have. */
function schemaOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = [...new Set(value.map((item) => JSON.stringify(schemaOf(item))))].map((item) => JSON.parse(item));
    return items.length === 0
      ? { type: 'array' }
      : { type: 'array', items: items.length === 1 ? items[0] : { anyOf: items } };
  }
  if (value === null || typeof value !== 'object') return value === null ? {} : { type: typeof value };
  const properties = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, schemaOf(member)]));
  return { type: 'object', properties, required: Object.keys(value) };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}

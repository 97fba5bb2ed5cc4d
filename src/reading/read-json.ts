import { InvalidArgumentError } from '@ai-sdk/provider';
import { atOnce, type Steps } from '../effects/in-turns.ts';
import { allowSteps } from '../incremental/patterns/effort.ts';
import { compileSchema } from '../incremental/schema/compiled-schema.ts';
import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { isRecord, OBJECT } from '../incremental/text/json-type.ts';
import { refuseOtherThanText } from '../incremental/text/refuse-other-than-text.ts';
import type { Fix } from '../trace/fix.ts';
import { parseJson } from '../trace/parse-json.ts';
import { holdsNumbers, isEmpty, type Surroundings, surroundingsOf } from './beside.ts';
import { cut, type Edit, edited, fixesOf, inOrder } from './edit.ts';
import { envelopeOf, inEnvelope, wantsChoice } from './envelope.ts';
import { deepestStrings, effortPerCharacter, leastEffort, longestScalar, longestText } from './limits.ts';
import { isUnknownTo, losesMembers } from './lost-members.ts';
import { isOutOfReach } from './out-of-reach.ts';
import { type Parsed, parseInSteps } from './parse.ts';
import { isPartOfMore } from './part-of-more.ts';
import { readBySchema } from './read-values.ts';
import type { Effort, Reading, ReadOptions } from './reading.ts';
import { rowsOf, wordsOf } from './rows.ts';
import { isSameValue } from './same-value.ts';
import { plainValue, type SourceValue } from './source-value.ts';
import { type StandingValues, standingValues } from './standing.ts';
import { skipSpace } from './trivia.ts';
import { compatible } from './value-edits.ts';
import { wantsList } from './wanted-list.ts';
import { isAnswerOf, unwrapped } from './wrapper.ts';

/** The JSON value of a text, and what was changed to read it. */
export interface ReadJson {
  readonly value: unknown;
  /** The JSON text: the source's own characters except for the fixes. */
  readonly text: string;
  readonly fixes: readonly Fix[];
}

/** What may be changed. */
export interface ReadJsonOptions {
  /** Whether text that is not JSON is read. @default true */
  readonly syntax?: boolean;
  /** Whether values are read by the schema. @default true */
  readonly values?: boolean;
  /**
   * Whether members that the schema forbids are issues (`judge`) or allowed, like validators that strip them.
   * @default 'judge'
   */
  readonly additionalMembers?: 'judge' | 'allow';
}

/**
 * Reads the JSON value of a text, by a schema. Nothing is completed, added, dropped or guessed. A text that fits is
 * returned unchanged. If a text has no reading, or more than one, the result is `undefined`.
 *
 * @param schema JSON Schema; of another library's schema, give its JSON Schema (`z.toJSONSchema(…)`). Keywords with values
 * that JSON Schema does not know are ignored.
 * @throws InvalidArgumentError if the text is no string, an option has another value, or the schema is neither an object
 * nor a boolean, no plain JSON, or another library's.
 * @example
 * readJson("{'total': '12.50'}", { type: 'object', properties: { total: { type: 'number' } } });
 * // { value: { total: 12.5 }, text: '{"total": 12.50}', fixes: [{ path: [], rule: 'quotes', … }, …] }
 */
export function readJson(text: string, schema: unknown = true, options: ReadJsonOptions = {}): ReadJson | undefined {
  refuseOtherThanText(text);
  for (const name of ['syntax', 'values'] as const) {
    if (typeof (options[name] ?? true) === 'boolean') continue;
    throw new InvalidArgumentError({ argument: name, message: `${name} must be true or false.` });
  }
  if (isOfLibrary(schema)) {
    const message =
      'Give the JSON Schema of the schema instead: z.toJSONSchema(schema), or schema.jsonSchema of the SDK.';
    throw new InvalidArgumentError({ argument: 'schema', message });
  }
  return atOnce(readInSteps(text, schema, options));
}

/** Whether it is a schema of zod, of another library, or of the SDK. The JSON Schema that zod writes has a hidden `~standard` too. */
function isOfLibrary(schema: unknown): boolean {
  if (!isRecord(schema)) return false;
  if ('jsonSchema' in schema && 'validate' in schema) return true;
  const isStandard = '~standard' in schema;
  return (
    isStandard && (Object.getPrototypeOf(schema) !== Object.prototype || Object.keys(schema).includes('~standard'))
  );
}

interface ReadInStepsOptions extends ReadJsonOptions {
  /** The schema that names what the text may have more of, if it is another one than judges the value. */
  readonly naming?: unknown;
}

/** The same, in steps of which each takes some tens of milliseconds on a megabyte at most. */
export function* readInSteps(
  text: string,
  schema: unknown,
  { syntax = true, values = true, additionalMembers = 'judge', naming }: ReadInStepsOptions,
): Steps<ReadJson | undefined> {
  const { root, isValid } = compileSchema(schema, { additionalMembers });
  const names = naming === undefined ? root : compileSchema(naming, { additionalMembers }).root;
  const strict = parseJson(text);
  yield;
  if (strict !== undefined && isValid(strict.value)) return { value: strict.value, text, fixes: [] };
  if (text.length > longestText || (strict !== undefined && !values)) return undefined;
  if (strict === undefined ? !syntax : isOutOfReach(strict.value, root)) return undefined;
  yield;
  const read = yield* readText(text, root, { syntax, values, nesting: 0, strict, names });
  yield;
  if (read === undefined || !isValid(read.value)) return undefined;
  yield;
  return says(read) ? read : undefined;
}

/** Whether the edited text says what was read: no edit got in another one's way. What was read does not nest deep. */
function says({ text, value }: ReadJson): boolean {
  try {
    return isSameValue(JSON.parse(text), value);
  } catch {
    return false;
  }
}

interface Circumstances {
  readonly syntax: boolean;
  readonly values: boolean;
  /** How many strings the text is in that hold JSON. */
  readonly nesting: number;
  /** What the text says as it stands, if it is JSON. */
  readonly strict: { readonly value: unknown } | undefined;
  /** Names what the text may have more of. */
  readonly names: SchemaNode;
}

/** How the values of a text are read, and within what bounds. */
export function readOptions(text: string, { syntax, nesting = 0 }: NestedOptions): ReadOptions {
  const effort: Effort = { left: leastEffort + effortPerCharacter * text.length };
  return {
    effort,
    *readNested(nested, schema) {
      if (nesting >= deepestStrings || effort.left <= 0) return undefined;
      const strict = parseJson(nested);
      if (strict === undefined && !syntax) return undefined;
      return yield* readText(nested, schema, { syntax, values: true, nesting: nesting + 1, strict, names: schema });
    },
  };
}

interface NestedOptions {
  /** Whether a string that holds no JSON as it stands is read. */
  readonly syntax: boolean;
  readonly nesting?: number;
}

function* readText(
  text: string,
  schema: SchemaNode,
  { syntax, values, nesting, strict, names }: Circumstances,
): Steps<ReadJson | undefined> {
  const around = surroundingsOf(text);
  const options = readOptions(text, { syntax, nesting });
  const fits = (parsed: Parsed) => fitted(text, parsed, { schema, options, values, around });
  const isList = wantsList(schema);
  const rows = values && isList && nesting === 0 ? rowsOf(text) : [];
  if (rows.length > 0) return yield* fits(rowOf(rows));
  const words = values && nesting === 0 && wantsChoice(schema) ? wordsOf(text) : undefined;
  if (words !== undefined) return yield* fits(words);
  const standing = yield* valuesOf(text, strict);
  if (standing === undefined || standing.values.length === 0) return undefined;
  yield* pause(nesting);
  // A string that holds more than JSON, or numbers that only a string holds, is one.
  if (nesting > 0 && standing.values.some(({ root }) => around.hasProse(root) || !holdsNumbers(root))) return undefined;
  // Nothing beside words may be all that was found, or what the words are about.
  const mayBeAll = ({ root }: Parsed) => isEmpty(root) && (isList || schema.isValid(plainValue(root)));
  if (standing.values.some((parsed) => mayBeAll(parsed) && around.hasWords(parsed.root))) return undefined;
  const read: ReadJson[] = [];
  const wrapped = new Set<string>();
  for (const parsed of standing.values) {
    const value = yield* fits(parsed);
    if (value === undefined) continue;
    read.push(value);
    if (hasWrapper(value) && parsed.root.type === 'object' && parsed.root.members.length > 1)
      wrapped.add(JSON.stringify(plainValue(parsed.root)));
  }
  // Calls of several tools may have the same arguments.
  if (wrapped.size > 1) return undefined;
  const isOfMore = (value: unknown, isRow: boolean) =>
    isPartOfMore(text, standing, { value, isRow, schema: names, isList: wantsList(names) });
  const [found, ...others] = read;
  // Values that fit on their own are no items, whatever else the schema takes.
  if (found === undefined || isListOfOne(found)) {
    const isRow = values && isList && standing.isRow && standing.values.length > 1;
    if (isRow && others.every(isListOfOne)) {
      yield* pause(nesting);
      const row = yield* fits(rowOf(standing.values));
      return row === undefined || isOfMore(row.value, true) ? undefined : row;
    }
    // One item of several is not the list.
    if (standing.values.length + standing.others.length > 1) return undefined;
  }
  if (found === undefined || !others.every(({ value }) => isSameValue(value, found.value))) return undefined;
  yield* pause(nesting);
  for (const parsed of standing.others) {
    const other = yield* fits(parsed);
    if (other !== undefined && !isSameValue(other.value, found.value)) return undefined;
  }
  return isOfMore(found.value, false) ? undefined : found;
}

function hasWrapper({ fixes }: ReadJson): boolean {
  return fixes.some(({ rule }) => rule === 'wrapper');
}

function isListOfOne({ fixes }: ReadJson): boolean {
  return fixes.some(({ rule, path }) => rule === 'list-of-one' && path.length === 0);
}

/** Others may use up the steps meanwhile; what stands inside strings shares those of the whole. */
function* pause(nesting: number): Steps<void> {
  yield;
  if (nesting === 0) allowSteps();
}

/** The whole text as one value, or else those that stand in it. */
function* valuesOf(text: string, strict: Circumstances['strict']): Steps<StandingValues | undefined> {
  const start = skipSpace(text, 0);
  const isBracket = start < text.length && '{['.includes(text.charAt(start));
  const whole =
    isBracket || text.length <= longestScalar
      ? yield* parseInSteps(text, start, { isJson: strict !== undefined })
      : 'none';
  if (typeof whole === 'object' && strict !== undefined) whole.root.value = strict.value;
  if (typeof whole === 'object' && skipSpace(text, whole.root.end) === text.length)
    return { values: [whole], start, others: [], isRow: true };
  return yield* standingValues(text, isBracket ? { start, parsed: whole } : undefined);
}

interface Fitting {
  readonly schema: SchemaNode;
  readonly options: ReadOptions;
  readonly values: boolean;
  readonly around: Surroundings;
}

function* fitted(
  text: string,
  { root, edits }: Parsed,
  { schema, options, values, around }: Fitting,
): Steps<ReadJson | undefined> {
  const rendered = (node: SourceValue, { value, edits: more }: Reading, last: readonly Edit[] = []): ReadJson => {
    const all = compatible(more.length + last.length === 0 ? edits : [...more, ...edits, ...last], node);
    const isInside = ({ start, end }: Edit) => start >= node.start && end <= node.end;
    const own = inOrder(all.every(isInside) ? all : all.filter(isInside));
    const outer = [...removedAround(text, root, around), ...(node === root ? [] : [wrapping(text, root, node)])];
    return { value, text: edited(text, node, own), fixes: [...outer, ...fixesOf(text, root, own)] };
  };
  const written = plainValue(root);
  // JSON in backticks or single quotes is no text, unless text is wanted.
  const isQuotedJson = ({ value }: Reading) =>
    typeof value === 'string' && edits.length > 0 && (schema.types & OBJECT) !== 0 && /^\s*[[{]/.test(value);
  const isUnknown = isUnknownTo(schema, written);
  if (!values) {
    const fits = schema.isValid(written) && !isUnknown && !losesMembers(written, schema, options.effort);
    const reading = { value: written, edits: [] };
    return fits && !isQuotedJson(reading) ? rendered(root, reading) : undefined;
  }
  const read = yield* readBySchema(root, schema, options);
  const whole = isUnknown && read !== undefined && isUnknownTo(schema, read.value) ? undefined : read;
  // Words are not the one item of a list because a list of words was wanted.
  if (whole !== undefined) return isWords(root, whole) || isQuotedJson(whole) ? undefined : rendered(root, whole);
  const envelope = envelopeOf(root, schema);
  if (envelope !== undefined) {
    const { node, open, close } = inEnvelope(root, envelope);
    const reading = yield* readBySchema(node, schema, options);
    return reading && rendered(root, { ...reading, edits: [open, ...reading.edits] }, [close]);
  }
  const inner: ReadJson[] = [];
  for (const node of unwrapped(root, schema)) {
    const reading = yield* readBySchema(node, schema, options);
    if (reading !== undefined && isAnswerOf(root, schema, reading)) inner.push(rendered(node, reading));
  }
  return inner.length === 1 ? inner[0] : undefined;
}

function isWords({ type }: SourceValue, { value, edits }: Reading): boolean {
  if (type !== 'string' || !edits.some(({ rule, place }) => rule === 'list-of-one' && place === undefined))
    return false;
  return Array.isArray(value) && typeof value[0] === 'string';
}

function removedAround(text: string, { start, end }: SourceValue, { start: first }: Surroundings): Fix[] {
  const isAlone = first >= start && skipSpace(text, end) === text.length;
  if (isAlone) {
    const space = text.slice(0, start) + text.slice(end);
    return /[^ \t\n\r]/.test(space) ? [{ path: [], rule: 'white-space', from: cut(space), to: '' }] : [];
  }
  const from = `${text.slice(first, Math.min(start, first + 90))}…${text.slice(Math.max(end, text.length - 90))}`;
  return [{ path: [], rule: 'surroundings', from, to: '' }];
}

function wrapping(text: string, root: SourceValue, { start, end }: SourceValue): Fix {
  const from = `${text.slice(root.start, start).slice(0, 90)}…${text.slice(end, root.end).slice(-90)}`;
  return { path: [], rule: 'wrapper', from, to: '' };
}

/** The values of a row as the list they make. */
function rowOf(values: readonly Parsed[]): Parsed {
  const items = values.map(({ root }) => root);
  const start = items[0]?.start ?? 0;
  const end = items.at(-1)?.end ?? 0;
  const edits: Edit[] = [{ start, end: start, text: '[', place: undefined, rule: 'values-in-a-row' }];
  for (const [index, item] of items.entries()) {
    const previous = items[index - 1];
    if (previous === undefined) continue;
    edits.push({ start: previous.end, end: item.start, text: ', ', place: undefined, rule: 'values-in-a-row' });
  }
  edits.push({ start: end, end, text: ']', place: undefined, rule: 'values-in-a-row', closes: start - 0.5 });
  const root: SourceValue = { type: 'array', start, end, items, value: undefined };
  return { root, edits: [...edits, ...values.flatMap((parsed) => parsed.edits)] };
}

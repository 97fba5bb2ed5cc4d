import type { Steps } from '../effects/in-turns.ts';
import { allowSteps } from '../incremental/patterns/effort.ts';
import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { parseJson } from '../trace/parse-json.ts';
import { holdsNumbers, isEmpty, type Surroundings, surroundingsOf } from './around/beside.ts';
import { wantsChoice } from './around/envelope.ts';
import { isCalledExample } from './around/examples.ts';
import { type StandingValues, standingValues } from './around/standing.ts';
import { fitted } from './fitted.ts';
import { isPartOfMore } from './left-out/part-of-more.ts';
import { deepestStrings, effortPerCharacter, leastEffort, longestScalar } from './limits.ts';
import { rowOf, rowsOf, wordsOf } from './rows.ts';
import { type Parsed, parseInSteps } from './text/parse.ts';
import { plainValue, type SourceValue } from './text/source-value.ts';
import { skipSpace } from './text/trivia.ts';
import type { Effort, ReadJson, ReadOptions } from './values/reading.ts';
import { isSameValue } from './values/same-value.ts';
import { wantsList } from './values/wanted-list.ts';

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
      if (nesting >= deepestStrings || effort.left <= 0 || plainText.test(nested)) return undefined;
      effort.left -= effortOfNested;
      const strict = parseJson(nested);
      if (strict === undefined && !syntax) return undefined;
      return yield* readText(nested, schema, { syntax, values: true, nesting: nesting + 1, strict, names: schema });
    },
  };
}

/** What is no JSON, and holds none. */
const plainText = /^[^[{"'`‘’“”\s\d+.tfn-][^[{"'`‘’“”]*$/i;

/** What it takes to find out that a string holds no JSON. */
const effortOfNested = 4;

interface NestedOptions {
  /** Whether a string that holds no JSON as it stands is read. */
  readonly syntax: boolean;
  readonly nesting?: number;
}

/** The value of a text, if the schema leaves one, and what was changed to read it. */
export function* readText(text: string, schema: SchemaNode, circumstances: Circumstances): Steps<ReadJson | undefined> {
  const { syntax, values, nesting, strict, names } = circumstances;
  const around = surroundingsOf(text);
  const fitting = { schema, options: readOptions(text, { syntax, nesting }), values, around };
  const reading: Fits = (parsed) => fitted(text, parsed, fitting);
  const plain = values && nesting === 0 ? plainWords(text, schema) : undefined;
  if (plain !== undefined) return yield* reading(plain);
  const standing = yield* valuesOf(text, strict);
  if (standing === undefined || standing.values.length === 0) return undefined;
  yield* pause(nesting);
  if (isInWords(standing, { schema, around, nesting })) return undefined;
  const each = yield* readEach(standing.values, reading);
  if (each === undefined) return undefined;
  const { read, unread } = each;
  const isOfMore = (value: unknown, isRow: boolean) =>
    isPartOfMore(text, standing, {
      value,
      unread: isRow ? [] : unread,
      isRow,
      schema: names,
      isList: wantsList(names),
    });
  const [found, ...others] = read;
  // Values that fit on their own are no items, whatever else the schema takes.
  if (found === undefined || isListOfOne(found)) {
    const isRow = values && wantsList(schema) && standing.isRow && standing.values.length > 1;
    if (isRow && others.every(isListOfOne)) {
      yield* pause(nesting);
      const row = yield* reading(rowOf(standing.values));
      return row === undefined || (yield* isOfMore(row.value, true)) ? undefined : row;
    }
    // One item of several is not the list.
    if (standing.values.length + standing.others.length > 1) return undefined;
  }
  if (found === undefined || !others.every(({ value }) => isSameValue(value, found.value))) return undefined;
  yield* pause(nesting);
  for (const parsed of standing.others) {
    const other = yield* reading(parsed);
    if (other === undefined) unread.push(parsed.root);
    else if (!isSameValue(other.value, found.value)) return undefined;
  }
  return (yield* isOfMore(found.value, false)) ? undefined : found;
}

type Fits = (parsed: Parsed) => Steps<ReadJson | undefined>;

/** A text of plain words and nothing else, where a list of such or a choice is wanted. */
function plainWords(text: string, schema: SchemaNode): Parsed | undefined {
  const rows = wantsList(schema) ? rowsOf(text) : [];
  if (rows.length > 0) return rowOf(rows);
  return wantsChoice(schema) ? wordsOf(text) : undefined;
}

interface Around extends Pick<Circumstances, 'nesting'> {
  readonly schema: SchemaNode;
  readonly around: Surroundings;
}

/** Whether the values of a text are but a part of what its words say. */
function isInWords({ values }: StandingValues, { schema, around, nesting }: Around): boolean {
  // A string that holds more than JSON, a number or a literal alone, or numbers that only a string holds, is one.
  if (nesting > 0 && values.some(({ root }) => isBare(root) || around.hasProse(root) || !holdsNumbers(root)))
    return true;
  // Nothing beside words may be all that was found, or what the words are about.
  const isList = wantsList(schema);
  const mayBeAll = ({ root }: Parsed) => isEmpty(root) && (isList || schema.isValid(plainValue(root)));
  return values.some((parsed) => mayBeAll(parsed) && around.hasWords(parsed.root));
}

/** What the rules for scalars read: where a list is wanted, they have read it as its one item, or have not. */
function isBare({ type }: SourceValue): boolean {
  return type === 'number' || type === 'literal';
}

interface EachRead {
  readonly read: readonly ReadJson[];
  /** The values that have no reading. */
  readonly unread: SourceValue[];
}

/** What each value is read as; `undefined` where they are calls of several tools, which may have the same arguments. */
function* readEach(values: readonly Parsed[], reading: Fits): Steps<EachRead | undefined> {
  const read: ReadJson[] = [];
  const unread: SourceValue[] = [];
  const calls: unknown[] = [];
  for (const parsed of values) {
    const value = yield* reading(parsed);
    if (value === undefined) {
      unread.push(parsed.root);
      continue;
    }
    read.push(value);
    if (hasWrapper(value) && parsed.root.type === 'object' && parsed.root.members.length > 1)
      calls.push(plainValue(parsed.root));
  }
  return calls.every((call) => isSameValue(call, calls[0])) ? { read, unread } : undefined;
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
  const isAll = typeof whole === 'object' && skipSpace(text, whole.root.end) === text.length;
  if (isAll && !isCalledExample(text, whole.root.start)) return { values: [whole], start, others: [], isRow: true };
  return yield* standingValues(text, isBracket ? { start, parsed: whole } : undefined);
}

import type { Steps } from '../effects/in-turns.ts';
import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { OBJECT } from '../incremental/text/json-type.ts';
import type { Fix } from '../trace/fix.ts';
import type { Surroundings } from './around/beside.ts';
import { envelopeOf, inEnvelope } from './around/envelope.ts';
import { isAnswerOf, unwrapped } from './around/wrapper.ts';
import { cut, type Edit, edited, fixesOf, inOrder } from './text/edit.ts';
import type { Parsed } from './text/parse.ts';
import { plainValue, type SourceValue } from './text/source-value.ts';
import { skipSpace } from './text/trivia.ts';
import { holdsAnswer, isUnknownTo, losesMembers } from './values/lost-members.ts';
import { endStep, isLong, readBySchema } from './values/read-values.ts';
import type { Reading, ReadJson, ReadOptions } from './values/reading.ts';
import { compatible } from './values/value-edits.ts';

/** How a value of a text is fitted. */
export interface Fitting {
  readonly schema: SchemaNode;
  readonly options: ReadOptions;
  readonly values: boolean;
  readonly around: Surroundings;
}

/** A value as the schema has it read: which node of the text it is, and what closes it. */
interface Fit {
  readonly node: SourceValue;
  readonly reading: Reading;
  readonly close?: Edit;
}

/** What a value of a text is read as by the schema; `undefined` where there is no reading, or more than one. */
export function* fitted(text: string, parsed: Parsed, fitting: Fitting): Steps<ReadJson | undefined> {
  const fit = isUnclearQuotation(text, parsed) ? undefined : yield* fitOf(parsed, fitting);
  return fit && rendered(text, parsed, { ...fit, around: fitting.around });
}

function* fitOf(parsed: Parsed, { schema, options, values }: Fitting): Steps<Fit | undefined> {
  const { root } = parsed;
  const written = plainValue(root);
  if (isLong(root)) yield* endStep();
  const isUnknown = isUnknownTo(schema, written);
  if (!values) {
    const fits = schema.isValid(written) && !isUnknown && !losesMembers(written, schema, options.effort);
    const reading = { value: written, edits: [] };
    return fits && !isQuotedJson(parsed, schema, written) ? { node: root, reading } : undefined;
  }
  if (isLong(root)) yield* endStep();
  const read = yield* readBySchema(root, schema, options);
  if (isLong(root)) yield* endStep();
  const whole = isUnknown && read !== undefined && isUnknownTo(schema, read.value) ? undefined : read;
  if (whole !== undefined) {
    // Words are not the one item of a list because a list of words was wanted.
    const isOther =
      isWords(root, whole) || isQuotedJson(parsed, schema, whole.value) || losesAnswer(whole, schema, options);
    return isOther ? undefined : { node: root, reading: whole };
  }
  const envelope = envelopeOf(root, schema);
  if (envelope !== undefined) {
    const { node, open, close } = inEnvelope(root, envelope);
    const reading = yield* readBySchema(node, schema, options);
    if (reading === undefined) return undefined;
    const fit = { node: root, reading: { ...reading, edits: [open, ...reading.edits] }, close };
    return losesAnswer(fit.reading, schema, options) ? undefined : fit;
  }
  const inner: Fit[] = [];
  for (const node of unwrapped(root, schema)) {
    const reading = yield* readBySchema(node, schema, options);
    if (reading !== undefined && isAnswerOf(root, schema, reading)) inner.push({ node, reading });
  }
  const [only] = inner;
  return only === undefined || inner.length > 1 || losesAnswer(only.reading, schema, options) ? undefined : only;
}

function losesAnswer({ value, edits }: Reading, schema: SchemaNode, { effort }: ReadOptions): boolean {
  return holdsAnswer(value, schema, { isChanged: edits.length > 0, effort });
}

/** The text with the changes made of it that its syntax and its values need, and all of them told. */
function rendered(
  text: string,
  { root, edits }: Parsed,
  { node, reading, close, around }: Fit & Pick<Fitting, 'around'>,
): ReadJson {
  const isChanged = reading.edits.length > 0 || close !== undefined;
  const last = close === undefined ? [] : [close];
  const all = compatible(isChanged ? [...reading.edits, ...edits, ...last] : edits, node);
  const isInside = ({ start, end }: Edit) => start >= node.start && end <= node.end;
  const own = inOrder(all.every(isInside) ? all : all.filter(isInside));
  const outer = [...removedAround(text, root, around), ...(node === root ? [] : [wrapping(text, root, node)])];
  return { value: reading.value, text: edited(text, node, own), fixes: [...outer, ...fixesOf(text, root, own)] };
}

/** Whether a text in backticks or single quotes has backslashes that are one in code, and two where the quotes but quote it. */
function isUnclearQuotation(text: string, { root: { type, start, end } }: Parsed): boolean {
  return type === 'string' && text.charAt(start) !== '"' && text.slice(start, end).includes('\\\\');
}

/** Whether a text is JSON in backticks or single quotes: that is no text, unless text is wanted. */
function isQuotedJson({ edits }: Parsed, schema: SchemaNode, value: unknown): boolean {
  return typeof value === 'string' && edits.length > 0 && (schema.types & OBJECT) !== 0 && /^\s*[[{]/.test(value);
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

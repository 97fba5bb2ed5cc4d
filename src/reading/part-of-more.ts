import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { isRecord } from '../incremental/text/json-type.ts';
import { mayCloseEarlier } from './closed-earlier.ts';
import { normalised } from './normalise.ts';
import type { Parsed } from './parse.ts';
import { isMemberOf, membersLike } from './schemas-inside.ts';
import { plainValue } from './source-value.ts';
import type { StandingValues } from './standing.ts';
import { saysThereIsMore, skipSpace } from './trivia.ts';
import { takesItem } from './wanted-list.ts';

/** The value that was read of a text, and what it was looked for with. */
interface Found {
  readonly value: unknown;
  readonly schema: SchemaNode;
  readonly isList: boolean;
  /** Whether the values of a row were read as a list. */
  readonly isRow: boolean;
}

/** Whether the text has more of the value than was read: members before or behind it, or items that are no containers. */
export function isPartOfMore(text: string, standing: StandingValues, found: Found): boolean {
  const { values, start } = standing;
  if (standing.isRow && values.some((parsed) => hasOtherMembers(parsed, found))) return true;
  if (values.some((parsed) => isMember(text, parsed, found.schema) || mayCloseEarlier(text, parsed, found.schema)))
    return true;
  const [first] = values;
  const isItem = itemsOf(values, found);
  if (found.isList && first !== undefined) {
    const before = itemBefore.exec(text.slice(Math.max(start, first.root.start - 200), first.root.start));
    if (before !== null && isItem(before[1])) return true;
    if (!found.isRow && listGoesOn(text, values.at(-1) ?? first)) return true;
  }
  const goesOn = found.isList
    ? (beside: string) => itemsBeside(beside, isItem)
    : (beside: string) => membersBeside(beside, found);
  let position = start;
  for (const { root } of values) {
    if (goesOn(text.slice(position, root.start))) return true;
    position = root.end;
  }
  const behind = text.slice(position);
  return goesOn(behind) || (found.isList && itemBehind.test(behind));
}

/** Whether a list goes on, or ends, behind its last value. */
function listGoesOn(text: string, { root }: Parsed): boolean {
  const behind = text.charAt(skipSpace(text, root.end));
  return root.type !== 'array' && (behind === ',' || behind === ']');
}

/** Whether another value has members that the schema names and that the one that was read lacks. */
function hasOtherMembers({ root }: Parsed, { value, schema }: Found): boolean {
  if (root.type !== 'object' || !isRecord(value)) return false;
  const isMissed = (name: string) => {
    const names = isMemberOf(schema, name) ? [name] : membersLike(schema, normalised(name));
    return names.length > 0 && ![name, ...names].some((known) => Object.hasOwn(value, known));
  };
  return root.members.some(({ name, node }) => isMissed(name) && plainValue(node) !== null);
}

/** A name as people write it: words of letters and digits of any script, with single spaces between them. */
const word = String.raw`[\p{L}\p{N}_$](?:[\p{L}\p{M}\p{N}_$.-]{0,60})`;
const nameOf = `${word}(?: ${word}){0,7}`;
const label = new RegExp(`(?:^|[\\n,])[ \\t]*["']?(${nameOf})["']?[ \\t]*[:=][ \\t]*$`, 'u');

/** Whether a value stands behind the name of a member, so that it is that member's: YAML, or an object without its opening. */
function isMember(text: string, { root }: Parsed, schema: SchemaNode): boolean {
  const [, name] = label.exec(text.slice(Math.max(0, root.start - 100), root.start)) ?? [];
  return name !== undefined && isMemberOf(schema, name);
}

const mark = String.raw`(?:[-*+>•–—;]|\/\/|\(?\d{1,4}[.)]|[a-z]\))[ \t]*(?:\[[ x]\][ \t]*)?`;
const namedLine = new RegExp(`^[ \\t]*(?:${mark})?["'*\`]*(${nameOf})["'*\`]*[ \\t]*[:=：][*\`]*`, 'gmu');
const namedTag = new RegExp(`<(${nameOf})>`, 'gu');
const scalar = /([-+]?\.?\d[\w.+-]*|true|false|null|none|"[^"\n]*"|'[^'\n]*'|“[^”\n]*”)/i;
const itemBefore = new RegExp(`(?:^|[\\n\\[,])[ \\t]*${scalar.source}[ \\t]*,\\s*$`, 'iu');
const scalarLine = new RegExp(
  `^[ \\t]*(?:${mark})?(?:<[\\w-]{1,64}>)?${scalar.source}(?:</[\\w-]{1,64}>)?[ \\t]*(?:,[ \\t]*)?$`,
  'gimu',
);
const itemBehind = new RegExp(`^[ \\t]*\\r?\\n[ \\t]*${mark}${word}[ \\t]*(?:\\r?\\n|$)`, 'iu');
const scalarRest = new RegExp(`[ \\t]*(?:${scalar.source}|(${word}))[ \\t]*(?:,[ \\t]*)?(?=\\r?$|</)`, 'imyu');
/** What says of a member that it is not there. */
const isAbsent = /^["'“]?(?:null|none|nil|omitted|empty|missing|absent|unknown|optional|n\/?a)["'”]?$/i;
const commentLine = /^[ \t]*\/[/*].*$/gm;
/** What says at the beginning of a line, or with a number, that a list goes on. */
const more = /^[ \t(]*(?:\.{3}|…)|\band \d+ (?:more|others)\b/imu;

/** Whether a text has items of a list: scalars on lines of their own, or words that say so. */
function itemsBeside(beside: string, isItem: (scalar: string | undefined) => boolean): boolean {
  if (more.test(beside)) return true;
  for (const [comment] of beside.matchAll(commentLine)) if (saysThereIsMore(comment, true)) return true;
  for (const [, item] of beside.matchAll(scalarLine)) if (isItem(item)) return true;
  return false;
}

/** Tells whether a scalar may be an item: among objects and lists, only one that the schema takes. */
function itemsOf(values: readonly Parsed[], { value, schema, isRow }: Found): (scalar: string | undefined) => boolean {
  const isList = isRow || values.every(({ root }) => root.type === 'array');
  const hasContainers =
    isList && Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);
  if (!hasContainers) return () => true;
  return (scalar = '') => valuesOf(scalar).some((item) => takesItem(schema, item));
}

/** What a scalar may stand for. */
function valuesOf(scalar: string): unknown[] {
  const text = scalar.replace(/^["'“]|["'”]$/g, '');
  const named = literals[text.toLowerCase()];
  return [text, ...(named === undefined ? [] : [named]), ...(Number.isNaN(Number(text)) ? [] : [Number(text)])];
}

const literals: Readonly<Record<string, unknown>> = { true: true, false: false, null: null, none: null };

function membersBeside(text: string, { value, schema }: Found): boolean {
  for (const line of [...text.matchAll(namedLine), ...text.matchAll(namedTag)]) {
    const [start, written = ''] = line;
    const names = isMemberOf(schema, written) ? [written] : membersLike(schema, normalised(written));
    scalarRest.lastIndex = line.index + start.length;
    const [, quoted, plain] = scalarRest.exec(text) ?? [];
    const said = quoted ?? plain;
    const saysIt = (name: string) =>
      said === undefined ? name === written && !start.startsWith('<') : !isAbsent.test(said);
    for (const name of names) {
      if (Object.hasOwn(Object(value), name) ? saysOther(quoted, value, name) : saysIt(name)) return true;
    }
  }
  return false;
}

/** Whether a line says of a member something else than its value. */
function saysOther(said: string | undefined, value: unknown, name: string): boolean {
  if (said === undefined) return false;
  const own = (value as Record<string, unknown>)[name];
  const text = said.replace(/^["'“]|["'”]$/g, '');
  if (typeof own === 'number') return Number(text) !== own;
  return text.toLowerCase() !== String(own).toLowerCase();
}

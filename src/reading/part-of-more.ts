import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { isRecord } from '../incremental/text/json-type.ts';
import { mayCloseEarlier } from './closed-earlier.ts';
import { normalised } from './normalise.ts';
import type { Parsed } from './parse.ts';
import { isMemberOf, membersLike } from './schemas-inside.ts';
import { plainValue } from './source-value.ts';
import type { StandingValues } from './standing.ts';
import { skipSpace } from './trivia.ts';

/** The value that was read of a text, and what it was looked for with. */
interface Found {
  readonly value: unknown;
  readonly schema: SchemaNode;
  readonly isList: boolean;
}

/** Whether the text has more of the value than was read: members before or behind it, or items that are no containers. */
export function isPartOfMore(text: string, standing: StandingValues, found: Found): boolean {
  const { values, start } = standing;
  if (standing.isRow && values.some((parsed) => hasOtherMembers(parsed, found))) return true;
  if (values.some((parsed) => isMember(text, parsed, found.schema) || mayCloseEarlier(text, parsed, found.schema)))
    return true;
  const [first] = values;
  if (found.isList && first !== undefined && isEndOfList(text, first, values.at(-1) ?? first, start)) return true;
  const goesOn = found.isList ? itemsBeside(values, found) : (beside: string) => membersBeside(beside, found);
  let position = start;
  for (const { root } of values) {
    if (goesOn(text.slice(position, root.start))) return true;
    position = root.end;
  }
  const behind = text.slice(position);
  return goesOn(behind) || (found.isList && itemBehind.test(behind));
}

/** Whether items stand before the first value on its line, or a list goes on or ends behind the last. */
function isEndOfList(text: string, first: Parsed, last: Parsed, start: number): boolean {
  if (itemsBefore.test(text.slice(Math.max(start, first.root.start - 200), first.root.start))) return true;
  const behind = text.charAt(skipSpace(text, last.root.end));
  return last.root.type !== 'array' && (behind === ',' || behind === ']');
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
const itemsBefore = new RegExp(`(?:^|[\\n\\[,])[ \\t]*${scalar.source}[ \\t]*,\\s*$`, 'iu');
const scalarLine = new RegExp(`^[ \\t]*(?:${mark})?${scalar.source}[ \\t]*(?:,[ \\t]*)?$`, 'imu');
const itemBehind = new RegExp(`^[ \\t]*\\r?\\n[ \\t]*${mark}${word}[ \\t]*(?:\\r?\\n|$)`, 'iu');
const scalarRest = new RegExp(`[ \\t]*(?:${scalar.source}|(${word}))[ \\t]*(?:,[ \\t]*)?(?=\\r?$|</)`, 'imyu');
/** What says of a member that it is not there. */
const isAbsent = /^["'“]?(?:null|none|nil|omitted|empty|missing|absent|unknown|optional|n\/?a)["'”]?$/i;
/** What says at the beginning of a line, or with a number, that a list goes on. */
const more = /^[ \t(]*(?:\.{3}|…)|\band \d+ (?:more|others)\b/imu;

/** Whether a text has items of a list: scalars on lines of their own, unless the list that stands there has other items. */
function itemsBeside(values: readonly Parsed[], { value }: Found): (beside: string) => boolean {
  const isList = values.every(({ root }) => root.type === 'array');
  const hasContainers =
    isList && Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);
  return (beside) => more.test(beside) || (!hasContainers && scalarLine.test(beside));
}

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

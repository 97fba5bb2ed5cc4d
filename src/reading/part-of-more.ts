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
  if (values.some((parsed) => hasOtherMembers(parsed, found))) return true;
  if (values.some((parsed) => isMember(text, parsed, found.schema) || mayCloseEarlier(text, parsed, found.schema)))
    return true;
  const [first] = values;
  if (found.isList && first !== undefined && isEndOfList(text, first, values.at(-1) ?? first, start)) return true;
  let position = start;
  for (const { root } of values) {
    if (goesOnBeside(text.slice(position, root.start), found)) return true;
    position = root.end;
  }
  return goesOnBeside(text.slice(position), found);
}

/** Whether items stand before the first value on its line, or a list goes on or ends behind the last. */
function isEndOfList(text: string, first: Parsed, last: Parsed, start: number): boolean {
  if (itemsBefore.test(text.slice(Math.max(start, first.root.start - 200), first.root.start))) return true;
  const behind = text.charAt(skipSpace(text, last.root.end));
  return behind === ',' || (behind === ']' && last.root.type !== 'array');
}

/** Whether another value has members that the schema names and that the one that was read lacks. */
function hasOtherMembers({ root }: Parsed, { value, schema }: Found): boolean {
  if (root.type !== 'object' || !isRecord(value)) return false;
  const isMissed = (name: string) => isMemberOf(schema, name) && !Object.hasOwn(value, name);
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

const mark = String.raw`(?:[-*+>•]|\d{1,4}[.)])[ \t]+`;
const namedLine = new RegExp(`^[ \\t]*(?:${mark})?["'*\`]*(${nameOf})["'*\`]*[ \\t]*[:=：][*\`]*`, 'gmu');
const namedTag = new RegExp(`<(${nameOf})>`, 'gu');
const scalar = /(-?\d[\w.+-]*|true|false|null|"[^"\n]*"|'[^'\n]*')/i;
const itemsBefore = new RegExp(`(?:^|[\\n\\[,])[ \\t]*${scalar.source}[ \\t]*,\\s*$`, 'iu');
const scalarLine = new RegExp(`^[ \\t]*(?:(?:${mark})?${scalar.source}|${mark}${word})[ \\t]*(?:,[ \\t]*)?$`, 'imu');
const scalarRest = new RegExp(`[ \\t]*${scalar.source}[ \\t]*(?:,[ \\t]*)?(?=\\r?$|</)`, 'imyu');

function goesOnBeside(text: string, { value, schema, isList }: Found): boolean {
  if (isList) return scalarLine.test(text);
  for (const line of [...text.matchAll(namedLine), ...text.matchAll(namedTag)]) {
    const [start, written = ''] = line;
    const names = isMemberOf(schema, written) ? [written] : membersLike(schema, normalised(written));
    scalarRest.lastIndex = line.index + start.length;
    const [, said] = scalarRest.exec(text) ?? [];
    for (const name of names) {
      if (!Object.hasOwn(Object(value), name) ? name === written || said !== undefined : saysOther(said, value, name))
        return true;
    }
  }
  return false;
}

/** Whether a line says of a member something else than its value. */
function saysOther(said: string | undefined, value: unknown, name: string): boolean {
  if (said === undefined) return false;
  const own = (value as Record<string, unknown>)[name];
  const text = said.replace(/^["']|["']$/g, '');
  if (typeof own === 'number') return Number(text) !== own;
  return text.toLowerCase() !== String(own).toLowerCase();
}

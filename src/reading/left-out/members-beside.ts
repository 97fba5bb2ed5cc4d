import type { Steps } from '../../effects/in-turns.ts';
import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { isRecord } from '../../incremental/text/json-type.ts';
import { isSameValue } from '../values/same-value.ts';
import { namesMeant } from '../values/schemas-inside.ts';
import { longestSaid, saysNothing, saysOther } from './said-of-member.ts';
import { mark, nameOf } from './written-lines.ts';

const lineStart = String.raw`(?:^|,)[ \t]*(?:${mark})?["'*\x60]*(${nameOf})["'*\x60]*[ \t]*[:=：][*\x60]*`;
const heading = new RegExp(String.raw`${lineStart}\s*(?:\x60{3}\w*\s*)?$`, 'mu');

/** Whether a value stands after the name of a member, so that it is that member's: YAML, or an object without its opening. */
export function isBehindName(before: string, schema: SchemaNode): boolean {
  const [label = '', name = ''] = heading.exec(before) ?? [];
  return !label.includes('\n') && namesMeant(schema, name).includes(name);
}

/** Whether a value that was not read stands after the name of a member that is not there or has another value. */
export function isOfMember(before: string, written: unknown, object: unknown, schema: SchemaNode): boolean {
  const [, name = ''] = heading.exec(before) ?? [];
  return namesMeant(schema, name).some((known) => isRecord(object) && !isSameValue(object[known], written));
}

const named = new RegExp(`${lineStart}|<(${nameOf})>`, 'gmu');
const rest = new RegExp(`[ \\t]*([^\\n<]{0,${longestSaid}})`, 'y');
const rows = /(?:[ \t\r]*\n[ \t]*(?:[-*•]|\d{1,4}[.)])[ \t]+[^\n:]{1,200}(?=\n|$)){1,64}/y;
const nothingElse = /\s*(?:`{3}\w*\s*)?$/y;

/** Whether a text beside an object has members of it that it lacks, or says something else of one that it has. */
export function* hasMembers(beside: string, object: unknown, schema: SchemaNode): Steps<boolean> {
  let lines = 0;
  for (const line of beside.matchAll(named)) {
    lines += 1;
    if (lines % linesInAStep === 0) yield;
    if (isOther(beside, line, { object, schema })) return true;
  }
  return false;
}

/** How many lines and tags are looked at between two steps. */
const linesInAStep = 4096;

interface Read {
  readonly object: unknown;
  readonly schema: SchemaNode;
}

/** Whether a line that begins like one of a member, or a tag, says something that the object does not. */
function isOther(beside: string, { 0: start, 1: name, 2: tag, index }: RegExpExecArray, read: Read): boolean {
  const written = name ?? tag ?? '';
  const names = namesMeant(read.schema, written);
  if (names.length === 0) return false;
  const end = index + start.length;
  const said = (found(rest, beside, end)?.[1]?.trim() || found(rows, beside, end)?.[0]) ?? '';
  return names.some((known) => {
    if (isRecord(read.object) && Object.hasOwn(read.object, known)) return saysOther(said, read.object[known]);
    if (said !== '') return !saysNothing(said);
    return tag === undefined && (known === written || found(nothingElse, beside, end) === null);
  });
}

function found(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

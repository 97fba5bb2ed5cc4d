import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { namesMeant } from './schemas-inside.ts';
import { mark, nameOf, scalar, unquoted, word } from './written-lines.ts';

const label = new RegExp(`(?:^|[\\n,])[ \\t]*["']?(${nameOf})["']?[ \\t]*[:=][ \\t]*$`, 'u');

/** Whether a value stands behind the name of a member, so that it is that member's: YAML, or an object without its opening. */
export function isBehindName(before: string, schema: SchemaNode): boolean {
  const [, name] = label.exec(before) ?? [];
  return name !== undefined && namesMeant(schema, name).includes(name);
}

const namedLine = new RegExp(`^[ \\t]*(?:${mark})?["'*\`]*(${nameOf})["'*\`]*[ \\t]*[:=：][*\`]*`, 'gmu');
const namedTag = new RegExp(`<(${nameOf})>`, 'gu');
const rest = new RegExp(`[ \\t]*(?:${scalar}|(${word}))[ \\t]*(?:,[ \\t]*)?(?=\\r?$|</)`, 'imyu');
/** What says of a member that it is not there. */
const absent = /^["'“]?(?:null|none|nil|omitted|empty|missing|absent|unknown|optional|n\/?a)["'”]?$/i;

/** Whether a text beside an object has members of it that it lacks, or says something else of one that it has. */
export function hasMembers(beside: string, object: unknown, schema: SchemaNode): boolean {
  for (const line of [...beside.matchAll(namedLine), ...beside.matchAll(namedTag)]) {
    const [start, written = ''] = line;
    rest.lastIndex = line.index + start.length;
    const [, quoted, plain] = rest.exec(beside) ?? [];
    const said = quoted ?? plain;
    const saysIt = (name: string) =>
      said === undefined ? name === written && !start.startsWith('<') : !absent.test(said);
    for (const name of namesMeant(schema, written)) {
      if (Object.hasOwn(Object(object), name) ? saysOther(quoted, object, name) : saysIt(name)) return true;
    }
  }
  return false;
}

/** Whether a line says of a member something else than its value. */
function saysOther(said: string | undefined, object: unknown, name: string): boolean {
  if (said === undefined) return false;
  const own = (object as Record<string, unknown>)[name];
  const text = unquoted(said);
  if (typeof own === 'number') return Number(text) !== own;
  return text.toLowerCase() !== String(own).toLowerCase();
}

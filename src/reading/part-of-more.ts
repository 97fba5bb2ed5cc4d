import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { mayCloseEarlier } from './closed-earlier.ts';
import { normalised } from './normalise.ts';
import type { Parsed } from './parse.ts';
import { isMemberOf, membersLike } from './schemas-inside.ts';
import type { StandingValues } from './standing.ts';

/** The value that was read of a text, and what it was looked for with. */
interface Found {
  readonly value: unknown;
  readonly schema: SchemaNode;
  readonly isList: boolean;
}

/** Whether the text has more of the value than was read: members before or behind it, or items that are no containers. */
export function isPartOfMore(text: string, standing: StandingValues, found: Found): boolean {
  const { values, start } = standing;
  if (values.some((parsed) => isMember(text, parsed, found.schema) || mayCloseEarlier(text, parsed, found.schema)))
    return true;
  let position = start;
  for (const { root } of values) {
    if (goesOnBeside(text.slice(position, root.start), found)) return true;
    position = root.end;
  }
  return goesOnBeside(text.slice(position), found);
}

const label = /(?:^|[\n,])[ \t]*["']?([\w-]+)["']?[ \t]*[:=][ \t]*$/;

/** Whether a value stands behind the name of a member, so that it is that member's: YAML, or an object without its opening. */
function isMember(text: string, { root }: Parsed, schema: SchemaNode): boolean {
  const [, name] = label.exec(text.slice(Math.max(0, root.start - 100), root.start)) ?? [];
  return name !== undefined && isMemberOf(schema, name);
}

const namedLine = /^[ \t]*(?:[-*][ \t]+)?["'*`]*([\w-]+)["'*`]*[ \t]*[:=][*`]*/gm;
const scalar = /(-?\d[\w.+-]*|true|false|null|"[^"\n]*"|'[^'\n]*')/i;
const scalarLine = new RegExp(`^[ \\t]*${scalar.source}[ \\t]*(?:,[ \\t]*)?$`, 'm');
const scalarRest = new RegExp(`[ \\t]*${scalar.source}[ \\t]*(?:,[ \\t]*)?(?=\\r?$)`, 'imy');

function goesOnBeside(text: string, { value, schema, isList }: Found): boolean {
  if (isList) return scalarLine.test(text);
  for (const line of text.matchAll(namedLine)) {
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

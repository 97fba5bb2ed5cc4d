import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import type { Parsed } from './parse.ts';
import { isMemberOf, schemasOfMember } from './schemas-inside.ts';
import type { SourceValue } from './source-value.ts';
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
  if (values.some((parsed) => isMember(text, parsed, found.schema) || mayCloseEarlier(parsed, found.schema)))
    return true;
  let position = start;
  for (const { root } of [...values, undefined].map((parsed) => parsed ?? { root: undefined })) {
    if (goesOnBeside(text.slice(position, root?.start ?? text.length), found)) return true;
    position = root?.end ?? text.length;
  }
  return false;
}

const label = /(?:^|[\n,])[ \t]*["']?([\w-]+)["']?[ \t]*[:=][ \t]*$/;

/** Whether a value stands behind the name of a member, so that it is that member's: YAML, or an object without its opening. */
function isMember(text: string, { root }: Parsed, schema: SchemaNode): boolean {
  const [, name] = label.exec(text.slice(Math.max(0, root.start - 100), root.start)) ?? [];
  return name !== undefined && isMemberOf(schema, name);
}

const namedLine = /^[ \t]*(?:[-*][ \t]+)?["'*`]*([\w-]+)["'*`]*[ \t]*:/gm;
const scalarLine = /^[ \t]*(?:-?\d[\w.+-]*|true|false|null|"[^"\n]*")[ \t]*(?:,[ \t]*)?$/m;

function goesOnBeside(text: string, { value, schema, isList }: Found): boolean {
  if (isList) return scalarLine.test(text);
  const names = [...text.matchAll(namedLine)].map(([, name = '']) => name);
  return names.some((name) => isMemberOf(schema, name) && !Object.hasOwn(Object(value), name));
}

/** Whether a closer that was added at the end may as well stand further up, where the last members are the outer object's. */
function mayCloseEarlier({ root, edits }: Parsed, schema: SchemaNode): boolean {
  return edits.some(({ rule }) => rule === 'closer') && lastMembersFit(root, [schema]);
}

function lastMembersFit(node: SourceValue, schemas: readonly SchemaNode[]): boolean {
  if (node.type !== 'object') return false;
  const last = node.members.at(-1);
  if (last?.node.type !== 'object') return false;
  const inner = last.node.members;
  const name = inner.at(-1)?.name;
  const isFree = name !== undefined && !node.members.some((member) => member.name === name);
  if (isFree && inner.length > 1 && schemas.some((schema) => isMemberOf(schema, name))) return true;
  return lastMembersFit(
    last.node,
    schemas.flatMap((schema) => schemasOfMember(schema, last.name)),
  );
}

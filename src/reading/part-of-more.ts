import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { isRecord } from '../incremental/text/json-type.ts';
import { mayCloseEarlier } from './closed-earlier.ts';
import { hasItems, isItemBefore, isWordBehind, listGoesOn } from './items-beside.ts';
import { hasMembers, isBehindName, namesMeant } from './members-beside.ts';
import type { Parsed } from './parse.ts';
import { plainValue } from './source-value.ts';
import type { StandingValues } from './standing.ts';
import { takesItem } from './wanted-list.ts';

/** The value that was read of a text, and what it was looked for with. */
interface Found {
  readonly value: unknown;
  readonly schema: SchemaNode;
  readonly isList: boolean;
  /** Whether the values of a row were read as a list. */
  readonly isRow: boolean;
}

/** How far back a name, or an item, may stand before its value, in characters. */
const reachOfName = 100;
const reachOfItem = 200;

/** Whether the text has more of the value than was read: members before or behind it, or items that are no containers. */
export function isPartOfMore(text: string, standing: StandingValues, found: Found): boolean {
  const { values, start } = standing;
  const { schema } = found;
  if (standing.isRow && values.some((parsed) => hasOtherMembers(parsed, found))) return true;
  const before = ({ root }: Parsed, length: number) => text.slice(Math.max(0, root.start - length), root.start);
  const isMember = (parsed: Parsed) => isBehindName(before(parsed, reachOfName), schema);
  if (values.some((parsed) => isMember(parsed) || mayCloseEarlier(text, parsed, schema))) return true;
  const pieces = piecesBeside(text, start, values);
  if (!found.isList) return pieces.some((beside) => hasMembers(beside, found.value, schema));
  const mayBeItem = itemsOf(values, found);
  const [lead = '', ...others] = pieces;
  if (isItemBefore(lead.slice(-reachOfItem), mayBeItem) || isWordBehind(others.at(-1) ?? '')) return true;
  const last = values.at(-1)?.root;
  if (!found.isRow && last !== undefined && last.type !== 'array' && listGoesOn(text, last.end)) return true;
  return pieces.some((beside) => hasItems(beside, mayBeItem));
}

/** What stands before the first value, between the values, and behind the last one. */
function piecesBeside(text: string, start: number, values: readonly Parsed[]): readonly string[] {
  const ends = [start, ...values.map(({ root }) => root.end)];
  return ends.map((end, index) => text.slice(end, values[index]?.root.start));
}

/** Whether another value has members that the schema names and that the one that was read lacks. */
function hasOtherMembers({ root }: Parsed, { value, schema }: Found): boolean {
  if (root.type !== 'object' || !isRecord(value)) return false;
  const isMissed = (name: string) => {
    const names = namesMeant(schema, name);
    return names.length > 0 && ![name, ...names].some((known) => Object.hasOwn(value, known));
  };
  return root.members.some(({ name, node }) => isMissed(name) && plainValue(node) !== null);
}

/** Tells whether a scalar may be an item: among objects and lists, only one that the schema takes. */
function itemsOf(values: readonly Parsed[], { value, schema, isRow }: Found): (scalar: unknown) => boolean {
  const isList = isRow || values.every(({ root }) => root.type === 'array');
  const hasContainers =
    isList && Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);
  return (scalar) => !hasContainers || takesItem(schema, scalar);
}

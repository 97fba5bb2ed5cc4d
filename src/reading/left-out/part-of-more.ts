import type { Steps } from '../../effects/in-turns.ts';
import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { elements, wantsElements } from '../around/envelope.ts';
import type { StandingValues } from '../around/standing.ts';
import type { Parsed } from '../text/parse.ts';
import { plainValue, type SourceValue } from '../text/source-value.ts';
import { isNamed } from '../values/list-of-one.ts';
import { schemasOfMember } from '../values/schemas-inside.ts';
import { takesItem } from '../values/wanted-list.ts';
import { mayCloseEarlier } from './closed-earlier.ts';
import { hasItems, isItemBefore, isWordBehind, listGoesOn } from './items-beside.ts';
import { hasMembers, isBehindName, isOfMember } from './members-beside.ts';
import { hasMore } from './more-than-read.ts';

/** The value that was read of a text, and what it was looked for with. */
interface Found {
  readonly value: unknown;
  /** The values of the text that were not read. */
  readonly unread: readonly SourceValue[];
  readonly schema: SchemaNode;
  readonly isList: boolean;
  /** Whether the values of a row were read as a list. */
  readonly isRow: boolean;
}

/** How far back a name, or an item, may stand before its value, in characters. */
const reachOfName = 100;
const reachOfItem = 200;

/** Whether the text has more of the value than was read: members before or after it, or items that are no containers. */
export function* isPartOfMore(text: string, standing: StandingValues, found: Found): Steps<boolean> {
  const { values, start } = standing;
  const { schema } = found;
  const before = ({ start }: SourceValue) => text.slice(Math.max(0, start - reachOfName), start);
  const isMore = (node: SourceValue) => {
    const written = plainValue(node);
    return hasMore(written, found.value, [schema]) || isOfMember(before(node), written, found.value, schema);
  };
  if (found.unread.some(isMore)) return true;
  yield;
  const unread = new Set(found.unread);
  const isMember = ({ root }: Parsed) => !unread.has(root) && isBehindName(before(root), schema);
  if (values.some((parsed) => isMember(parsed) || mayCloseEarlier(text, parsed, schema))) return true;
  const pieces = piecesBeside(text, start, values);
  // A comma makes the values one text of JSON.
  if (found.unread.length > 0 && pieces.slice(1, -1).some((between) => /^\s*,/.test(between))) return true;
  if (!found.isList) {
    for (const beside of pieces) if (yield* hasMembers(beside, found.value, schema)) return true;
    return false;
  }
  if (found.unread.some((node) => hasMoreItems(node, schema))) return true;
  const mayBeItem = itemsOf(values, found);
  const [lead = '', ...others] = pieces;
  if (isItemBefore(lead.slice(-reachOfItem), mayBeItem) || isWordBehind(others.at(-1) ?? '')) return true;
  const last = values.at(-1)?.root;
  if (!found.isRow && last !== undefined && last.type !== 'array' && listGoesOn(text, last.end)) return true;
  return pieces.some((beside) => hasItems(beside, mayBeItem));
}

/** What stands before the first value, between the values, and after the last one. */
function piecesBeside(text: string, start: number, values: readonly Parsed[]): readonly string[] {
  const ends = [start, ...values.map(({ root }) => root.end)];
  return ends.map((end, index) => text.slice(end, values[index]?.root.start));
}

/** Whether a value that was not read is a list, or an item, of what is wanted. */
function hasMoreItems(node: SourceValue, schema: SchemaNode): boolean {
  if (node.type === 'array') return node.items.length > 0;
  const value = plainValue(node);
  const lists = wantsElements(schema) ? schemasOfMember(schema, elements) : [schema];
  return isNamed(value, schema) || lists.some((list) => isNamed([value], list));
}

/** Tells whether a scalar may be an item: among objects and lists, only one that the schema takes. */
function itemsOf(values: readonly Parsed[], { value, schema, isRow }: Found): (scalar: unknown) => boolean {
  const isList = isRow || values.every(({ root }) => root.type === 'array');
  const hasContainers =
    isList && Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);
  return (scalar) => !hasContainers || takesItem(schema, scalar);
}

import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { ANY } from '../../incremental/text/json-type.ts';
import type { Parsed } from '../text/parse.ts';
import { plainValue, type SourceMember, type SourceValue } from '../text/source-value.ts';
import { normalised } from '../values/normalise.ts';
import { isMemberOf, membersLike, schemasOfItem, schemasOfMember, withBranches } from '../values/schemas-inside.ts';

/** A container that the text ends in, from the outermost one on. */
interface Open {
  readonly node: SourceValue;
  /** What may judge it: the answer may begin with it, or with one around it. */
  readonly schemas: ReadonlySet<SchemaNode>;
}

/**
 * Whether closers that were added at the end may as well stand further up: the last member may be one of an object further
 * out that takes one of that name, the last item one of a list further out.
 */
export function mayCloseEarlier(text: string, { root, edits }: Parsed, schema: SchemaNode): boolean {
  if (!edits.some(({ rule }) => rule === 'closer')) return false;
  const chain = lastContainers(root, schema);
  return chain.some((open, depth) => {
    const last = lastOf(open.node);
    return last !== undefined && chain.slice(0, depth).some((_, index) => takes(text, last, { chain, index, open }));
  });
}

/** What a container ends with, if it has something before that. */
function lastOf(node: SourceValue): SourceMember | SourceValue | undefined {
  if (node.type === 'object') return node.members.length > 1 ? node.members.at(-1) : undefined;
  return node.type === 'array' && node.items.length > 1 ? node.items.at(-1) : undefined;
}

interface Move {
  readonly chain: readonly Open[];
  /** The container that has the last one as the text stands. */
  readonly open: Open;
  /** Where the container further out stands among them. */
  readonly index: number;
}

function takes(text: string, last: SourceMember | SourceValue, { chain, index, open }: Move): boolean {
  const outer = chain[index];
  if (outer === undefined || !('name' in last ? takesMember(outer, last, open) : takesItem(outer, last))) return false;
  const around = chain.slice(0, index + 1).map(({ node }) => (node.type === 'object' ? '}' : ']'));
  const { end } = 'name' in last ? last.node : last;
  return canClose(text.slice(end, chain[0]?.node.end), around.reverse());
}

/** An object that lists the name takes it before one that lists another spelling, or none and only says how such members are. */
function takesMember({ node, schemas }: Open, { name, node: member }: SourceMember, inner: Open): boolean {
  const spelling = normalised(name);
  if (node.type !== 'object' || node.members.some((other) => normalised(other.name) === spelling)) return false;
  const outer = [...schemas];
  if (outer.some((schema) => isMemberOf(schema, name))) return true;
  if ([...inner.schemas].some((schema) => isMemberOf(schema, name))) return false;
  if (outer.some((schema) => membersLike(schema, spelling).length > 0)) return true;
  const value = plainValue(member);
  return outer.some((schema) => {
    const judges = schemasOfMember(schema, name).filter((judge) => !acceptsAll(judge));
    return judges.length > 0 && judges.every((judge) => judge.isValid(value));
  });
}

function takesItem({ node, schemas }: Open, item: SourceValue): boolean {
  if (node.type !== 'array') return false;
  const judges = [...schemas].flatMap((schema) => schemasOfItem(schema, node.items.length));
  return judges.some((judge) => !acceptsAll(judge) && judge.isValid(plainValue(item)));
}

/** Of such items and members nothing is known that tells where they belong. */
function acceptsAll({ types, isBare, combinators }: SchemaNode): boolean {
  return types === ANY && isBare && combinators.length === 0;
}

/** Whether the closers that stand in a text close containers, from the innermost one on, if those that are missing are added. */
function canClose(text: string, closers: readonly string[]): boolean {
  let next = 0;
  for (const closer of text.match(/[}\]]/g) ?? []) {
    next = closers.indexOf(closer, next) + 1;
    if (next === 0) return false;
  }
  return true;
}

/** The containers at the end of a value, each the last one in the one before. */
function lastContainers(root: SourceValue, schema: SchemaNode): readonly Open[] {
  const chain: Open[] = [];
  let inside: readonly SchemaNode[] = [];
  for (let node: SourceValue | undefined = root; node !== undefined && 'type' in node; ) {
    const schemas = withBranches([schema, ...inside]);
    chain.push({ node, schemas });
    if (node.type === 'object') {
      const last: SourceMember | undefined = node.members.at(-1);
      inside = last === undefined ? [] : [...schemas].flatMap((judge) => schemasOfMember(judge, last.name));
      node = last?.node;
    } else if (node.type === 'array') {
      const { items } = node;
      inside = [...schemas].flatMap((judge) => schemasOfItem(judge, items.length - 1));
      node = items.at(-1);
    } else {
      break;
    }
  }
  return chain;
}

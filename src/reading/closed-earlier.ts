import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import type { Parsed } from './parse.ts';
import { isMemberOf, schemasOfItem, schemasOfMember } from './schemas-inside.ts';
import type { SourceMember, SourceValue } from './source-value.ts';

/** A container that the text ends in, from the outermost one on. */
interface Open {
  readonly node: SourceValue;
  /** What may judge it: the answer may begin with it, or with one around it. */
  readonly schemas: ReadonlySet<SchemaNode>;
}

/**
 * Whether closers that were added at the end may as well stand further up: the last member may be one of an object further
 * out that has none of that name.
 */
export function mayCloseEarlier(text: string, { root, edits }: Parsed, schema: SchemaNode): boolean {
  if (!edits.some(({ rule }) => rule === 'closer')) return false;
  const chain = lastContainers(root, schema);
  return chain.some(({ node }, depth) => {
    const last = node.type === 'object' && node.members.length > 1 ? node.members.at(-1) : undefined;
    return (
      last !== undefined && chain.slice(0, depth).some((outer, index) => takes(text, outer, { last, chain, index }))
    );
  });
}

interface Move {
  readonly last: SourceMember;
  readonly chain: readonly Open[];
  /** Where the object further out stands among the containers. */
  readonly index: number;
}

function takes(text: string, { node, schemas }: Open, { last, chain, index }: Move): boolean {
  if (node.type !== 'object' || node.members.some(({ name }) => name === last.name)) return false;
  if (![...schemas].some((schema) => isMemberOf(schema, last.name))) return false;
  const around = chain.slice(0, index + 1).map((open) => (open.node.type === 'object' ? '}' : ']'));
  return canClose(text.slice(last.node.end, chain[0]?.node.end), around.reverse());
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

/** Schemas with the branches of their references and unions. */
function withBranches(schemas: readonly SchemaNode[]): ReadonlySet<SchemaNode> {
  const all = new Set(schemas);
  for (const { combinators } of all)
    for (const { branches } of combinators) for (const branch of branches) all.add(branch);
  return all;
}

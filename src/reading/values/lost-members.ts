import { compileSchema } from '../../incremental/schema/compiled-schema.ts';
import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { isRecord } from '../../incremental/text/json-type.ts';
import { isNameOfAnswers } from '../around/wrapper.ts';
import { hasMore } from '../left-out/more-than-read.ts';
import { normalised } from './normalise.ts';
import type { Effort } from './reading.ts';
import { isMemberOf, membersLike, membersOf, schemasOfItem, schemasOfMember } from './schemas-inside.ts';

/** Whether a value that was read says to a validator all that it says to the schema, so that nothing goes lost unseen. */
export function keepsMembers(value: unknown, schema: unknown, effort: Pick<Effort, 'left'>): boolean {
  const { root } = compileSchema(schema, { additionalMembers: 'allow' });
  const told = { isChanged: false, effort: { left: effort.left } };
  return !isUnknownTo(root, value) && !losesMembers(value, root, effort) && !holdsAnswer(value, root, told);
}

interface Told {
  /** Whether something was changed in the answer. Where nothing was, only what validators drop goes lost. */
  readonly isChanged: boolean;
  readonly effort: Pick<Effort, 'left'>;
}

/**
 * Whether a member that is named as answers are, but not by the schema, holds one, or a member that the schema names and that
 * is not there: a call has a `name` beside its `arguments`, an envelope a `status` beside its `data`. It may stand in the
 * answer or in an object inside.
 */
export function holdsAnswer(value: unknown, schema: SchemaNode, told: Told): boolean {
  if (typeof value !== 'object' || value === null || !(told.isChanged || mayDrop(schema))) return false;
  const { isChanged, effort } = told;
  effort.left -= 1;
  if (effort.left < 0) return true;
  const judges = judgesOf(value, schema);
  const inside = (item: unknown, schemasOf: (judge: SchemaNode) => readonly SchemaNode[]) =>
    judges.some((judge) => schemasOf(judge).some((inner) => holdsAnswer(item, inner, told)));
  if (Array.isArray(value)) return value.some((item, index) => inside(item, (judge) => schemasOfItem(judge, index)));
  const isClosed = judges.some((judge) => judge.members?.isClosed === true);
  return Object.entries(value).some(([name, member]) => {
    if (typeof member !== 'object' && typeof member !== 'string') return false;
    const isWrapper = isNameOfAnswers(name) && !judges.some((judge) => isMemberOf(judge, name));
    const isLost = isWrapper && (isChanged || (isClosed && !judges.some((judge) => names(judge, name))));
    return (isLost && hasMore(member, value, judges, true)) || inside(member, (judge) => schemasOfMember(judge, name));
  });
}

/**
 * Whether validators would drop something from a value that a schema accepts: a member in another spelling than the
 * schema's, or all that an object has.
 */
export function losesMembers(value: unknown, schema: SchemaNode, effort: Pick<Effort, 'left'>): boolean {
  if (typeof value !== 'object' || value === null || !mayDrop(schema)) return false;
  effort.left -= 1;
  if (effort.left < 0) return true;
  const judges = judgesOf(value, schema);
  if (Array.isArray(value)) {
    return value.some((item, index) =>
      judges.some((judge) => schemasOfItem(judge, index).some((inner) => losesMembers(item, inner, effort))),
    );
  }
  const members = Object.entries(value);
  if (judges.some((judge) => judge.members?.isClosed === true)) {
    const dropped = members.filter(([name]) => judges.every((judge) => !names(judge, name)));
    if (dropped.length > 0 && dropped.length === members.length) return true;
    if (dropped.some(([name]) => judges.some((judge) => membersLike(judge, normalised(name)).length > 0))) return true;
  }
  return members.some(([name, member]) =>
    judges.some((judge) => schemasOfMember(judge, name).some((inner) => losesMembers(member, inner, effort))),
  );
}

/** The schemas that judge a value at one place: a schema with the branches that accept it. */
function judgesOf(value: unknown, schema: SchemaNode): readonly SchemaNode[] {
  const judges = new Set([schema]);
  for (const { combinators } of judges) {
    for (const { branches } of combinators) {
      for (const branch of branches) if (branches.length === 1 || branch.isValid(value)) judges.add(branch);
    }
  }
  return [...judges];
}

/** Whether a schema lists or requires a name, or says how its member has to be. */
function names(schema: SchemaNode, name: string): boolean {
  return isMemberOf(schema, name) || schemasOfMember(schema, name).length > 0;
}

/** Whether validators drop a member of that name: the schema says nothing of it, and it is let through. */
export function isDropped(schema: SchemaNode, name: string): boolean {
  return schema.members?.isClosed === true && !names(schema, name);
}

/** Whether an object has members, and none that its schema names: it may be an answer to anything. */
export function isUnknownTo(schema: SchemaNode, value: unknown, depth = 0): boolean {
  if (!isRecord(value) || depth > 8) return false;
  const written = Object.keys(value);
  if (written.length === 0) return false;
  if (membersOf(schema).length === 0) {
    const branches = schema.combinators.flatMap((combinator) => combinator.branches);
    return branches.length > 0 && branches.every((branch) => isUnknownTo(branch, value, depth + 1));
  }
  return !written.some((name) => names(schema, name));
}

const dropping = new WeakMap<SchemaNode, boolean>();

/** Whether a schema, or one inside it, lets members through that it forbids. */
function mayDrop(schema: SchemaNode): boolean {
  const known = dropping.get(schema);
  if (known !== undefined) return known;
  const seen = new Set([schema]);
  for (const { parts } of seen) for (const part of parts) seen.add(part);
  const drops = [...seen].some(({ members }) => members?.isClosed === true);
  dropping.set(schema, drops);
  return drops;
}

import { dotted } from '../dialect.ts';
import type { Scope, StatementFacts } from '../facts.ts';

/** A node of the tree: `{ SelectStmt: { … } }`, or the fields of one where the grammar leaves no choice. */
export type Tree = { readonly [name: string]: unknown };

export const statementTypes = {
  SelectStmt: 'select',
  InsertStmt: 'insert',
  UpdateStmt: 'update',
  DeleteStmt: 'delete',
} as const;

export type StatementTag = keyof typeof statementTypes;

export function isStatementTag(tag: string): tag is StatementTag {
  return Object.hasOwn(statementTypes, tag);
}

/** What a statement is read with: where its facts go, and how its parts are read. */
export interface Reader {
  readonly facts: StatementFacts;
  readonly toOffset: (bytes: number) => number;
  /** Reads any part of the tree, which stands at `offset` unless it says where it stands. */
  readonly visit: (part: unknown, scope: Scope, offset?: number) => void;
}

/** Where a node stands in the statement, for those that do not say it themselves. */
export interface Spot {
  readonly reader: Reader;
  readonly offset: number;
}

export function listOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value : [];
}

export function stringOf(node: Tree | undefined): string {
  return ((node?.String as Tree | undefined)?.sval as string | undefined) ?? '';
}

export function namesOf(value: unknown): string[] {
  return listOf(value).map(stringOf);
}

export function qualified(names: readonly string[]): readonly [schema: string | undefined, name: string] {
  return [names.length > 1 ? dotted(names.slice(0, -1)) : undefined, names.at(-1) ?? ''];
}

export function aliasOf({ alias }: Tree): { readonly aliasname?: string; readonly colnames?: readonly string[] } {
  const { aliasname, colnames } = (alias ?? {}) as { aliasname?: string; colnames?: unknown };
  return {
    ...(aliasname === undefined ? {} : { aliasname }),
    ...(colnames === undefined ? {} : { colnames: listOf(colnames).map(stringOf) }),
  };
}

export function offsetOf(node: unknown, { toOffset }: Reader, fallback: number): number {
  const location = (node as { location?: number } | undefined)?.location;
  return location === undefined || location < 0 ? fallback : toOffset(location);
}

import type { Position } from '../../code/position.ts';
import { dotted, type SqlDialect } from '../dialect.ts';
import type { Scope, StatementFacts } from '../facts.ts';

/** A node of the tree: `{ Select: { … } }`, or the fields of one. */
export type Tree = { readonly [name: string]: unknown };

export const statementTypes = {
  Query: 'select',
  Insert: 'insert',
  Update: 'update',
  Delete: 'delete',
} as const;

export type StatementTag = keyof typeof statementTypes;

export function isStatementTag(tag: string): tag is StatementTag {
  return Object.hasOwn(statementTypes, tag);
}

export interface Source {
  readonly sql: string;
  readonly dialect: Exclude<SqlDialect, 'postgresql'>;
  readonly toOffset: (place: Position) => number;
}

/** What a statement is read with: where its facts go, and how its parts are read. */
export interface Reader extends Source {
  readonly facts: StatementFacts;
  readonly visit: (part: unknown, scope: Scope) => void;
}

/** The parts of a dotted name. */
export function objectName(name: unknown): string[] {
  return (name as readonly Tree[]).map((part) => String((part.Identifier as Tree | undefined)?.value));
}

export function qualified(names: readonly string[]): { readonly schema: string | undefined; readonly name: string } {
  const [name = ''] = names.slice(-1);
  return { schema: names.length > 1 ? dotted(names.slice(0, -1)) : undefined, name };
}

export function aliasOf({ alias }: Tree): { readonly alias?: string; readonly columns?: readonly string[] } {
  const { name, columns = [] } = (alias ?? {}) as { name?: Tree; columns?: readonly Tree[] };
  return {
    ...(name === undefined ? {} : { alias: String(name.value) }),
    ...(columns.length === 0 ? {} : { columns: columns.map((column) => String((column.name as Tree).value)) }),
  };
}

/** Where the first token of a part stands, if the part says so. */
export function offsetOf(part: unknown, { toOffset }: Reader): number {
  const start = startOf(part, 0);
  return start === undefined || start.line === 0 ? 0 : toOffset(start);
}

function startOf(part: unknown, depth: number): Position | undefined {
  if (typeof part !== 'object' || part === null || depth > 6) return undefined;
  const { span } = part as { span?: { start?: Position } };
  if (span?.start !== undefined) return span.start;
  for (const value of Object.values(part)) {
    const start = startOf(value, depth + 1);
    if (start !== undefined) return start;
  }
  return undefined;
}

import type { CodeError } from '../code/code-error.ts';

/** What a parser makes of a text: its statements, or why it is none. */
export type ParsedSql =
  | { readonly type: 'error'; readonly error: CodeError }
  | { readonly type: 'parsed'; readonly statements: readonly StatementFacts[] };

export type ParseSql = (sql: string) => ParsedSql | PromiseLike<ParsedSql>;

/** What a statement does, as far as it can be told from its tree. */
export interface StatementFacts {
  /** `select`, `insert`, `update`, `delete`, or the parser's own name for another one. */
  readonly type: string;
  /** The types of the statements in it, its own among them: a CTE can write. */
  readonly types: Set<string>;
  readonly tables: TableUse[];
  readonly functions: FunctionUse[];
  readonly columns: ColumnUse[];
  /** Whatever is not known to do no harm. */
  readonly unknown: Construct[];
}

export interface TableUse {
  readonly schema?: string | undefined;
  readonly name: string;
  readonly offset: number;
}

export interface FunctionUse {
  readonly schema?: string | undefined;
  readonly name: string;
  /** Whether it is written so that a function of the database's own may be meant in place of the system's. */
  readonly isForeign?: boolean;
  readonly offset: number;
}

export interface ColumnUse {
  /** The table or alias before the dot. */
  readonly of?: string | undefined;
  /** `*` for all of them. */
  readonly name: string;
  readonly scope: Scope;
  /** Whether the name may be that of an output of the same SELECT, as in ORDER BY. */
  readonly mayBeOutput: boolean;
  readonly offset: number;
}

export interface Construct {
  /** In words that complete "Leave out …". */
  readonly what: string;
  readonly offset: number;
}

/** What names mean within one SELECT. */
export interface Scope {
  readonly parent: Scope | undefined;
  /** The CTEs visible here and what they give; `undefined` for what cannot be told. */
  readonly ctes: Map<string, Outputs>;
  readonly sources: Source[];
  outputs: Outputs;
  /** The outputs that were given a name with AS. */
  aliases: readonly string[];
}

/** The names of the columns a query gives; `undefined` for what cannot be told. */
export type Outputs = readonly string[] | undefined;

/** Something in a FROM clause. */
export type Source =
  | { readonly type: 'table'; readonly alias: string; readonly table: TableUse; readonly isRenamed: boolean }
  | {
      readonly type: 'query';
      readonly alias: string;
      readonly outputs: Outputs;
      /** The names of columns that it may give too, depending on what a function is given. */
      readonly possible?: readonly string[];
      /** Whether it may give columns of any other name, as a function of the database's own may. */
      readonly hasMore?: boolean;
    };

export function newFacts(type: string): StatementFacts {
  return { type, types: new Set([type]), tables: [], functions: [], columns: [], unknown: [] };
}

export function innerScope(parent?: Scope): Scope {
  return { parent, ctes: new Map(), sources: [], outputs: undefined, aliases: [] };
}

/** What a CTE gives, if there is one of that name. */
export function visibleCte(scope: Scope | undefined, name: string): { readonly outputs: Outputs } | undefined {
  for (let current = scope; current !== undefined; current = current.parent) {
    if (current.ctes.has(name)) return { outputs: current.ctes.get(name) };
  }
  return undefined;
}

import type { SqlDialect } from './dialect.ts';
import { innerScope, type Scope, type Source, type StatementFacts } from './facts.ts';

/** The most sources of a FROM clause that are told apart; MySQL and SQLite take no more than some 60. */
const mostSources = 64;

/** What a subquery in a FROM clause, or a CTE, sees: what is around the query, and nothing beside it. */
export function apart(scope: Scope): Scope {
  return view(scope, []);
}

/** What a part of a FROM clause with LATERAL sees, and a function without: what stands before it too. */
export function behind(scope: Scope, facts: StatementFacts): Scope {
  return isTooLong(scope, facts) ? scope : view(scope, [...scope.sources]);
}

/** What the conditions of a join see. */
export interface JoinScopes {
  readonly on: Scope;
  /** A column of USING is one of each side. */
  readonly using: readonly Scope[];
}

/** @param where at which sources the left side of the join begins, and where the right one does */
export function joinScopes(
  scope: Scope,
  where: { readonly left: number; readonly right: number },
  { dialect, facts }: { readonly dialect: SqlDialect; readonly facts: StatementFacts },
): JoinScopes {
  if (isTooLong(scope, facts)) return { on: scope, using: [scope] };
  const left = scope.sources.slice(where.left, where.right);
  const right = scope.sources.slice(where.right);
  return {
    // SQLite's ON may name whatever is in the FROM clause.
    on: dialect === 'sqlite' ? scope : view(scope, [...left, ...right]),
    using: dialect === 'sqlite' ? [oneByOne(left), oneByOne(right)] : [alone(left), alone(right)],
  };
}

function isTooLong({ sources }: Scope, { unknown }: StatementFacts): boolean {
  if (sources.length <= mostSources) return false;
  unknown.push({ what: `the join of more than ${mostSources} tables`, offset: 0 });
  return true;
}

function view(scope: Scope, sources: Source[]): Scope {
  return { ...alone(sources), parent: scope.parent, ctes: scope.ctes };
}

function alone(sources: Source[], parent?: Scope): Scope {
  return { ...innerScope(parent), sources };
}

/** SQLite takes the first source that has the column, where the others want it to be in one alone. */
function oneByOne(sources: readonly Source[]): Scope {
  return sources.reduceRight<Scope>((parent, source) => alone([source], parent), alone([]));
}

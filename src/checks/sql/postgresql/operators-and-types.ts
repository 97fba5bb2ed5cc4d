import { namesOf, qualified, type Spot, type Tree } from './tree.ts';

/** An operator runs a function: those that only compute are known. */
export function readOperator(names: readonly string[], { reader, offset }: Spot): void {
  const [schema, operator] = qualified(names);
  if (names.length === 0 || ((schema ?? 'pg_catalog') === 'pg_catalog' && plainOperators.has(operator.toUpperCase())))
    return;
  reader.facts.unknown.push({ what: `the operator ${operator}`, offset });
}

/** A `reg…` type (`_reg…` is its array) looks a name up in the catalogue; a type of another schema may run its own code. */
export function readType(type: Tree | undefined, { reader, offset }: Spot): void {
  const [schema, name] = qualified(namesOf(type?.names));
  const isOwn = schema !== undefined && !['pg_catalog', 'public'].includes(schema);
  if (isOwn || /^_?reg/.test(name) || type?.setof === true) {
    reader.facts.unknown.push({ what: `the type ${name}`, offset });
  }
}

const plainOperators = new Set([
  'BETWEEN SYMMETRIC',
  'NOT BETWEEN',
  'NOT BETWEEN SYMMETRIC',
  ...`+ - * / % ^ |/ ||/ @ & | # ~ << >> = <> != < <= > >= || ~~ !~~ ~~* !~~* ~* !~ !~* -> ->> #> #>> @> <@ ? ?| ?& #- @? @@ && &< &> -|- <-> @-@
   ## |>> <<| BETWEEN IN`.split(/\s+/),
]);

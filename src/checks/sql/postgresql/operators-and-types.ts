import { namesOf, qualified, type Spot, type Tree } from './tree.ts';

/** An operator runs a function: those that only compute are known. */
export function readOperator(names: readonly string[], { reader, offset }: Spot): void {
  const [schema, operator] = qualified(names);
  if (names.length === 0 || (isSystems(schema) && plainOperators.has(operator.toUpperCase()))) return;
  reader.facts.unknown.push({ what: `the operator ${operator}`, offset });
}

/**
 * A cast to any other type than the system's may run the database's own code: the CHECK of a domain, or a cast's function.
 * A `reg…` type looks a name up in the catalogue.
 */
export function readType(type: Tree | undefined, { reader, offset }: Spot): void {
  const [schema, name] = qualified(namesOf(type?.names));
  const isBuiltIn = isSystems(schema) && plainTypes.has(name.replace(/^_/, ''));
  if (isBuiltIn && type?.setof !== true) return;
  const what = schema === undefined ? name : `${schema}.${name}`;
  reader.facts.unknown.push({ what: `the type ${what}`, offset });
}

/** A method of TABLESAMPLE is a function. */
export function readSampling(method: readonly string[], { reader, offset }: Spot): void {
  const [schema, name] = qualified(method);
  if (isSystems(schema) && ['bernoulli', 'system'].includes(name)) return;
  const what = schema === undefined ? name : `${schema}.${name}`;
  reader.facts.unknown.push({ what: `the sampling method ${what}; there are BERNOULLI and SYSTEM`, offset });
}

/** What has no schema is looked for among the system's first. */
function isSystems(schema: string | undefined): boolean {
  return schema === undefined || schema === 'pg_catalog';
}

/** Those of `pg_type` that a value can have, by their names in the catalogue; `_` before one makes it an array. */
const plainTypes = new Set(
  `bit bool box bpchar bytea char cid cidr circle date datemultirange daterange float4 float8 inet int2 int2vector int4
   int4multirange int4range int8 int8multirange int8range interval json jsonb jsonpath line lseg macaddr macaddr8 money name
   numeric nummultirange numrange oid oidvector path pg_lsn pg_snapshot point polygon record text tid time timestamp timestamptz
   timetz tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown uuid varbit varchar xid xid8
   xml`.split(/\s+/),
);

const plainOperators = new Set([
  'BETWEEN SYMMETRIC',
  'NOT BETWEEN',
  'NOT BETWEEN SYMMETRIC',
  ...`+ - * / % ^ |/ ||/ @ & | # ~ << >> = <> != < <= > >= || ~~ !~~ ~~* !~~* ~* !~ !~* -> ->> #> #>> @> <@ ? ?| ?& #- @? @@ && &< &> -|- <-> @-@
   ## |>> <<| BETWEEN IN`.split(/\s+/),
]);

import { describe, expect, test } from 'vitest';
import type { ParsedSql, StatementFacts } from '../../../src/checks/sql/facts.ts';
import { loadSqlParser } from '../../../src/checks/sql/load-parser.ts';

/** What each statement reads and does, with the place of each name; `?` after what may be an output, `!` after a function that may be the database's own. */
const statements: Readonly<Record<'postgresql' | 'mysql' | 'sqlite', [sql: string, facts: string][]>> = {
  postgresql: [
    ['SELECT 1', 'select'],
    [
      'SELECT o.id, total AS sum FROM sales.orders o WHERE o.id = 5 ORDER BY sum',
      'select; tables sales:orders@31; columns o.id@7 total@13 o.id@52 sum@70?',
    ],
    ['SELECT * FROM a JOIN b USING (id)', 'select; tables a@14 b@21; columns id@0 id@0 *@7'],
    ['SELECT * FROM a NATURAL JOIN b', 'select; tables a@14 b@29; columns *@0 *@7'],
    ['SELECT * FROM a LEFT JOIN b ON a.id = b.id', 'select; tables a@14 b@26; columns a.id@31 b.id@38 *@7'],
    ['SELECT * FROM (a JOIN b ON true) AS j', 'select; tables a@15 b@22; columns *@7; unknown the alias of a join@0'],
    ['SELECT x.* FROM (SELECT id, name FROM a) x', 'select; tables a@38; columns id@24 name@28 x.*@7'],
    ['SELECT n FROM (SELECT id FROM a) x (n)', 'select; tables a@30; columns id@22 n@7'],
    ['WITH c AS (SELECT id FROM a) SELECT id FROM c', 'select; tables a@26; columns id@18 id@36'],
    ['WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c', 'select; columns n@51 n@72'],
    [
      'SELECT (SELECT max(b.id) FROM b WHERE b.a = a.id) FROM a',
      'select; tables a@55 b@30; functions max@15; columns b.id@19 b.a@38 a.id@44',
    ],
    [
      'SELECT upper(name), pg_catalog.now(), public.f(1) FROM a',
      'select; tables a@55; functions upper@7 now@20 public:f@38; columns name@13',
    ],
    ['SELECT current_user, current_date, session_user', 'select; functions current_user@7 session_user@35'],
    ['SELECT id INTO b FROM a', 'select; tables a@22; columns id@7; unknown INTO@0'],
    ['SELECT * FROM a FOR UPDATE', 'select; tables a@14; columns *@7; unknown FOR UPDATE or FOR SHARE@0'],
    ['SELECT * FROM db.sales.orders', 'select; tables sales:orders@14; columns *@7; unknown the database db@14'],
    ['SELECT a.b.c FROM a', 'select; tables a@18; columns b.c@7'],
    ['SELECT (a.b).c FROM a', 'select; tables a@20; columns a.b@8; unknown the field of a composite value@7'],
    ['SELECT a[1], a[1:2] FROM t', 'select; tables t@25; columns a@7 a@13'],
    [
      "SELECT '1'::int, a::regclass, a::public.mood, a::int[] FROM t",
      'select; tables t@60; columns a@17 a@30 a@46; unknown the type regclass@18, the type public.mood@31',
    ],
    [
      'SELECT a OPERATOR(public.+) b, a OPERATOR(pg_catalog.+) b, a @@@ b FROM t',
      'select; tables t@72; columns a@7 b@28 a@31 b@56 a@59 b@65; unknown the operator +@9, the operator @@@@61',
    ],
    ['SELECT * FROM a ORDER BY id USING <', 'select; tables a@14; columns *@7 id@25?'],
    ['SELECT * FROM t TABLESAMPLE system (1)', 'select; tables t@14; columns *@7'],
    [
      'SELECT * FROM t TABLESAMPLE public.own (1)',
      'select; tables t@14; columns *@7; unknown the sampling method public.own; there are BERNOULLI and SYSTEM@28',
    ],
    ['SELECT * FROM generate_series(1, 5) g', 'select; functions generate_series@14; columns *@7'],
    ['SELECT * FROM json_each(a) j', 'select; functions json_each@14; columns a@24 *@7'],
    ['SELECT * FROM own_function(1) o', 'select; functions own_function@14; columns *@7'],
    ['SELECT * FROM unnest(a) WITH ORDINALITY u (x)', 'select; functions unnest@14; columns a@21 *@7'],
    ['SELECT * FROM ROWS FROM (f(1), g(2)) r', 'select; functions f@25 g@31; columns *@7'],
    ['SELECT * FROM f() AS r (id int, name text)', 'select; functions f@14; columns *@7'],
    ['SELECT x FROM a, LATERAL (SELECT a.id AS x) l', 'select; tables a@14; columns a.id@33 x@7'],
    ['INSERT INTO a (id, name) VALUES (1, $1) RETURNING id', 'insert; tables a@0; columns id@15 name@19 id@50'],
    [
      'INSERT INTO a (id) SELECT id FROM b ON CONFLICT (id) DO UPDATE SET id = excluded.id WHERE a.id > 5',
      'insert (insert update); tables a@0 b@34; columns id@0 id@15 id@67 id@26 excluded.id@72 a.id@90',
    ],
    [
      'UPDATE a SET name = b.name FROM b WHERE a.id = b.id RETURNING a.*',
      'update; tables a@0 b@32; columns name@13 a.id@40 b.id@47 b.name@20 a.*@62',
    ],
    ['UPDATE a SET name = 1', 'update; tables a@0; columns name@13; unknown the update of all rows: add a WHERE@0'],
    ['DELETE FROM a USING b WHERE a.id = b.id', 'delete; tables a@0 b@20; columns a.id@28 b.id@35'],
    ['DELETE FROM a', 'delete; tables a@0; unknown the delete of all rows: add a WHERE@0'],
    [
      'WITH d AS (DELETE FROM a WHERE id = 1 RETURNING id) SELECT id FROM d',
      'select (select delete); tables a@0; columns id@31 id@48 id@59',
    ],
    ['DROP TABLE a', 'drop'],
    ['CREATE TABLE a (id int)', 'create'],
    ['SET x = 1', 'variable set'],
    ['VACUUM', 'vacuum'],
    ['COPY a TO STDOUT', 'copy'],
    ['TRUNCATE a', 'truncate'],
    ['MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE', 'merge'],
    ['VALUES (1, 2)', 'select'],
    ['SELECT a FROM t UNION SELECT b FROM u ORDER BY a', 'select; tables t@14 u@36; columns a@7 b@29 a@47?'],
    [
      'SELECT sum(x) OVER w FROM t WINDOW w AS (PARTITION BY y ORDER BY z)',
      'select; tables t@26; functions sum@7; columns x@11 y@54 z@65?',
    ],
    [
      'SELECT CASE WHEN a THEN b ELSE c END, COALESCE(d, e), NULLIF(f, g) FROM t',
      'select; tables t@72; columns a@17 b@24 c@31 d@47 e@50 f@61 g@64',
    ],
    [
      'SELECT count(*) FILTER (WHERE a > 1), array_agg(b ORDER BY c) FROM t GROUP BY ROLLUP (d) HAVING e > 1 LIMIT f',
      'select; tables t@67; functions count@7 array_agg@38; columns a@30 b@48 c@59? d@86 e@96 f@108',
    ],
    [
      'SELECT ROW(a, b), ARRAY[c], EXISTS (SELECT 1 FROM u), d IN (SELECT e FROM v), f BETWEEN g AND h, i IS NULL, j COLLATE "C" FROM t',
      'select; tables t@127 u@50 v@74; columns a@11 b@14 c@24 d@54 e@67 f@78 g@88 h@94 i@97 j@108',
    ],
    [
      "SELECT xmlelement(name a), a AT TIME ZONE 'x' FROM t",
      'select; tables t@51; functions timezone@29; columns a@27; unknown xml@7',
    ],
    ['SELECT 1; SELECT 2', 'select | select'],
    ['SELECT', 'select'],
    ['SELECT FROM', 'error at 11: syntax error at end of input'],
    ['SELEC 1', 'error at 0: syntax error at or near "SELEC"'],
    [
      "SELECT x FROM JSON_TABLE(a, '$' COLUMNS (x int PATH '$')) j",
      'select; functions json_table@14; columns a@25 x@7',
    ],
    ['SELECT DISTINCT ON (a) b FROM t', 'select; tables t@30; columns b@23 a@20'],
    ['EXPLAIN SELECT 1', 'explain'],
    ['CALL f()', 'call'],
    ['LISTEN x', 'listen'],
  ],
  mysql: [
    ['SELECT 1', 'select'],
    [
      'SELECT o.id, total AS sum FROM sales.orders o WHERE o.id = 5 ORDER BY sum',
      'select; tables sales:orders@31; columns o.id@7 total@13 o.id@52 sum@70?',
    ],
    ['SELECT * FROM a JOIN b USING (id)', 'select; tables a@14 b@21; columns id@30 id@30 *@7'],
    ['SELECT * FROM a NATURAL JOIN b', 'select; tables a@14 b@29; columns *@0 *@7'],
    ['SELECT * FROM a LEFT JOIN b ON a.id = b.id', 'select; tables a@14 b@26; columns a.id@31 b.id@38 *@7'],
    ['SELECT x.* FROM (SELECT id, name FROM a) x', 'select; tables a@38; columns id@24 name@28 x.*@7'],
    ['WITH c AS (SELECT id FROM a) SELECT id FROM c', 'select; tables a@26; columns id@18 id@36'],
    [
      'SELECT (SELECT max(b.id) FROM b WHERE b.a = a.id) FROM a',
      'select; tables a@55 b@30; functions max@15; columns b.id@19 b.a@38 a.id@44',
    ],
    [
      'SELECT upper(name), `f`(1), count (*), max(a) FROM a',
      'select; tables a@51; functions upper@7 f!@20 count!@28 max@39; columns name@13 a@43',
    ],
    ['SELECT current_user, current_date', 'select; functions current_user@7 current_date@21'],
    ['SELECT * FROM a FOR UPDATE', 'select; tables a@14; columns *@7; unknown FOR UPDATE or FOR SHARE@0'],
    ['SELECT SQL_CALC_FOUND_ROWS * FROM a', 'select; tables a@34; columns *@27; unknown SQL_CALC_FOUND_ROWS@0'],
    ['SELECT id INTO @x FROM a', 'select; tables a@23; columns id@7; unknown INTO@0'],
    ["SELECT * FROM a WHERE MATCH (name, text) AGAINST ('x')", 'select; tables a@14; columns *@7 name@29 text@35'],
    [
      'INSERT INTO a (id) VALUES (1) ON DUPLICATE KEY UPDATE id = 2',
      'insert (insert update); tables a@12; columns id@15 id@54',
    ],
    ['INSERT IGNORE INTO a (id) SELECT id FROM b', 'insert; tables a@19 b@41; columns id@22 id@33'],
    ['REPLACE INTO a (id) VALUES (1)', 'insert (insert delete); tables a@13; columns id@16'],
    ['UPDATE a SET name = 1 WHERE id = 2 LIMIT 1', 'update; tables a@7; columns name@13 id@28'],
    [
      'UPDATE a JOIN b ON a.id = b.id SET a.name = b.name WHERE a.id = 1',
      'update; tables a@7 b@14; columns a.id@19 b.id@26 a.name@35 b.name@44 a.id@57',
    ],
    ['UPDATE a SET name = 1', 'update; tables a@7; columns name@13; unknown the update of all rows: add a WHERE@0'],
    ['DELETE FROM a WHERE id = 1', 'delete; tables a@12; columns id@20'],
    ['DELETE FROM a', 'delete; tables a@12; unknown the delete of all rows: add a WHERE@0'],
    ['DROP TABLE a', 'drop'],
    ['SET x = 1', 'set'],
    ['SHOW TABLES', 'show tables'],
    ['TRUNCATE a', 'truncate'],
    ['SELECT a FROM t UNION SELECT b FROM u ORDER BY a', 'select; tables t@14 u@36; columns a@7 b@29 a@47?'],
    [
      'SELECT sum(x) OVER (PARTITION BY y ORDER BY z) FROM t',
      'select; tables t@52; functions sum@7; columns x@11 y@33 z@44',
    ],
    [
      'SELECT CASE WHEN a THEN b ELSE c END, IF(d, e, f), CAST(g AS CHAR) FROM t',
      'select; tables t@72; functions IF@38; columns a@17 b@24 c@31 d@41 e@44 f@47 g@56',
    ],
    [
      'SELECT a IN (SELECT b FROM u), EXISTS (SELECT 1 FROM v), c BETWEEN d AND e, f LIKE g FROM t',
      'select; tables t@90 u@27 v@53; columns a@7 b@20 c@57 d@67 e@73 f@76 g@83',
    ],
    ['SELECT {fn now()}', 'select; functions now@11; unknown the braces@11'],
    ['SELECT 1; SELECT 2', 'select | select'],
    ['SELEC 1', 'error at 0: Expected: an SQL statement, found: SELEC'],
    [
      "SELECT * FROM JSON_TABLE(a, '$' COLUMNS (x INT PATH '$')) j",
      'select; functions json_table@25; columns a@25 *@7',
    ],
    ['SELECT a.b.c FROM a', 'select; tables a@18; columns b.c@7'],
    [
      'SELECT group_concat(a ORDER BY b) FROM t GROUP BY c HAVING d > 1 LIMIT 5',
      'select; tables t@39; functions group_concat@7; columns a@20 b@31 c@50 d@59',
    ],
    ['EXPLAIN SELECT 1', 'explain'],
    ['CALL f()', 'call'],
    ['COMMIT', 'commit'],
    ['LOCK TABLES a READ', 'lock tables'],
  ],
  sqlite: [
    ['SELECT 1', 'select'],
    [
      'SELECT o.id, total AS sum FROM main.orders o WHERE o.id = 5 ORDER BY sum',
      'select; tables main:orders@31; columns o.id@7 total@13 o.id@51 sum@69?',
    ],
    ['SELECT * FROM a JOIN b USING (id)', 'select; tables a@14 b@21; columns id@30 id@30 *@7'],
    ['SELECT * FROM a NATURAL JOIN b', 'select; tables a@14 b@29; columns *@0 *@7'],
    ['SELECT x.* FROM (SELECT id, name FROM a) x', 'select; tables a@38; columns id@24 name@28 x.*@7'],
    ['WITH c (n) AS (SELECT id FROM a) SELECT n FROM c', 'select; tables a@30; columns id@22 n@40'],
    [
      'SELECT (SELECT max(b.id) FROM b WHERE b.a = a.id) FROM a',
      'select; tables a@55 b@30; functions max@15; columns b.id@19 b.a@38 a.id@44',
    ],
    [
      'SELECT upper(name), load_extension(1), own(2) FROM a',
      'select; tables a@51; functions upper@7 load_extension@20 own@39; columns name@13',
    ],
    ['SELECT * FROM json_each(a) j', 'select; functions json_each@14; columns a@24 *@7'],
    ['SELECT a GLOB b, c ISNULL, d IS e FROM t', 'select; tables t@39; columns a@7 b@14 c@17 d@27 e@32'],
    ['INSERT OR REPLACE INTO a (id) VALUES (1)', 'insert (insert delete); tables a@23; columns id@26'],
    ['INSERT OR IGNORE INTO a (id) SELECT id FROM b', 'insert; tables a@22 b@44; columns id@25 id@36'],
    [
      'INSERT INTO a (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2',
      'insert (insert update); tables a@12; columns id@15 id@43 id@61',
    ],
    ['UPDATE OR FAIL a SET name = 1 WHERE id = 2', 'update; tables a@15; columns name@21 id@36'],
    ['UPDATE a SET name = 1', 'update; tables a@7; columns name@13; unknown the update of all rows: add a WHERE@0'],
    ['DELETE FROM a WHERE id = 1 RETURNING id', 'delete; tables a@12; columns id@20 id@37'],
    ['DELETE FROM a', 'delete; tables a@12; unknown the delete of all rows: add a WHERE@0'],
    ['DROP TABLE a', 'drop'],
    ['PRAGMA x', 'pragma'],
    ['ATTACH DATABASE x AS y', 'attach database'],
    ['VACUUM', 'vacuum'],
    ['SELECT a FROM t UNION SELECT b FROM u', 'select; tables t@14 u@36; columns a@7 b@29'],
    [
      'SELECT sum(x) OVER (PARTITION BY y ORDER BY z) FROM t',
      'select; tables t@52; functions sum@7; columns x@11 y@33 z@44',
    ],
    ['SELECT "a", [b], `c` FROM t', 'select; tables t@26; columns a@7 b@12 c@17'],
    ['SELECT 1; SELECT 2', 'select | select'],
    ['SELEC 1', 'error at 0: Expected: an SQL statement, found: SELEC'],
    ['SELECT rowid FROM a', 'select; tables a@18; columns rowid@7'],
    ['EXPLAIN SELECT 1', 'explain'],
    ['REPLACE INTO a (id) VALUES (1)', 'insert (insert delete); tables a@13; columns id@16'],
    ['SELECT current_timestamp', 'select; functions current_timestamp@7'],
    ['VALUES (1)', 'select'],
  ],
};

describe.each(Object.entries(statements) as [keyof typeof statements, [string, string][]][])('%s', (dialect, rows) => {
  const loading = loadSqlParser(dialect);
  test.each(rows)('%s: %s', async (sql, facts) => {
    const parse = await loading;
    expect(told(await parse(sql))).toBe(facts);
  });
});

function told(parsed: ParsedSql): string {
  if (parsed.type === 'error') return `error at ${parsed.error.offset}: ${parsed.error.message}`;
  return parsed.statements.map(factsOf).join(' | ');
}

function factsOf({ type, types, tables, functions, columns, unknown }: StatementFacts): string {
  const all = [...types].join(' ');
  return [
    all === type ? type : `${type} (${all})`,
    listed('tables', tables),
    listed(
      'functions',
      functions.map((used) => ({ ...used, name: used.name + (used.isForeign === true ? '!' : '') })),
    ),
    columns.length === 0
      ? ''
      : `columns ${columns
          .map(
            ({ of, name, mayBeOutput, offset }) =>
              `${of === undefined ? '' : `${of}.`}${name}@${offset}${mayBeOutput ? '?' : ''}`,
          )
          .join(' ')}`,
    unknown.length === 0 ? '' : `unknown ${unknown.map(({ what, offset }) => `${what}@${offset}`).join(', ')}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function listed(title: string, used: readonly { schema?: string | undefined; name: string; offset: number }[]): string {
  if (used.length === 0) return '';
  return `${title} ${used.map(({ schema, name, offset }) => `${schema === undefined ? '' : `${schema}:`}${name}@${offset}`).join(' ')}`;
}

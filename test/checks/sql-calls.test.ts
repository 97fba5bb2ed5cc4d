import { describe, expect, test } from 'vitest';
import { type SqlDialect, sqlSafe } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';

/** PostgreSQL calls a function for `source.name` where the source has no such column. */
const rowCalls = [
  "SELECT f.pg_read_file FROM lower('/etc/passwd') f",
  "SELECT f.pg_read_file FROM lower('/etc/passwd') AS f(x)",
  "SELECT lower.pg_read_file FROM lower('/etc/passwd')",
  'SELECT g.pg_terminate_backend FROM generate_series(1, 10000) g',
  'SELECT g.pg_sleep FROM generate_series(1.0, 3) AS g',
  "SELECT u.pg_ls_dir FROM unnest(ARRAY['/etc']) u",
  'SELECT pg_read_file.pg_read_file FROM json_array_elements_text(\'["/etc/passwd"]\') AS pg_read_file',
  "SELECT x.pg_sleep FROM CAST('5' AS float8) x",
  'SELECT q.danger FROM (SELECT 1 AS id) q',
  'WITH q AS (SELECT 1 AS id) SELECT q.danger FROM q',
  'WITH q(id) AS (SELECT 1 AS danger) SELECT q.danger FROM q',
  'SELECT q.danger FROM (SELECT 1 AS id UNION SELECT 2 AS danger) q',
  'SELECT q.danger FROM (SELECT id FROM orders WHERE EXISTS (SELECT 1 AS danger)) q',
  'SELECT v.danger FROM (VALUES (1)) v',
  'SELECT o.pg_typeof FROM orders o',
  'SELECT orders.pg_column_size FROM orders',
  'SELECT public.orders.pg_column_size FROM public.orders',
  'SELECT (o).danger FROM orders o',
  'SELECT (o.*).danger FROM orders o',
  'SELECT ((SELECT o FROM orders o LIMIT 1)).danger',
  'SELECT (ARRAY[o])[1].danger FROM orders o',
  "SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM lower('/x') f WHERE f.pg_read_file LIKE 'root%')",
  "SELECT 1 FROM lower('/x') f GROUP BY f.pg_read_file",
  "SELECT 1 FROM lower('/x') f ORDER BY f.pg_read_file",
  "SELECT 1 FROM lower('/x') f JOIN orders o ON f.pg_read_file = o.name",
  "SELECT 1 FROM lower('/x') f, LATERAL (SELECT f.pg_read_file) s",
];

/** A quoted name may be that of a function of the database's own. */
const foreignCalls: Readonly<Record<SqlDialect, readonly string[]>> = {
  postgresql: [
    'SELECT "NOW"()',
    'SELECT "Lower"(\'x\')',
    'SELECT pg_catalog."NOW"()',
    'SELECT U&"\\004eOW"()',
    'SELECT * FROM "LOWER"(\'x\')',
    'SELECT "public"."now"()',
    'SELECT "pg_catalog.now"()',
  ],
  mysql: [
    'SELECT `NOW`()',
    'SELECT `concat`(1)',
    'SELECT `count`(id) FROM orders',
    'SELECT NOW ()',
    'SELECT sum\n(total) FROM orders',
    'SELECT max/**/(total) FROM orders',
    'SELECT `shop`.`now`()',
    'SELECT `shop.now`()',
  ],
  sqlite: ['SELECT "load_extension"(\'x\')', "SELECT [readfile]('x')", 'SELECT `main`.abs(1)'],
};

const harmless: Readonly<Record<SqlDialect, readonly string[]>> = {
  postgresql: [
    'SELECT now(), NOW(), "now"(), pg_catalog.now()',
    'SELECT s.count, s.max FROM (SELECT count(*), (SELECT max(id) FROM orders) FROM orders) s',
    "SELECT s.text, s.int4, s.name FROM (SELECT 'x'::text, 1::int, name::text FROM orders) s",
    'SELECT s.case, s.a FROM (SELECT CASE WHEN id > 1 THEN 1 END, CASE WHEN id > 1 THEN 1 ELSE a END FROM orders) s',
    'SELECT s.greatest, s.least, s.nullif FROM (SELECT greatest(1, 2), least(1, 2), nullif(1, 2)) s',
    'SELECT s.array, s.row, s.exists FROM (SELECT ARRAY[1], ROW(1, 2), EXISTS (SELECT 1 AS x)) s',
    'SELECT s.coalesce, s.current_date, s.extract FROM (SELECT coalesce(a, b), current_date, extract(year FROM d) FROM o) s',
    'SELECT s."?column?", s.id FROM (SELECT 1 + 1, id COLLATE "C" FROM orders) s',
    'SELECT g.g, h.n, h.ordinality FROM generate_series(1, 2) g, unnest(ARRAY[1]) WITH ORDINALITY AS h(n)',
    'SELECT e.key, e.value, k.k, k.value FROM orders o, jsonb_each(o.data) e, jsonb_each(o.data) k(k)',
    'SELECT r.a, x.value FROM jsonb_to_recordset($1) AS r(a int), json_array_elements($2) x',
    'SELECT f.generate_series, f.unnest FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY[1])) f',
    'SELECT o.count, o.position, o.name, o.text, o.rank, s.anything FROM orders o, (SELECT * FROM orders) s',
    'WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT t.n + 1 FROM t) SELECT t.n FROM t',
    'SELECT v.column1, w.a FROM (VALUES (1)) v, (VALUES (1)) w(a)',
    'SELECT q.id FROM ((SELECT id FROM orders) UNION (SELECT total AS x FROM orders)) q',
  ],
  mysql: ["SELECT NOW(), COUNT(id), concat ('a', 'b') FROM orders", 'SELECT `o`.`now` FROM `orders` `o`'],
  sqlite: ['SELECT "abs"(1), [lower](\'x\'), count (id) FROM orders', 'SELECT o."count" FROM orders o'],
};

test.each(rowCalls)('takes no call for a column in %s', async (statement) => {
  expect(await runCheck(sqlSafe(), statement)).toMatchObject({ type: 'fail' });
});

describe.each(['postgresql', 'mysql', 'sqlite'] as const)('in %s', (dialect) => {
  test.each(foreignCalls[dialect])('takes no other function for a built-in one in %s', async (statement) => {
    expect(await runCheck(sqlSafe({ dialect }), statement)).toMatchObject({ type: 'fail' });
  });

  test.each(harmless[dialect])('lets %s pass', async (statement) => {
    expect(await runCheck(sqlSafe({ dialect }), statement)).toEqual({ type: 'pass' });
  });

  test.each([
    'SELECT id FROM orders WHERE EXISTS (SELECT 1 AS password) ORDER BY password',
    'SELECT id FROM orders WHERE id IN (SELECT 1 AS password) ORDER BY password',
    'SELECT id FROM orders GROUP BY id HAVING (SELECT 1 AS password) = 1 ORDER BY password',
    'SELECT id FROM orders UNION SELECT 1 AS password FROM orders ORDER BY password',
    'SELECT password FROM orders, (SELECT id FROM orders WHERE EXISTS (SELECT 1 AS password)) q',
    'SELECT id FROM secret.orders',
  ])('takes no output of an inner query for one of its own in %s', async (statement) => {
    const judge = sqlSafe({ dialect, columns: ['orders.id', 'orders.total'] });
    expect(await runCheck(judge, statement)).toMatchObject({ type: 'fail' });
  });
});

test('takes no quoted name with a dot for the parts of a name', async () => {
  const judge = sqlSafe({ tables: ['sales.orders'], columns: ['orders.id', 'id'], functions: ['my.lookup'] });
  for (const statement of [
    'SELECT id FROM "sales.orders"',
    'SELECT "orders.id" FROM sales.orders',
    'SELECT "my.lookup"(id) FROM sales.orders',
  ])
    expect(await runCheck(judge, statement)).toMatchObject({ type: 'fail' });
  expect(await runCheck(judge, 'SELECT my.lookup(id) FROM sales.orders')).toEqual({ type: 'pass' });
});

test('calls a function of your own by its quoted name where it is listed', async () => {
  expect(await runCheck(sqlSafe({ functions: ['Total'] }), 'SELECT "Total"(1)')).toEqual({ type: 'pass' });
  expect(await runCheck(sqlSafe({ functions: ['Total'] }), 'SELECT "TOTAL"(1)')).toMatchObject({ type: 'fail' });
  expect(await runCheck(sqlSafe({ dialect: 'mysql', functions: ['total'] }), 'SELECT `total`(1)')).toEqual({
    type: 'pass',
  });
});

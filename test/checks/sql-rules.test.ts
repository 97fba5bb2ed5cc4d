import { describe, expect, test } from 'vitest';
import { type SqlOptions, type SqlSafeOptions, sql, sqlSafe } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';

/** What is said of a statement, without where. */
const said = async (options: SqlSafeOptions, statement: string) => {
  const verdict = await runCheck(sqlSafe(options), statement);
  return verdict.type === 'fail' ? verdict.issues.map(({ message }) => message.replace(/ \(line .*$/s, '')) : [];
};
const named = async (options: SqlOptions, statement: string) => {
  const verdict = await runCheck(sql(options), statement);
  return verdict.type === 'fail' ? verdict.issues.map(({ message }) => message.replace(/ \(line .*$/s, '')) : [];
};

/** Rows of a table whose last column may be left out. */
const rows = <OPTIONS>(table: readonly (readonly [statement: string, message: string, options?: OPTIONS])[]) =>
  table.map(([statement, message, options]) => [statement, message, options ?? {}] as const);

describe('sqlSafe says', () => {
  test.each(
    rows<SqlSafeOptions>([
      ['SELECT 1; SELECT 2', 'Write one statement alone; there are 2'],
      ['-- nothing', 'Write a statement: SELECT'],
      ['DROP TABLE a', 'Write only SELECT: DROP is not allowed'],
      [
        'DELETE FROM a WHERE b = 1',
        'Write only SELECT or INSERT: DELETE is not allowed',
        { allow: ['select', 'insert'] },
      ],
      [
        'WITH d AS (DELETE FROM a WHERE b = 1 RETURNING *), u AS (UPDATE a SET b = 1 WHERE c = 2 RETURNING *) SELECT * FROM d, u',
        'Write only SELECT: DELETE and UPDATE are not allowed',
      ],
      ['SELECT * FROM pg_user', "Leave out the table pg_user; it is the database system's own"],
      ['SELECT * FROM pg_catalog.x', "Leave out the table pg_catalog.x; it is the database system's own"],
      ['SELECT * FROM Sys.x', "Leave out the table Sys.x; it is the database system's own", { dialect: 'mysql' }],
      ['SELECT * FROM other.x', "Leave out the table other.x; it is the database system's own", { dialect: 'sqlite' }],
      [
        'SELECT * FROM sqlite_master',
        "Leave out the table sqlite_master; it is the database system's own",
        { dialect: 'sqlite' },
      ],
      ['SELECT * FROM dbstat', "Leave out the table dbstat; it is the database system's own", { dialect: 'sqlite' }],
      ['SELECT a FROM s.b', 'Leave out the table s.b; use only b, t.c', { tables: ['b', 't.c'] }],
      ['SELECT s.f(1)', 'Leave out the function s.f; it is not allowed'],
      ['SELECT * FROM a', 'Name the columns one by one in place of * or NATURAL', { columns: ['a.b'] }],
      ...(['postgresql', 'mysql', 'sqlite'] as const).map((dialect): [string, string, SqlSafeOptions] => [
        "INSERT INTO a VALUES (1, 'secret')",
        'Name the columns one by one in place of * or NATURAL',
        { dialect, allow: ['insert'], columns: ['id'] },
      ]),
      [
        'INSERT INTO a (id) VALUES (1) ON CONFLICT (secret) DO NOTHING',
        'Leave out the column secret, or write the table before it; allowed are id',
        { allow: ['insert'], columns: ['id'] },
      ],
      ['SELECT a FROM a', 'Name columns of a in place of the whole row', { columns: ['b'] }],
      ['SELECT x FROM a AS t (x)', 'Leave out the column names after the alias of a table', { columns: ['x'] }],
      [
        'SELECT t.c FROM a t',
        'Leave out the column t.c, or write the table before it; allowed are a.b, d',
        { columns: ['a.b', 'd'] },
      ],
      ['SELECT z.c FROM a', 'Leave out the column c; it is not allowed', { columns: ['c'] }],
      [`SELECT 1 FROM a${' JOIN b ON true'.repeat(64)}`, 'Leave out the join of more than 64 tables'],
      ['SELECT 1 /*! + 1 */', 'Leave out the comment that some servers execute', { dialect: 'mysql' }],
      ['SELECT 1 /*+ x */', 'Leave out the comment that some servers execute'],
      ['SELECT\u00071', 'Leave out the control character'],
      ['SELECT\u00a01', 'Use plain spaces', { dialect: 'mysql' }],
      ['SELECT 1 /* a /* b */', 'Do not nest comments', { dialect: 'sqlite' }],
    ]),
  )('of %s: %s', async (statement, message, options) => {
    expect(await said(options, statement)).toEqual([message]);
  });

  test.each<readonly [statement: string, options: SqlSafeOptions]>([
    ['SELECT * FROM public.a', { tables: ['a'] }],
    ['SELECT * FROM PUBLIC.a', { tables: ['a'] }],
    ['SELECT * FROM a', { tables: ['public.a'] }],
    ['SELECT * FROM s.a', { tables: ['s.a'] }],
    ['SELECT * FROM main.a JOIN TEMP.b ON 1 = 1', { dialect: 'sqlite' }],
    ['SELECT * FROM Main.a', { dialect: 'sqlite', tables: ['A'] }],
    ['SELECT * FROM sales.a JOIN system_a ON 1 = 1', {}],
    ['SELECT * FROM my_pg_x, xpg_catalog.y, sysx.z', {}],
    ['SELECT * FROM my_sqlite_x', { dialect: 'sqlite' }],
    ['SELECT * FROM pg_x', { dialect: 'mysql' }],
    ['SELECT My_Function(1), S.g(2)', { functions: ['MY_FUNCTION', 's.G'] }],
    ['SELECT a.b, d FROM a, e', { columns: ['a.b', 'e.d'] }],
    [`SELECT 1 FROM a${' JOIN b ON true'.repeat(63)}`, {}],
    ['SELECT B FROM a', { dialect: 'mysql', columns: ['A.b', 'b'] }],
  ])('nothing of %s', async (statement, options) => {
    expect(await said(options, statement)).toEqual([]);
  });

  test.each<readonly [statement: string, options: SqlSafeOptions]>([
    ['SELECT * FROM s.a', { tables: ['a'] }],
    ['SELECT * FROM a', { tables: ['s.a'] }],
    ['SELECT * FROM main.a', { tables: ['a'] }],
    ['SELECT * FROM public.a', { dialect: 'mysql', tables: ['a'] }],
    ['SELECT s.f(1)', { functions: ['f'] }],
    ['SELECT f(1)', { functions: ['s.f'] }],
    ['SELECT c.b FROM a, c', { columns: ['a.b'] }],
  ])('that %s is not allowed by %j', async (statement, options) => {
    expect(await said(options, statement)).toHaveLength(1);
  });

  test.each(['', 'text', 'sqlite3', 'bash'])(
    'that one code block is enough, whatever the label of the other: %j',
    async (label) => {
      const statement = '```sql\nSELECT 1\n```';
      expect(await runCheck(sqlSafe(), statement)).toEqual({ type: 'pass' });
      for (const answer of [
        `\`\`\`${label}\nDROP TABLE a\n\`\`\`\n${statement}`,
        `${statement}\n~~~${label}\nDROP TABLE a\n~~~`,
      ])
        expect(await runCheck(sqlSafe(), answer)).toMatchObject({
          issues: [{ message: 'Answer with one SQL statement, in one code block.' }],
        });
    },
  );

  test('which statement types there are', () => {
    const types = 'select, insert, update, delete';
    expect(() => sqlSafe({ allow: ['select', 'drop' as 'select', 'grant' as 'select'] })).toThrow(
      expect.objectContaining({
        argument: 'allow',
        message: expect.stringMatching(new RegExp(`${types}.*"drop" is none`)),
      }),
    );
    expect(() => sqlSafe({ allow: [] })).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/delete\.?$/) }),
    );
  });
});

describe('sql says', () => {
  const schema = { orders: ['id', 'total'], customers: ['id', 'name'] };

  test.each(
    rows<SqlOptions>([
      ['SELECT id FROM ordrs', 'There is no table ordrs: use orders, customers'],
      ['SELECT totel FROM orders', 'There is no column totel in orders: use id, total'],
      ['SELECT x FROM orders, customers', 'There is no column x in orders, customers: use id, total, id, name'],
      ['SELECT x.id FROM orders', 'There is no table or alias x in the FROM clause'],
      ['SELECT x.* FROM orders', 'There is no table or alias x in the FROM clause'],
      ['SELECT a FROM sales.orders', 'There is no table sales.orders: use orders, customers'],
      ['SELECT rowid FROM orders', 'There is no column rowid in orders: use id, total', { dialect: 'mysql' }],
      ['SELECT ctid FROM orders', 'There is no column ctid in orders: use id, total', { dialect: 'sqlite' }],
    ]),
  )('of %s: %s', async (statement, message, options) => {
    expect(await named({ schema, ...options }, statement)).toEqual([message]);
  });

  test.each<readonly [statement: string, options: SqlOptions]>([
    ['SELECT id FROM public.orders', {}],
    ['SELECT id FROM PUBLIC.orders', {}],
    ['SELECT id FROM main.orders', { dialect: 'sqlite' }],
    ['SELECT id FROM shop.orders', { dialect: 'mysql' }],
    ['SELECT ctid, xmin, xmax, cmin, cmax, tableoid FROM orders', {}],
    ['SELECT rowid, oid, _rowid_, ROWID FROM orders', { dialect: 'sqlite' }],
    ['SELECT orders FROM orders', {}],
    ['SELECT name FROM orders, customers', {}],
    ['SELECT ID FROM ORDERS', { dialect: 'sqlite' }],
  ])('nothing of %s', async (statement, options) => {
    expect(await named({ schema, ...options }, statement)).toEqual([]);
  });

  test('that a table of another schema has columns of its own', async () => {
    const both = { ...schema, 'sales.orders': ['price'] };
    expect(await named({ schema: both }, 'SELECT price FROM sales.orders')).toEqual([]);
    expect(await named({ schema: both }, 'SELECT total FROM sales.orders')).toHaveLength(1);
    expect(await named({ schema: both }, 'SELECT price FROM orders')).toHaveLength(1);
  });

  test('nothing of names where no schema is given, and of statements that only run', async () => {
    expect(await named({}, 'SELECT x FROM y; DROP TABLE z')).toEqual([]);
    expect(await named({}, 'Here:\n```sql\nSELECT 1\n```\n```sql\nSELECT 2\n```')).toEqual([]);
  });
});

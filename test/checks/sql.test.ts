import { describe, expect, test } from 'vitest';
import { type SqlDialect, type SqlOptions, type SqlSafeOptions, sql, sqlSafe } from '../../src/checks/index.ts';
import { type Check, CheckCrashedError } from '../../src/index.ts';
import { runCheck } from '../../src/testing/index.ts';
import { errorOf } from '../fixtures.ts';
import { attacks } from './sql/attacks.ts';
import { harmless } from './sql/harmless.ts';
import { moreAttacks, moreHarmless } from './sql/more-statements.ts';

const dialects: readonly SqlDialect[] = ['postgresql', 'mysql', 'sqlite'];

describe.each(dialects)('sqlSafe in %s', (dialect) => {
  const readOnly = sqlSafe({ dialect, allow: ['select'] });

  test.each([...harmless[dialect], ...moreHarmless[dialect]])('lets %s pass', async (statement) => {
    expect(await runCheck(readOnly, statement)).toEqual({ type: 'pass' });
  });

  test.each([...attacks[dialect], ...moreAttacks[dialect]])('stops %s', async (statement) => {
    expect(await runCheck(readOnly, statement)).toMatchObject({ type: 'fail' });
  });

  test.each(attacks[dialect])('stops %s, in a fence', async (statement) => {
    expect(await runCheck(readOnly, `Here it is:\n\`\`\`sql\n${statement}\n\`\`\``)).toMatchObject({ type: 'fail' });
  });

  test.each([
    ['Here it is; enjoy:', 'It reads all.'],
    ['With this you get each order,\nsorted by date:', '- `id` is the number;\n- Select more if you like'],
    ['Update: this is faster.\n\nUse it like so:', 'Replace `orders` with your table.\n\nShow more? Just ask!'],
    ['### Select', ''],
  ])('lets a statement in a fence pass, between %j and %j', async (before, behind) => {
    const answer = `${before}\n\n\`\`\`sql\nSELECT id FROM orders\n\`\`\`\n${behind}`;
    expect(await runCheck(readOnly, answer)).toEqual({ type: 'pass' });
  });

  test.each([
    'DROP TABLE users; ```sql\nSELECT 1\n```',
    'DROP TABLE users;\n```sql\nSELECT 1\n```',
    '/*\n```sql\nSELECT 1\n```\n*/ DROP TABLE users',
    // A server may know what the parser does not.
    "VACUUM INTO '/tmp/x.db';\n```sql\nSELECT 1\n```",
    'reindex;\n\nHere it is:\n```sql\nSELECT 1\n```',
    '-- first\n(shutdown);\nHere it is:\n```sql\nSELECT 1\n```',
    "SELECT 1 INTO OUTFILE '/tmp/x'; Here it is:\n```sql\nSELECT 1\n```",
    'DROP TABLE users\n\n```sql\nSELECT 1\n```',
    'ALTER TABLE users RENAME TO archive.\n```sql\nSELECT 1\n```',
    'Here: /*!50000 DROP TABLE users */\n```sql\nSELECT 1\n```',
    'DO sleep(5) +\n~~~\n(SELECT 1)',
    'it works;\n```sql\nSELECT 1\n```',
    '```sql\nSELECT 1\n```\n; DETACH users',
    '```sql\nSELECT 1;\n```\nDROP TABLE users;',
    "SELECT '\n```sql\nDROP TABLE users\n```\n'",
    '```sql\nSELECT 1\n```\n```sql\nDROP TABLE users\n```',
    '```\nSELECT 1; DROP TABLE users\n```',
    `${'x;'.repeat(30)}\n\`\`\`sql\nSELECT 1\n\`\`\``,
  ])('is not led past %j by a fence', async (text) => {
    expect(await runCheck(readOnly, text)).toMatchObject({ type: 'fail' });
  });

  test('reads no table that is not listed, whatever its name is covered with', async () => {
    const judge = sqlSafe({ dialect, tables: ['orders'] });
    const passes = async (statement: string) => (await runCheck(judge, statement)).type === 'pass';
    expect(await passes('SELECT o.id FROM orders o')).toBe(true);
    expect(await passes('WITH recent AS (SELECT * FROM orders) SELECT * FROM recent')).toBe(true);
    const forbidden = [
      'SELECT * FROM users',
      'SELECT * FROM orders JOIN users ON 1 = 1',
      'SELECT (SELECT max(id) FROM users)',
      'SELECT * FROM orders WHERE id IN (SELECT id FROM users)',
      'WITH users AS (SELECT * FROM users) SELECT * FROM users',
      'SELECT * FROM users WHERE EXISTS (WITH users AS (SELECT 1) SELECT 1)',
      'SELECT id FROM (WITH users AS (SELECT 1 AS id) SELECT id FROM users) AS a UNION SELECT id FROM users',
      'WITH a AS (SELECT * FROM b), b AS (SELECT * FROM orders) SELECT * FROM a',
      'WITH "\u212Aeys" AS (SELECT 1 AS id) SELECT id FROM keys',
      'SELECT * FROM secret.orders',
      'SELECT 1 UNION ALL SELECT id FROM users',
    ];
    for (const statement of forbidden) expect([statement, await passes(statement)]).toEqual([statement, false]);
  });

  test('names no column that is not listed, whatever its table is called', async () => {
    const judge = sqlSafe({ dialect, columns: ['orders.id', 'orders.total', 'users.name', 'users.id'] });
    const passes = async (statement: string) => (await runCheck(judge, statement)).type === 'pass';
    const allowed = [
      'SELECT id, total FROM orders',
      'SELECT o.id, u.name FROM orders o JOIN users u ON u.id = o.id',
      'SELECT sum(total) AS due FROM orders GROUP BY id ORDER BY due',
      'SELECT due FROM (SELECT sum(total) AS due FROM orders) AS sums',
      'WITH sums AS (SELECT sum(total) AS due FROM orders) SELECT due FROM sums',
      'SELECT count(*) FROM orders',
      'SELECT (SELECT users.name FROM users WHERE users.id = orders.id) FROM orders',
      'SELECT id FROM orders JOIN users USING (id)',
      'SELECT sums.password FROM (SELECT sum(total) AS password FROM orders) AS sums JOIN users u ON u.id = sums.password',
      'WITH RECURSIVE tree AS (SELECT id FROM orders UNION SELECT o.total FROM orders o JOIN tree ON tree.id = o.id) SELECT id FROM tree',
      ...(dialect === 'sqlite' ? ['SELECT atom FROM orders, json_each(total)'] : []),
      ...(dialect === 'postgresql'
        ? [
            'SELECT n FROM generate_series(1, 3) n',
            "SELECT key, value FROM json_each('{}') j JOIN orders o ON true",
            'SELECT u, ordinality FROM unnest(ARRAY[1]) WITH ORDINALITY AS u',
            'SELECT x.total FROM orders o, LATERAL (SELECT o.total) x',
          ]
        : []),
    ];
    for (const statement of allowed) expect([statement, await passes(statement)]).toEqual([statement, true]);
    const forbidden = [
      'SELECT * FROM users',
      'SELECT u.* FROM users u',
      'SELECT password FROM users',
      'SELECT users.password FROM users',
      'SELECT u.password FROM orders o JOIN users u ON u.id = o.id',
      'SELECT total FROM users',
      "SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM users WHERE password LIKE 'a%')",
      'SELECT id FROM orders ORDER BY password',
      "SELECT 1 AS password FROM users ORDER BY password || ''",
      'SELECT 1 AS password, count(*) FROM users GROUP BY password',
      'SELECT name FROM (SELECT password AS name FROM users) AS u',
      'WITH u AS (SELECT password AS name FROM users) SELECT name FROM u',
      'SELECT id FROM orders NATURAL JOIN users',
      'SELECT id FROM orders JOIN users USING (password)',
      'SELECT max(password) FROM users',
      'SELECT id FROM orders UNION SELECT password FROM users',
      'SELECT total FROM users AS total',
      // The nearest FROM that may have the column has it.
      'SELECT (SELECT password FROM users LIMIT 1) FROM (SELECT 1 AS password) AS x',
      'SELECT (SELECT total FROM users LIMIT 1) FROM orders',
      'SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM users WHERE total = 5)',
      'SELECT (SELECT password FROM (SELECT 1 AS a) AS password) FROM users',
      'SELECT password FROM (SELECT 1 AS a) AS password, users',
      // What stands beside a subquery, a CTE or a condition of a join is not seen there.
      'SELECT (SELECT q.s FROM (SELECT password AS s FROM (SELECT 1 AS a) y) q, (SELECT 1 AS password) z) FROM users',
      'SELECT (WITH q AS (SELECT password AS s FROM (SELECT 1 AS a) y) SELECT s FROM q, (SELECT 1 AS password) z) FROM users',
      'WITH RECURSIVE q AS (SELECT 1 AS a UNION SELECT (SELECT password FROM q) FROM users) SELECT a FROM q',
      // Both sides of USING are read.
      'SELECT total FROM orders RIGHT JOIN users USING (total)',
      'SELECT orders.id FROM orders JOIN users USING (total)',
      'SELECT orders.id FROM users JOIN orders USING (total)',
      'SELECT id FROM (SELECT 1 AS password) AS x JOIN users USING (password)',
      ...(dialect === 'sqlite'
        ? [
            'SELECT (SELECT x.password FROM (SELECT 1 AS a) x) FROM users x',
            'SELECT main.users.password FROM (SELECT 1 AS password) users, main.users',
            'SELECT 1 FROM users JOIN orders ON 1 JOIN (SELECT 1 AS total) z USING (total)',
            'SELECT (SELECT 1 FROM (SELECT 1 AS a) y JOIN (SELECT 2 AS b) w ON password = 1 JOIN users) FROM (SELECT 1 AS password) z',
            // The sign for Kelvin is no k.
            'SELECT (SELECT key FROM (SELECT 1 AS "\u212Aey") x) FROM users',
          ]
        : [
            'SELECT (SELECT 1 FROM (SELECT 1 AS a) y JOIN (SELECT 2 AS b) w ON password = 1, (SELECT 1 AS password) z) FROM users',
          ]),
      ...(dialect === 'mysql'
        ? [
            'SELECT (SELECT x.password FROM (SELECT 1 AS a) x) FROM users x',
            // The names of tables have case on some servers alone.
            'SELECT (SELECT X.password FROM users x) FROM (SELECT 1 AS password) X',
            'SELECT (SELECT X.password FROM (SELECT 1 AS password) x) FROM users X',
          ]
        : []),
      ...(dialect === 'postgresql'
        ? [
            'SELECT u FROM users u',
            'SELECT row_to_json(u) FROM users u',
            'SELECT a FROM users AS u (a, id)',
            'TABLE users',
            'SELECT value FROM users, generate_series(1, 2) g',
            'SELECT ordinality FROM users, generate_series(1, 2) g',
            "SELECT atom FROM users, json_each('{}') g",
            'SELECT lexeme FROM users, unnest(ARRAY[1]) g',
            'SELECT (SELECT 1 FROM generate_series(1, password) g, (SELECT 1 AS password) z) FROM users',
            'SELECT (SELECT 1 FROM LATERAL (SELECT password) x, (SELECT 1 AS password) z) FROM users',
            'SELECT (SELECT 1 FROM orders TABLESAMPLE SYSTEM (password), (SELECT 1 AS password) z) FROM users',
            'SELECT (u).password FROM users u',
            'SELECT count(u) FROM users u',
          ]
        : []),
    ];
    for (const statement of forbidden) expect([statement, await passes(statement)]).toEqual([statement, false]);
  });

  test('calls no function that is not listed', async () => {
    const judge = sqlSafe({ dialect, functions: ['count', 'my_function'] });
    expect(await runCheck(judge, 'SELECT COUNT(*), my_function(id) FROM orders')).toEqual({ type: 'pass' });
    expect(await runCheck(judge, 'SELECT sum(total) FROM orders')).toMatchObject({
      issues: [{ message: expect.stringMatching(/^Leave out the function sum; .*line 1, column 8/) }],
    });
  });

  test('lets the statements through that are allowed, and no other', async () => {
    const judge = sqlSafe({ dialect, allow: ['select', 'update', 'delete', 'insert'], tables: ['orders'] });
    const passes = async (statement: string) => (await runCheck(judge, statement)).type === 'pass';
    expect(await passes('UPDATE orders SET total = 1 WHERE id = 2')).toBe(true);
    expect(await passes('DELETE FROM orders WHERE id = 2')).toBe(true);
    expect(await passes('INSERT INTO orders (id, total) VALUES (1, 2)')).toBe(true);
    expect(await passes('INSERT INTO orders (id) SELECT id FROM orders WHERE total > 1')).toBe(true);
    const forbidden = [
      'UPDATE users SET admin = 1 WHERE id = 2',
      'UPDATE orders SET total = 1',
      'DELETE FROM orders',
      'DELETE FROM users WHERE id = 1',
      'WITH users AS (SELECT 1 AS id) DELETE FROM users WHERE id = 1',
      'INSERT INTO users (id) VALUES (1)',
      'INSERT INTO orders (id) SELECT id FROM users',
      'UPDATE orders SET total = (SELECT max(id) FROM users) WHERE id = 1',
      'TRUNCATE TABLE orders',
      'DROP TABLE orders',
    ];
    for (const statement of forbidden) expect([statement, await passes(statement)]).toEqual([statement, false]);
  });

  test('updates a row that is there already where updates are allowed, and replaces it where deletions are', async () => {
    const upsert = {
      postgresql: 'INSERT INTO orders (id, total) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET total = excluded.total',
      mysql: 'INSERT INTO orders (id, total) VALUES (1, 2) AS new ON DUPLICATE KEY UPDATE total = new.total',
      sqlite:
        'INSERT INTO orders (id, total) VALUES (1, 2) ON CONFLICT(id) DO UPDATE SET total = excluded.total WHERE id > 1',
    }[dialect];
    const columns = ['orders.id', 'orders.total'];
    const passes = async (statement: string, options: SqlSafeOptions) =>
      (await runCheck(sqlSafe({ dialect, tables: ['orders'], columns, ...options }), statement)).type === 'pass';
    expect(await passes(upsert, { allow: ['insert', 'update'] })).toBe(true);
    expect(await passes(upsert, { allow: ['insert'] })).toBe(false);
    expect(await passes(upsert, { allow: ['insert', 'update'], columns: ['orders.id'] })).toBe(false);
    expect(
      await passes(upsert.replace(/= (?:excluded|new)\.total/, '= (SELECT 1 FROM users)'), {
        allow: ['insert', 'update', 'select'],
      }),
    ).toBe(false);
    expect(await runCheck(sql({ dialect, schema: { orders: ['id', 'total'] } }), upsert)).toEqual({ type: 'pass' });
    if (dialect === 'postgresql') return;
    expect(await passes('REPLACE INTO orders (id) VALUES (1)', { allow: ['insert', 'delete'] })).toBe(true);
    expect(await passes('REPLACE INTO orders (id) VALUES (1)', { allow: ['insert', 'update'] })).toBe(false);
    const ignoring = dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    expect(await passes(`${ignoring} INTO orders (id) VALUES (1)`, { allow: ['insert'] })).toBe(true);
  });

  test.each([
    ['ten megabytes', `SELECT ${'1,'.repeat(5_000_000)}1`],
    ['ten thousand levels', `SELECT ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['ten thousand subqueries', `SELECT ${'(SELECT '.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['ten thousand operators', `SELECT 1${' + 1'.repeat(10_000)}`],
    ['ten thousand negations', `SELECT ${'NOT '.repeat(10_000)}1`],
    ['ten thousand unions', `SELECT 1${' UNION SELECT 1'.repeat(6_000)}`],
    ['ten thousand statements', 'SELECT 1;'.repeat(10_000)],
    ['many quotes', `SELECT ${'\'"`'.repeat(10_000)}`],
    ['many comments', `SELECT ${'/*'.repeat(40_000)}`],
    ['many backslashes', `SELECT '${'\\'.repeat(90_000)}`],
    ['many fences', '```sql\nSELECT 1\n```\n'.repeat(5_000)],
    ['many casts', `SELECT 1${'::int'.repeat(5_000)}`],
    ['many joins', `SELECT 1 FROM a${' JOIN b ON true'.repeat(5_000)}`],
  ])('comes to an end on %s, and judges on', async (_, text) => {
    expect(['pass', 'fail']).toContain((await runCheck(readOnly, text)).type);
    expect(await runCheck(readOnly, 'SELECT 1')).toEqual({ type: 'pass' });
  });
});

describe('sqlSafe', () => {
  test('tells the model what to change, and where', async () => {
    const judge = sqlSafe({ tables: ['orders'] });
    expect(await runCheck(judge, 'SELECT id,\n  pg_sleep(1)\nFROM users')).toEqual({
      type: 'fail',
      issues: [
        {
          message: 'Leave out the table users; use only orders (line 3, column 6, near `FROM users`).',
          path: [],
          check: 'sqlSafe',
          kind: 'content',
        },
        {
          message: 'Leave out the function pg_sleep; it is not allowed (line 2, column 3, near `pg_sleep(1)`).',
          path: [],
          check: 'sqlSafe',
          kind: 'content',
        },
      ],
    });
  });

  test('judges a statement in a JSON answer', async () => {
    const judge = sqlSafe({ path: 'query' });
    expect(await runCheck(judge, '{"query": "SELECT 1"}')).toEqual({ type: 'pass' });
    expect(await runCheck(judge, '{"query": "DROP TABLE users"}')).toMatchObject({ issues: [{ path: ['query'] }] });
    expect(await runCheck(judge, '{"other": "SELECT 1"}')).toMatchObject({ issues: [{ path: ['query'] }] });
    const each = sqlSafe({ path: 'steps.*.sql' });
    expect(await runCheck(each, '{"steps": [{ "sql": "SELECT 1" }, { "sql": "DROP TABLE users" }]}')).toMatchObject({
      issues: [{ path: ['steps', 1, 'sql'] }],
    });
  });

  test.each([
    ['100000 characters', `SELECT '${'a'.repeat(100_000)}'`, `SELECT '${'a'.repeat(99_000)}'`],
    ['25000 words and signs', `SELECT ${'1,'.repeat(13_000)}1`, `SELECT ${'1,'.repeat(12_000)}1`],
    ['1000 statements', 'SELECT 1;'.repeat(1_001), 'SELECT 1;'.repeat(1_000)],
  ])('asks for less than %s', async (most, long, right) => {
    for (const dialect of ['postgresql', 'sqlite'] as const) {
      expect(await runCheck(sql({ dialect }), right)).toEqual({ type: 'pass' });
      expect(await runCheck(sql({ dialect }), long)).toMatchObject({
        issues: [{ message: expect.stringContaining(`it has more than ${most}; write less of it`), kind: 'syntax' }],
      });
    }
  });

  test('counts places in characters, not in bytes', async () => {
    expect(await runCheck(sqlSafe(), "SELECT 'größe', pg_sleep(1)")).toMatchObject({
      issues: [{ message: expect.stringContaining('line 1, column 17') }],
    });
  });

  test.each([
    'SELECT\u00a01',
    'SELECT 1 --\u00a0\n; DROP TABLE users',
    "SELECT 1 -- \r '\n; DROP TABLE users -- '",
    'SELECT 1\u0000',
    'SELECT /* /* */ 1 */',
  ])('refuses what servers read differently: %j', async (statement) => {
    expect(await runCheck(sqlSafe({ dialect: 'mysql' }), statement)).toMatchObject({ type: 'fail' });
  });

  test('refuses options it cannot keep', () => {
    expect(() => sqlSafe({ dialect: 'oracle' as SqlDialect })).toThrow('"oracle" is none');
    expect(() => sqlSafe({ allow: ['drop' as 'select'] })).toThrow('"drop" is none');
    expect(() => sqlSafe({ allow: [] })).toThrow('allow lists some of');
  });
});

describe.each(dialects)('sql in %s', (dialect) => {
  test.each([...harmless[dialect]])('parses %s', async (statement) => {
    expect(await runCheck(sql({ dialect }), statement)).toEqual({ type: 'pass' });
  });

  test.each([
    'SELEC 1',
    'SELECT FROM WHERE',
    'SELECT (1',
    "SELECT 'a",
    'SELECT 1 FROM orders WHERE',
    'INSERT INTO',
    'SELECT 1,',
    'Sorry, I cannot.',
  ])('finds what is wrong with %s', async (statement) => {
    expect(await runCheck(sql({ dialect }), statement)).toMatchObject({ type: 'fail', issues: [{ kind: 'syntax' }] });
  });

  const schema = { orders: ['id', 'total', 'customer_id', 'status', 'created_at'], customers: ['id', 'name', 'email'] };
  const judge = sql({ dialect, schema } as SqlOptions);

  test.each([
    'SELECT id, total FROM orders',
    'SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY c.name',
    'SELECT * FROM orders',
    'SELECT o.* FROM orders o',
    'SELECT sum(total) AS due FROM orders GROUP BY customer_id HAVING sum(total) > 1 ORDER BY due',
    'SELECT upper(status) AS shown, count(*) FROM orders GROUP BY shown',
    'WITH sums AS (SELECT customer_id, sum(total) AS due FROM orders GROUP BY customer_id) SELECT name, due FROM sums JOIN customers ON customers.id = sums.customer_id',
    'WITH every AS (SELECT * FROM orders) SELECT total FROM every',
    'SELECT due FROM (SELECT sum(total) AS due FROM orders) AS sums',
    'SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders WHERE customer_id = c.id AND total > 1)',
    'SELECT id FROM orders UNION SELECT id FROM customers ORDER BY id',
    'WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n',
    'UPDATE orders SET total = 1 WHERE id = 2',
    "INSERT INTO customers (id, name) VALUES (1, 'a')",
    "DELETE FROM orders WHERE status = 'void'",
  ])('knows the names in %s', async (statement) => {
    expect(await runCheck(judge, statement)).toEqual({ type: 'pass' });
  });

  test.each([
    ['SELECT id FROM order', 'syntax or table'],
    ['SELECT totl FROM orders', 'There is no column totl'],
    ['SELECT o.totl FROM orders o', 'There is no column totl'],
    ['SELECT id FROM ordrs', 'There is no table ordrs'],
    ['SELECT x.id FROM orders o', 'There is no table or alias x'],
    ['SELECT id FROM orders WHERE amount > 1', 'There is no column amount'],
    ['SELECT c.name FROM orders o JOIN customers c ON c.key = o.id', 'There is no column key'],
    ['SELECT id FROM orders ORDER BY amount', 'There is no column amount'],
    ['SELECT id FROM orders WHERE id IN (SELECT order_id FROM customers)', 'There is no column order_id'],
    ['UPDATE orders SET amount = 1 WHERE id = 2', 'There is no column amount'],
    ['INSERT INTO customers (id, nme) VALUES (1, 2)', 'There is no column nme'],
  ])('finds the unknown name in %s', async (statement, message) => {
    const verdict = await runCheck(judge, statement);
    expect(verdict).toMatchObject({ type: 'fail' });
    if (message !== 'syntax or table')
      expect(verdict).toMatchObject({ issues: [{ message: expect.stringContaining(message) }] });
  });

  test('suggests the name that is meant', async () => {
    expect(await runCheck(judge, 'SELECT totel FROM orders')).toMatchObject({ issues: [{ suggestion: 'total' }] });
  });
});

const messagesOf = async (check: Check, statement: string) => {
  const verdict = await runCheck(check, statement);
  return verdict.type === 'fail' ? verdict.issues.map(({ message }) => message) : [];
};

describe.each(dialects)('tables and columns in %s', (dialect) => {
  const schema = { orders: ['id', 'total'], customers: ['id', 'name'], 'sales.invoices': ['id', 'due'] };
  const known = sql({ dialect, schema });

  test.each([
    'SELECT due FROM sales.invoices',
    'SELECT o.* FROM orders AS o',
    'SELECT x FROM (SELECT * FROM orders) AS s (x)',
    'SELECT s FROM (SELECT id FROM orders) AS s',
    'SELECT 1 WHERE whatever = 1',
    '(SELECT id FROM orders) ORDER BY id',
    '-- nothing',
  ])('knows the names in %s', async (statement) => {
    expect(await messagesOf(known, statement)).toEqual([]);
  });

  test.each([
    ['SELECT amount FROM sales.invoices', 'There is no column amount in invoices: use id, due (line 1, column 8, '],
    ['SELECT x.* FROM orders AS o', 'There is no table or alias x in the FROM clause (line 1, column 8, '],
    ['SELECT id FROM orders ORDER BY o.id', 'There is no table or alias o in the FROM clause (line 1, column 32, '],
    ['SELECT id FROM invoices', 'There is no table invoices: use orders, customers, sales.invoices (line 1, '],
    ['SELECT id FROM orders o JOIN ordes p ON p.key = o.id', 'There is no table ordes: use orders, customers, sal'],
  ])('finds the unknown name in %s', async (statement, message) => {
    expect(await messagesOf(known, statement)).toEqual([expect.stringContaining(message)]);
  });

  test('names the schema of a table there is not', async () => {
    // Which database a connection is to is not known of MySQL.
    const table = dialect === 'mysql' ? 'archive.invoices' : 'archive.orders';
    expect(await messagesOf(known, `SELECT id FROM ${table}`)).toEqual([
      expect.stringContaining(`There is no table ${table}: use orders, customers, sales.invoices (line 1, `),
    ]);
  });

  const judge = sqlSafe({ dialect, tables: ['orders', 'sales.invoices', 'users'], columns: ['id', 'orders.total'] });

  test.each(['SELECT id FROM sales.invoices', 'SELECT 1 WHERE id = 1', 'SELECT s FROM (SELECT id FROM orders) AS s'])(
    'lets %s pass',
    async (statement) => {
      expect(await messagesOf(judge, statement)).toEqual([]);
    },
  );

  test.each([
    ['SELECT id FROM invoices', 'Leave out the table invoices; use only orders, sales.invoices, users (line 1, '],
    ['SELECT 1 WHERE secret = 1', 'Leave out the column secret; it is not allowed (line 1, column 16, '],
    ['SELECT x.id FROM orders AS o', 'Leave out the column id; it is not allowed (line 1, column 8, '],
    [
      'SELECT o.total AS secret FROM orders AS o JOIN users AS u ON u.id = o.id ORDER BY u.secret',
      'Leave out the column u.secret, or write the table before it; allowed are id, orders.total (line 1, column 83, ',
    ],
  ])('stops %s', async (statement, message) => {
    expect(await messagesOf(judge, statement)).toEqual([expect.stringContaining(message)]);
  });

  test('tells places in UTF-16 units, as editors do', async () => {
    const [beforeName] = await messagesOf(known, "SELECT '😀' AS a,\n  '😀', totl FROM orders");
    expect(beforeName).toContain('There is no column totl in orders: use id, total (line 2, column 9, near');
    const [beforeError] = await messagesOf(known, "SELECT '😀' ) FROM orders");
    expect(beforeError).toContain('(line 1, column 13, near');
  });

  test('tells that something is missing where the statement ends', async () => {
    expect(await messagesOf(known, 'SELECT id FROM orders\nWHERE id IN (')).toEqual([
      expect.stringMatching(/\(line 2, column 14, near `WHERE id IN \(`\)\.$/),
    ]);
  });

  test('says that no statement is there', async () => {
    expect(await messagesOf(judge, '/* to come */')).toEqual([
      'Write a statement: SELECT (line 1, column 1, near `/* to come */`).',
    ]);
  });

  const failing = (error: Error) => async () => ({
    init: async () => {},
    parse: () => {
      throw error;
    },
  });

  test('takes a parser that ends its stack for a statement nested too deeply', async () => {
    const deep = sqlSafe({ dialect, parser: failing(new RangeError('Maximum call stack size exceeded')) });
    expect(await messagesOf(deep, 'SELECT 1')).toEqual([expect.stringMatching(/: it is nested too deeply \(line 1, /)]);
  });

  test('takes no other error of a parser for a fault of the statement', async () => {
    const broken = sqlSafe({ dialect, parser: failing(new TypeError('memory is detached')) });
    const error = await errorOf(runCheck(broken, 'SELECT 1'));
    expect(CheckCrashedError.isInstance(error)).toBe(true);
  });
});

describe('sqlSafe in one dialect', () => {
  const all = { allow: ['select', 'insert', 'update', 'delete'] } as const;

  test.each<[SqlDialect, string]>([
    ['postgresql', 'SELECT id FROM orders WHERE id NOT BETWEEN 1 AND 2 AND total BETWEEN SYMMETRIC 2 AND 1'],
    ['postgresql', "SELECT id FROM orders WHERE id NOT BETWEEN SYMMETRIC 2 AND 1 OR name SIMILAR TO 'a%'"],
    ['mysql', 'SELECT HIGH_PRIORITY SQL_NO_CACHE id FROM orders'],
    ['sqlite', 'VALUES (2), (1) ORDER BY column1'],
    ['sqlite', 'UPDATE orders SET (id, total) = (1, 2) WHERE id = 3'],
  ])('in %s lets %s pass', async (dialect, statement) => {
    expect(await messagesOf(sqlSafe({ dialect, ...all }), statement)).toEqual([]);
  });

  test.each<[SqlDialect, string, string]>([
    ['postgresql', 'SELECT id FROM archive.public.orders', 'Leave out the database archive (line 1, column 16, '],
    ['postgresql', 'SELECT id FROM (orders JOIN customers USING (id)) AS j', 'Leave out the alias of a join ('],
    ['mysql', 'SELECT SQL_CALC_FOUND_ROWS id FROM orders', 'Leave out SQL_CALC_FOUND_ROWS (line 1, column 1, '],
    ['mysql', 'SELECT id FROM orders ORDER BY @x', 'Leave out the variable @x (line 1, column 32, '],
    ['sqlite', 'INSERT OR ROLLBACK INTO orders (id) VALUES (1)', 'Leave out OR ROLLBACK (line 1, '],
    ['sqlite', 'SELECT id #\u00a0\nFROM orders', 'Use plain spaces (line 1, column 12, '],
  ])('in %s stops %s', async (dialect, statement, message) => {
    expect(await messagesOf(sqlSafe({ dialect, ...all }), statement)).toEqual([expect.stringContaining(message)]);
  });

  test('judges each column that a row is assigned to', async () => {
    const judge = sqlSafe({ dialect: 'sqlite', ...all, columns: ['orders.id', 'orders.total'] });
    expect(await messagesOf(judge, 'UPDATE orders SET (id, total) = (1, 2) WHERE id = 3')).toEqual([]);
    expect(await messagesOf(judge, 'UPDATE orders SET (id, paid) = (1, 2) WHERE id = 3')).toEqual([
      expect.stringContaining('Leave out the column paid, or write the table before it; allowed are orders.id, '),
    ]);
  });

  test('takes postgres for PostgreSQL', async () => {
    const judge = sqlSafe({ dialect: 'postgres' as SqlDialect });
    expect(await messagesOf(judge, 'SELEC 1')).toEqual([expect.stringContaining('Correct the PostgreSQL statement: ')]);
  });

  test('shows nothing of a line that is empty', async () => {
    expect(await messagesOf(sqlSafe(), 'SELECT (\n')).toEqual([
      'Correct the PostgreSQL statement: syntax error at end of input (line 2, column 1).',
    ]);
  });
});

import { expect, test } from 'vitest';
import { ambiguity, countOperators, inKnownWords } from '../../../src/checks/sql/lexing.ts';

test.each([
  ['SELECT 1 /*! x */', 'mysql', 'leave out the comment that some servers execute', 9],
  ['SELECT 1 /*M! x */', 'mysql', 'leave out the comment that some servers execute', 9],
  ['SELECT 1 /*+ x */', 'postgresql', 'leave out the comment that some servers execute', 9],
  ['SELECT 1\r SELECT', 'postgresql', 'leave out the control character', 8],
  ['SELECT \u00011', 'sqlite', 'leave out the control character', 7],
  ['SELECT\u00A01', 'mysql', 'use plain spaces', 6],
  ['SELECT 1 /* a /* b */', 'sqlite', 'do not nest comments', 14],
  ['SELECT 1, @x', 'mysql', 'leave out the variable @x', 10],
  ['SELECT @`a b`', 'mysql', 'leave out the variable @`a b`', 7],
  ["SELECT @'x y', 1", 'mysql', "leave out the variable @'x y'", 7],
  ['SELECT @@version', 'mysql', 'leave out the variable @@version', 7],
  ['SELECT 1 --@x\n', 'mysql', 'leave out the variable @x', 11],
  ['SELECT 1 -- @x\n, @y', 'mysql', 'leave out the variable @y', 17],
  ["SELECT 'a\\', \u00A0'", 'sqlite', 'use plain spaces', 13],
  ['SELECT [\u00A0]', 'mysql', 'use plain spaces', 8],
] as const)('%s in %s: %s, at %i', (sql, dialect, message, offset) => {
  expect(ambiguity(sql, dialect)).toEqual({ message, offset });
});

test.each([
  ['SELECT 1 /* x */', 'mysql'],
  ['SELECT 1\r\n', 'mysql'],
  ['SELECT\t1\n', 'mysql'],
  ['SELECT\u00A01', 'postgresql'],
  ["SELECT '\u00A0'", 'mysql'],
  ["SELECT '/* a /* b */'", 'sqlite'],
  ["SELECT '@x'", 'mysql'],
  ['SELECT @x', 'sqlite'],
  ['SELECT 1 -- @x\n', 'mysql'],
  ['SELECT 1 # @x\n, 2', 'mysql'],
  ["SELECT 'a\\'@x'", 'mysql'],
  ["SELECT 'a''@x'", 'mysql'],
  ['SELECT `@x`', 'mysql'],
  ['SELECT "@x"', 'mysql'],
  ['SELECT [\u00A0]', 'sqlite'],
  ["SELECT 'a\u00A0", 'sqlite'],
] as const)('%s is read in one way by %s', (sql, dialect) => {
  expect(ambiguity(sql, dialect)).toBeUndefined();
});

test.each([
  ['sqlite', 'SELECT a << 1 >> 2', 'SELECT a +  1 +  2'],
  ['mysql', 'SELECT a >>> 1', 'SELECT a >+  1'],
  ['sqlite', 'SELECT * FROM t INDEXED BY i', 'SELECT * FROM t             '],
  ['sqlite', 'SELECT * FROM t AS o INDEXED BY i', 'SELECT * FROM t AS o             '],
  ['sqlite', 'SELECT * FROM t o NOT INDEXED', 'SELECT * FROM t o            '],
  ['sqlite', 'UPDATE t INDEXED BY i SET a = 1', 'UPDATE t              SET a = 1'],
  [
    'sqlite',
    'SELECT sum(a) OVER (ROWS 1 PRECEDING EXCLUDE TIES)',
    'SELECT sum(a) OVER (ROWS 1 PRECEDING             )',
  ],
  [
    'sqlite',
    'SELECT sum(a) OVER (ROWS CURRENT ROW EXCLUDE NO OTHERS)',
    'SELECT sum(a) OVER (ROWS CURRENT ROW                  )',
  ],
  ['sqlite', 'WITH a AS MATERIALIZED (SELECT 1) SELECT 1', 'WITH a AS              (SELECT 1) SELECT 1'],
  ['sqlite', 'WITH a AS  NOT  MATERIALIZED (SELECT 1) SELECT 1', 'WITH a AS                    (SELECT 1) SELECT 1'],
  ['sqlite', 'SELECT a AS materialized', 'SELECT a AS materialized'],
  ['sqlite', "SELECT a GLOB 'x', glob('a', b)", "SELECT a LIKE 'x', glob('a', b)"],
  ['sqlite', 'SELECT a ISNULL, b NOTNULL', 'SELECT a IN (0), b IN (00)'],
  [
    'sqlite',
    'SELECT a IS b, a IS NOT b, a IS NULL, a IS NOT NULL, a IS TRUE',
    'SELECT a =  b, a =      b, a IS NULL, a IS NOT NULL, a IS TRUE',
  ],
  ['sqlite', 'SELECT \'a GLOB b\', "ISNULL"', 'SELECT \'a GLOB b\', "ISNULL"'],
  ['sqlite', 'SELECT [a IS b]', 'SELECT [a IS b]'],
  ['mysql', "SELECT a SOUNDS LIKE 'x'", "SELECT a LIKE        'x'"],
  ['mysql', "SELECT 'a' SOUNDS LIKE 'x'", "SELECT 'a' LIKE        'x'"],
  ['mysql', "SELECT 'a' /* c */ SOUNDS LIKE 'x'", "SELECT 'a' /* c */ LIKE        'x'"],
  ['mysql', "SELECT f(a) sounds  like 'x'", "SELECT f(a) LIKE         'x'"],
  ['mysql', "SELECT sounds like 'x'", "SELECT sounds like 'x'"],
  ['mysql', 'SELECT !a, a != b, !!b', 'SELECT ~a, a != b, ~ b'],
  ['mysql', 'SELECT 5 !a', 'SELECT 5 !a'],
  ['mysql', 'SELECT a FROM t GROUP BY a WITH ROLLUP', 'SELECT a FROM t GROUP BY a            '],
  ['mysql', 'SELECT a MOD 2, mod(a, 2)', 'SELECT a %   2, mod(a, 2)'],
  ['mysql', 'SELECT a AND !b', 'SELECT a AND ~b'],
  ['mysql', 'SELECT a GLOB b', 'SELECT a GLOB b'],
  ['sqlite', 'SELECT !a', 'SELECT !a'],
] as const)('in words the parser of %s knows, %s is %s', (dialect, sql, expected) => {
  expect(inKnownWords(sql, dialect)).toBe(expected);
});

test.each([
  ['SELECT 1 + 2 * 3', 'sqlite', 2],
  ['SELECT a AND b OR NOT c', 'mysql', 3],
  ["SELECT '1+2' -- + 3", 'sqlite', 0],
  ['SELECT a IN (1) UNION SELECT a BETWEEN 1 AND 2', 'mysql', 4],
  ['SELECT a COLLATE x, a LIKE b, a REGEXP b', 'mysql', 3],
  ['SELECT CASE WHEN a THEN b END', 'sqlite', 1],
  ['SELECT 1 INTERSECT SELECT 2 EXCEPT SELECT 3', 'sqlite', 2],
  ['SELECT 1', 'sqlite', 0],
  ['SELECT a ~ b, !c <=> d', 'mysql', 3],
  ['SELECT a DIV 2 MOD 3 XOR 1 RLIKE 2 IS 3', 'mysql', 5],
] as const)('the operators of %s in %s: %i', (sql, dialect, count) => {
  expect(countOperators(sql, dialect)).toBe(count);
});

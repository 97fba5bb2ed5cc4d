import { expect, test } from 'vitest';
import { bareHosts, writtenLinks } from '../../src/checks/links/written-links.ts';
import { unescaping } from '../../src/checks/places/escapes.ts';
import { atOnce } from '../../src/effects/in-turns.ts';

test.each<[text: string, links: string[]]>([
  ['see https://a.com/x.', ['https://a.com/x']],
  ['//cdn.com/x', ['//cdn.com/x']],
  ['a://b', []],
  ['javascript:alert(1)', ['javascript:alert(1)']],
  ['data:text/html,x', ['data:text/html,x']],
  ['[a](b.com)', ['b.com']],
  ['[a](#x) [b](/y) [c](./z) [d](?q)', []],
  ['[a](<b c.com>)', ['b c.com']],
  ['[a](b.com "t")', ['b.com']],
  ['[1]: b.com', ['b.com']],
  ['<a href="https://a.com">', ['https://a.com', 'https://a.com']],
  ['<a href="b.com">', []],
  ["<img src='//b.com'>", ['//b.com', '//b.com']],
  ['<img src=http://b.com>', ['http://b.com', 'http://b.com']],
  ['<mailto:a@b.com>', ['mailto:a@b.com']],
  ['[a](b\\(c\\).com)', ['b(c).com']],
  ['[a](javascript&colon;x)', ['javascript:x']],
  ['[a](&#x68;ttp://a)', ['ttp://a', 'http://a']],
  ['[a](&#104;ttp://a)', ['ttp://a', 'http://a']],
  ['[a](//b.com)', ['//b.com', '//b.com']],
  ['https://a.com/(x)', ['https://a.com/(x)']],
  ['https://a.com/x)', ['https://a.com/x']],
  ['(https://a.com)', ['https://a.com']],
  ['https://[::1]/x', ['https://[::1]/x']],
  ['http://u:p@[::1]/x', ['http://u:p@[::1]/x']],
  ['no link: 5', []],
  ['a.b//c.com', []],
  ['[a](\\\\b.com)', ['\\b.com']],
  ['[a](&#xffffffff;b)', ['ff;b']],
  ['vbscript:x', ['vbscript:x']],
  ['[a](a&amp;b&period;c&sol;d&bsol;e&lpar;f&rpar;)', ['a&b.c/d\\e(f)']],
  ['https://a.com!?', ['https://a.com']],
  ['x="y" href = b:c', ['b:c']],
  ['[a](b.com', ['b.com']],
])('the links of %j: %j', (text, links) => {
  expect(atOnce(writtenLinks(text))).toEqual(links);
});

test.each<[text: string, hosts: string[]]>([
  ['www.a.com', ['www.a.com']],
  ['see www.a.com.', ['www.a.com']],
  ['xwww.a.com', []],
  ['https://www.a.com', []],
  ['www.a', []],
  ['www.ä.de/x?y', ['www.ä.de/x?y']],
  ['a@www.b.com', []],
  ['WWW.A.COM!', ['WWW.A.COM']],
])('the bare hosts of %j: %j', (text, hosts) => {
  expect(atOnce(bareHosts(text))).toEqual(hosts);
});

test.each([
  [['a\\', 'nb'], 'a\nb'],
  [['\\u00', '41x'], 'Ax'],
  [['\\u004', '1'], 'A'],
  [['\\b\\f\\r\\t\\/\\"\\\\'], '\b\f\r\t/"\\'],
  [['\\u00zz'], 'u00zz'],
  [['a', 'b'], 'ab'],
  [['a\\'], 'a'],
])('the escapes of %j in pieces are read as %j', (pieces, expected) => {
  const read = unescaping();
  expect(pieces.map((piece) => read(piece)).join('')).toBe(expected);
});

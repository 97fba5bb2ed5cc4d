import { expect, test } from 'vitest';
import { fencesOf } from '../../../src/checks/code/fences.ts';

test.each<[text: string, fences: unknown[][]]>([
  ['```js\na\n```', [['js', 'a', 0, 11, true]]],
  ['```\na\n```', [['', 'a', 0, 9, true]]],
  ['~~~ py\na\n~~~', [['py', 'a', 0, 12, true]]],
  ['``` js\na', [['js', 'a', 0, 8, false]]],
  ['```js\na\n````\nb', [['js', 'a', 0, 13, true]]],
  ['````js\na\n```\nb\n````', [['js', 'a\n```\nb', 0, 19, true]]],
  ['```js\na\n~~~\nb\n```', [['js', 'a\n~~~\nb', 0, 17, true]]],
  ['~~~a`b\nx\n~~~', [['a', 'x', 0, 12, true]]],
  ['```a`b\nx\n```', [['', '', 9, 12, false]]],
  ['  ```js\n  a\n    b\n  ```', [['js', 'a\n  b', 0, 23, true]]],
  ['> ```js\n> a\n> ```', [['js', 'a', 0, 17, true]]],
  ['```{.js}\na\n```', [['js', 'a', 0, 14, true]]],
  ['```C++ x\na\n```', [['c++', 'a', 0, 14, true]]],
  ['```js\r\na\r\n```\r\nx', [['js', 'a', 0, 15, true]]],
  [
    '```a\n1\n```\n```b\n2\n```',
    [
      ['a', '1', 0, 11, true],
      ['b', '2', 11, 21, true],
    ],
  ],
  ['text ```js\na\n```', [['', '', 13, 16, false]]],
  ['```js\na\n``` x\n```', [['js', 'a\n``` x', 0, 17, true]]],
  ['```js\na\n```  \nx', [['js', 'a', 0, 14, true]]],
  ['``\na\n``', []],
  ['```js title="a"\na\n```', [['js', 'a', 0, 21, true]]],
  ['\t```js\n\ta\n\t```', [['js', 'a', 0, 14, true]]],
  ['```js\n\n```', [['js', '', 0, 10, true]]],
  ['```js\n```', [['js', '', 0, 9, true]]],
  ['~~~\na\n~~~~', [['', 'a', 0, 10, true]]],
  ['```c#\na\n```', [['c#', 'a', 0, 11, true]]],
  ['```obj-c\na\n```', [['obj-c', 'a', 0, 14, true]]],
])('the fences of %j: %j', (text, fences) => {
  expect(fencesOf(text).map(({ label, code, start, end, isClosed }) => [label, code, start, end, isClosed])).toEqual(
    fences,
  );
});

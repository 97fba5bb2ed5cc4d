import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';
import { firstAnswer } from './first-answer.ts';

const number = { type: 'number' };
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const list = (items: object) => ({ type: 'array', items });
const row = object({ price: number, text: { type: 'string' } }, 'price');

const pages = (rows: object) => ({ doc: { pages: [{ sections: [{ rows }] }] } });
const document = object({
  doc: object({ pages: list(object({ sections: list(object({ rows: list(row) })) })) }),
});

/** Something with so many objects around it. */
function nested(inner: unknown, depth: number): unknown {
  let value = inner;
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
}

function nestedSchema(inner: object, depth: number): object {
  let schema = inner;
  for (let level = 0; level < depth; level += 1) schema = object({ a: schema }, 'a');
  return schema;
}

describe('what is wrong is read however many containers are around it', () => {
  test('in every row of a document', async () => {
    const written = (count: number) =>
      JSON.stringify(pages(Array.from({ length: count }, (_, id) => ({ price: `${id}.50`, text: 'some words' }))));
    const wanted = (count: number) =>
      pages(Array.from({ length: count }, (_, id) => ({ price: id + 0.5, text: 'some words' })));
    expect(readJson(written(3000), document)?.value).toEqual(wanted(3000));
    expect(await firstAnswer(written(200), document)).toEqual(wanted(200));
  });

  test.each([4, 5, 10, 20])('in one row, behind %d objects', (depth) => {
    const rows = (price: unknown) => [{ price, text: 'x' }, ...Array(2000).fill({ price: 1, text: 'some words' })];
    const written = JSON.stringify(nested(rows('1'), depth));
    expect(readJson(written, nestedSchema(list(row), depth))?.value).toEqual(nested(rows(1), depth));
  });

  test.each([5, 20])('in a tree of %d levels that refers to itself', (depth) => {
    const node = { type: 'array', items: { $ref: '#/$defs/node' } };
    const schema = {
      $ref: '#/$defs/node',
      $defs: { node: object({ size: number, children: { anyOf: [node, { type: 'null' }] } }, 'size') },
    };
    const tree = (size: unknown, level = depth): object => ({
      size: level === 0 ? size : level,
      children: level === 0 ? null : [tree(size, level - 1), { size: 1 }],
      words: 'some words '.repeat(100),
    });
    expect(readJson(JSON.stringify(tree('5')), schema)?.value).toEqual(tree(5));
  });
});

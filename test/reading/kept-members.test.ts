import { describe, expect, test } from 'vitest';
import { keepsMembers } from '../../src/reading/index.ts';
import { list, num, object } from './read-rows.ts';

/* What validators drop of a value, they drop unseen: it is read then, or asked for again. */

const a = object({ a: num });
const both = object({ a: num, b: num });
const keeps = (value: unknown, schema: object, left = 10_000) => keepsMembers(value, schema, { left });

describe('all that a value says reaches a validator', () => {
  test.each<[value: unknown, schema: object]>([
    [5, num],
    [null, {}],
    [{}, a],
    [{ a: 1, x: 1 }, a],
    [[{ a: 1 }, {}], list(a)],
    [{ A: 1 }, { type: 'object', additionalProperties: num }],
    [{ a: 1, answer: 'x' }, both],
    [{ a: 1, data: { c: 1 } }, both],
    [{ a: 1, data: { a: 1 } }, both],
    [{ a: 1, thing: { b: 1 } }, both],
    [{ b: 1 }, { anyOf: [a, object({ b: num })] }],
    [{ a: 1, b: 1 }, { allOf: [a, object({ b: num })] }],
  ])('%j by %j', (value, schema) => {
    expect(keeps(value, schema)).toBe(true);
  });
});

describe('something of it would be dropped', () => {
  test.each<[what: string, value: unknown, schema: object]>([
    ['a member in another spelling', { b: 1, A: 1 }, both],
    ['one beside its own name', { a: 1, A: 2 }, a],
    ['all that it has', { x: 1 }, a],
    ['one in an item', [{ a: 1 }, { A: 1 }], list(a)],
    ['all of an item', [{ a: 1 }, { x: 1 }], list(a)],
    ['one further in', { o: { A: 1 } }, object({ o: a })],
    ['one of a branch', { A: 1 }, { anyOf: [a, object({ b: num })] }],
    ['one that another schema names', { a: 1, B: 1 }, { allOf: [a, object({ b: num })] }],
    ['a member of the answer in a wrapper', { a: 1, answer: { b: 2 } }, both],
    ['the same in a list', { a: 1, data: [{ b: 1 }] }, both],
    ['the same in a string', { a: 1, data: '{"b":1}' }, both],
    ['another value of the same member', { a: 1, data: { a: 2 } }, both],
    ['in an item', [{ a: 1, data: { b: 1 } }], list(both)],
    ['further in', { o: { a: 1, data: { b: 1 } } }, object({ o: both })],
  ])('%s', (_, value, schema) => {
    expect(keeps(value, schema)).toBe(false);
  });
});

test('what takes more effort than is left may be dropped', () => {
  expect([0, 1, 2, 4].map((left) => keeps([{ a: 1 }], list(a), left))).toEqual([false, false, true, true]);
});

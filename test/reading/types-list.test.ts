import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';

const number = { type: 'number' };
const text = { type: 'string' };
const v = (schema: object) => ({ type: 'object', properties: { v: schema }, required: ['v'] });

describe('of several types that a value may be read as, none is the nearest', () => {
  test.each<[written: string, schema: object]>([
    ['"5"', { type: ['number', 'array'], items: text }],
    ['5', { type: ['string', 'array'], items: number }],
    ['true', { type: ['string', 'array'], items: { type: 'boolean' } }],
    ['"true"', { type: ['boolean', 'array'], items: text }],
    ['"5"', { type: 'array', items: { type: ['string', 'number'] } }],
    ['"5"', { anyOf: [number, { type: 'array', items: text }] }],
    ['[5]', { type: ['string', 'number'], pattern: 'x' }],
  ])('%s', (written, schema) => {
    const isOne = written === '[5]';
    expect(readJson(`{"v":${written}}`, v(schema))?.value).toEqual(isOne ? { v: 5 } : undefined);
  });
});

describe('what is the same by two of them is read', () => {
  test.each<[written: string, schema: object, read: unknown]>([
    ['"5"', { type: 'array', items: text }, ['5']],
    ['"5"', { type: ['number', 'array'], items: number, maxItems: 0 }, 5],
    ['"5"', { type: ['number', 'boolean'] }, 5],
    ['{"a":"1"}', { type: ['array', 'string'], items: { type: 'object', properties: { a: number } } }, [{ a: 1 }]],
  ])('%s', (written, schema, read) => {
    expect(readJson(`{"v":${written}}`, v(schema))?.value).toEqual({ v: read });
  });
});

describe('without syntax, strings hold JSON as it stands', () => {
  const schema = { type: 'object', properties: { f: { type: 'object' }, l: { type: 'array' } } };
  const values = { syntax: false, values: true };

  test.each([
    ['Python', `{"f":"{'x':True,}"}`],
    ['a fence', '{"f":"```json\\n{\\"x\\":1}\\n```"}'],
    ['bare names', '{"f":"{x:1}"}'],
    ['a trailing comma', '{"l":"[1,]"}'],
    ['a comment', '{"l":"[1 /* one */]"}'],
  ])('%s', (_, text) => {
    expect(readJson(text, schema, values)).toBeUndefined();
    expect(readJson(text, schema)).toBeDefined();
  });

  test('JSON is read', () => {
    expect(readJson('{"f":" {\\"x\\":1} "}', schema, values)?.value).toEqual({ f: { x: 1 } });
  });
});

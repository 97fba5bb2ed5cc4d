import { describe, expect, test } from 'vitest';
import { compileSchema, incrementalValidator } from '../../src/incremental/index.ts';

function judge(schema: unknown, value: unknown): boolean {
  const check = incrementalValidator(schema).start();
  check.push(JSON.stringify(value));
  const { valid } = check.end();
  expect(compileSchema(schema).isValid(value)).toBe(valid);
  expect(compileSchema(schema).limits).toEqual([]);
  return valid;
}

const tree = {
  $id: 'https://example.com/tree',
  $dynamicAnchor: 'node',
  type: 'object',
  properties: { data: true, children: { type: 'array', items: { $dynamicRef: '#node' } } },
};

describe('$dynamicRef', () => {
  test('leads to the outermost schema that has the anchor', () => {
    const strict = {
      $id: 'https://example.com/strict-tree',
      $dynamicAnchor: 'node',
      $ref: 'tree',
      unevaluatedProperties: false,
      $defs: { tree },
    };

    expect(judge(strict, { children: [{ data: 1 }] })).toBe(true);
    expect(judge(strict, { children: [{ daat: 1 }] })).toBe(false);
    expect(judge(strict, { children: [{ children: [{ daat: 1 }] }] })).toBe(false);
    expect(judge(tree, { children: [{ daat: 1 }] })).toBe(true);
  });

  test('means on each way what the first resource on it says', () => {
    const list = (kind: string) => ({
      $id: `${kind}s`,
      $ref: 'list',
      $defs: { item: { $dynamicAnchor: 'item', type: kind } },
    });
    const schema = {
      $id: 'https://example.com/',
      properties: { strings: { $ref: 'strings' }, numbers: { $ref: 'numbers' }, any: { $ref: 'list' } },
      $defs: {
        list: {
          $id: 'list',
          type: 'array',
          items: { $dynamicRef: '#item' },
          $defs: { item: { $dynamicAnchor: 'item' } },
        },
        strings: list('string'),
        numbers: list('number'),
      },
    };

    expect(judge(schema, { strings: ['a'], numbers: [1], any: [true] })).toBe(true);
    expect(judge(schema, { strings: [1] })).toBe(false);
    expect(judge(schema, { numbers: ['a'] })).toBe(false);
  });

  test('is a plain reference where it names no dynamic anchor', () => {
    const schema = { $dynamicRef: '#/$defs/a', $defs: { a: { $anchor: 'a', type: 'string' } } };

    expect(judge(schema, 'x')).toBe(true);
    expect(judge(schema, 1)).toBe(false);
    expect(judge({ ...schema, $dynamicRef: '#a' }, 1)).toBe(false);
  });

  test('that leads nowhere is not judged, and neither is one with too many ways', () => {
    const anchors = Array.from({ length: 12 }, (_, index) => index);
    const $defs = Object.fromEntries(
      anchors.map((index) => [
        `d${index}`,
        {
          $id: `https://example.com/d${index}`,
          anyOf: anchors.map((other) => ({ properties: { [`p${other}`]: { $ref: `d${other}` } } })),
          $defs: { own: { $dynamicAnchor: `a${index}`, not: { const: index } } },
          items: { $dynamicRef: `#a${index}` },
        },
      ]),
    );
    const ways = compileSchema({ $ref: 'https://example.com/d0', $defs });

    expect(compileSchema({ $dynamicRef: '#missing' }).limits).toHaveLength(1);
    expect(ways.limits.length).toBeGreaterThan(0);
    expect(ways.isValid({ p1: [3] })).toBe(true);
  });
});

describe('$recursiveRef', () => {
  const base = {
    $id: 'https://example.com/base',
    $recursiveAnchor: true,
    type: 'object',
    properties: { next: { $recursiveRef: '#' } },
  };
  const strict = (isAnchor: boolean) => ({
    $schema: 'https://json-schema.org/draft/2019-09/schema',
    $id: 'https://example.com/strict',
    $recursiveAnchor: isAnchor,
    $ref: 'base',
    unevaluatedProperties: false,
    $defs: { base },
  });

  test('leads to the outermost schema that says it may', () => {
    expect(judge(strict(true), { next: { next: {} } })).toBe(true);
    expect(judge(strict(true), { next: { other: {} } })).toBe(false);
    expect(judge(strict(false), { next: { other: {} } })).toBe(true);
    expect(judge(strict(false), { next: 1 })).toBe(false);
  });
});

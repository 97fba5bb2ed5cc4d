import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/trace/canonical-json.ts';

class Money {
  readonly amount = 1;
}

test.each<[string, unknown, string]>([
  ['members, in whatever order', { b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
  ['members that are undefined', { a: undefined, b: 1 }, '{"b":1}'],
  ['members without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ['nothing', undefined, '#undefined'],
  ['numbers JSON does not have', [Number.NaN, Number.POSITIVE_INFINITY], '[#NaN,#Infinity]'],
  ['large whole numbers', 12n, '#12n'],
  ['dates', new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ['addresses', new URL('https://a.test/b'), '"https://a.test/b"'],
  ['bytes', Uint8Array.of(1, 2, 3), '#AQID'],
  ['a part of a buffer', new Uint8Array(Uint8Array.of(0, 1, 2, 3).buffer, 1), '#AQID'],
  ['a buffer', Uint8Array.of(1, 2, 3).buffer, '#AQID'],
  ['a view of a buffer', new DataView(Uint8Array.of(1, 2, 3).buffer), '#AQID'],
])('%s have one text', (_, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test.each([new Map(), new Set(), /x/, () => 1, Symbol('x'), new (class extends Money {})()])(
  'what is no plain JSON is refused: %s',
  (value) => {
    expect(() => canonicalJson({ value })).toThrow(/has no JSON form/);
  },
);

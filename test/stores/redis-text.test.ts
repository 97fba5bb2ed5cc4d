import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryKey, fromStored, indexKey, toStored } from '../../src/stores/redis-text.ts';

/** Any UTF-16, broken too, and the endings and beginnings that mean something. */
const text = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom('a', '~', '=', '"', 'json', 'key', 'index', '~key', '~index', '~json', '\uD800')).map(join),
);

describe('text in Redis', () => {
  it('comes back as it was, through UTF-8 and through a client that parses JSON', () => {
    fc.assert(
      fc.property(text, (value) => {
        const stored = throughUtf8(toStored(value));
        expect(fromStored(stored)).toBe(value);
        expect(() => JSON.parse(stored)).toThrow(SyntaxError);
      }),
    );
  });

  it('is nothing where the client found nothing, and where another program wrote', () => {
    for (const reply of [null, undefined, 'of another program', '', '~', '~{}', '~1', '~"x"', '~ "\\ud800"', 5, {}]) {
      expect(fromStored(reply)).toBeUndefined();
    }
  });

  it('is read from a client that gives buffers', () => {
    expect(fromStored(Buffer.from(toStored('é')))).toBe('é');
  });

  it('has a key of its own for each key and each index', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const keys = [entryKey(first), indexKey(first), entryKey(second), indexKey(second)].map(throughUtf8);
        expect(new Set(keys).size).toBe(first === second ? 2 : 4);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps an ordinary key as it is', () => {
    expect(entryKey('sr:v1:tenant:abc')).toBe('sr:v1:tenant:abc');
    expect(indexKey('sr:esc:pending')).toBe('sr:esc:pending~index');
  });
});

function join(parts: readonly string[]): string {
  return parts.join('');
}

function throughUtf8(value: string): string {
  return Buffer.from(value).toString();
}

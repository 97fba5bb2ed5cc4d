import { describe, expect, it } from 'vitest';
import { redacted } from '../../src/stores/redacted.ts';

describe('a redacted error', () => {
  it('keeps the name and the code', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    expect(redacted(error)).toMatchObject({ name: 'Error', message: 'Error ECONNREFUSED', code: 'ECONNREFUSED' });
  });

  it('finds the code one cause deeper', () => {
    const cause = Object.assign(new Error('secret'), { code: 'ECONNRESET' });
    expect(redacted(new TypeError('fetch failed', { cause })).message).toBe('TypeError ECONNRESET');
  });

  it("keeps the word that Redis's errors begin with, and no other", () => {
    const message = 'WRONGTYPE Operation against secret, command was: ["set","secret OOM"]';
    expect(redacted(new Error(message)).message).toBe('Error WRONGTYPE');
    expect(redacted(new Error('secret')).message).toBe('Error');
  });

  it('leaves names, codes and throws that are none behind', () => {
    const odd = Object.assign(new Error('x'), { name: 'a secret: 1', code: 'a secret' });
    expect(redacted(odd).message).toBe('Error');
    for (const thrown of ['a secret', { message: 'a secret', code: 5 }, null, undefined]) {
      expect(redacted(thrown).message).toBe('Error');
    }
  });

  it('ends for an error that causes itself', () => {
    const error = new Error('x');
    error.cause = error;
    expect(redacted(error).message).toBe('Error');
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutQuotes } from '../../src/trace/without-quotes.ts';

const answer =
  '{"vendor":"Ada Lovelace","iban":"DE89 3704","note":"call me \\"Countess\\" please, it is the way i like it"}';

test.each([
  ['Do not name "Ada Lovelace".', 'Do not name "…".'],
  ['Do not name Ada Lovelace.', 'Do not name ….'],
  ['The account DE89 3704 is closed.', 'The account … is closed.'],
  ['Leave "Countess" out.', 'Leave "…" out.'],
  ['Do not say that it is the way.', 'Do not say that ….'],
  ['Make the note shorter.', 'Make the note shorter.'],
  ['Add the date, please.', 'Add the date, please.'],
  ['Make it 2,048.', 'Make it 2,048.'],
])('%s', (message, expected) => {
  expect(withoutQuotes(message, [answer])).toBe(expected);
});

test('the names of the place stay', () => {
  expect(withoutQuotes('Make "vendor" a list.', [answer], ['vendor'])).toBe('Make "vendor" a list.');
});

test('no code of an answer is ever repeated', () => {
  const code = fc.stringMatching(/^[A-Z]{2}[0-9]{4,8}$/);
  fc.assert(
    fc.property(code, fc.lorem(), fc.lorem(), (secret, before, after) => {
      expect(withoutQuotes(`${before} ${secret}, ${after}`, [`{"iban":"${secret}"}`])).not.toContain(secret);
    }),
  );
});

test('nothing is left of a message where there is too much to look through', () => {
  expect(withoutQuotes('Shorten "abc".', ['x'.repeat(100_000), 'y'.repeat(100_000)])).toBe('Shorten "abc".');
  expect(withoutQuotes('Shorten "abc".', ['x'.repeat(100_000), 'y'.repeat(100_001)])).toBe('…');
});

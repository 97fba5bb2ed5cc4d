import { describe, expect, test } from 'vitest';
import { citations, code, grounded, links, noSecrets, openApi } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';

const length = 1_000_000;

function distinct(make: (index: number) => string): string {
  let text = '';
  for (let index = 0; text.length < length - 100; index += 1) text += make(index);
  return text;
}

const texts = {
  numbers: distinct((index) => `${index * 7 + 3} `),
  'lines of prose': distinct(
    (index) => `On 5 March 2024 Acme Corporation billed Jane Doe ${index}.50 EUR, as agreed.\n`,
  ),
  'quotation marks': '"a'.repeat(length / 2 - 10),
  'quotations with references': distinct((index) => `"the word ${index} stands" [1] `),
};

async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 0);
  await work();
  clearInterval(turning);
  return turns;
}

describe.each(Object.entries(texts))('a megabyte of %s', (_, text) => {
  test('as an answer lets the event loop turn while grounded judges it', async () => {
    expect(await turnsDuring(() => runCheck(grounded({ sources: [text] }), text))).toBeGreaterThan(5);
  });

  test.each([
    ['grounded', grounded({ sources: [text] })],
    ['citations', citations({ sources: [text] })],
  ])('as a source lets the event loop turn while %s reads it', async (_, check) => {
    const answer = 'He says: "no source has these words" [1], and Globex 77.';
    expect(await turnsDuring(() => runCheck(check, answer))).toBeGreaterThan(0);
  });
});

test('an answer of many quotations lets the event loop turn while citations judges it', async () => {
  const text = texts['quotations with references'];
  expect(await turnsDuring(() => runCheck(citations({ sources: [text] }), text))).toBeGreaterThan(5);
});

test('a short answer is judged at once', async () => {
  const judging = runCheck(grounded({ sources: ['Jane Doe of Acme.'] }), 'Jane Doe of Acme.');
  expect(await turnsDuring(() => judging)).toBe(0);
});

test('a long answer is given up when the caller aborts', async () => {
  const controller = new AbortController();
  const judging = runCheck(grounded(), texts.numbers, { abortSignal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(judging).rejects.toThrow('enough');
});

describe('what stands where a long text is cut', () => {
  const filling = 'it is as it was and so it went on for them. ';
  test.each([
    ['a quotation of several sentences', '"We came. We saw the hill. We won it all." '],
    ['a date', 'It was on 5 March 2024 there. '],
    ['an amount', 'It was 12 000 EUR there. '],
  ])('is read as a whole: %s', async (_, said) => {
    for (let offset = 0; offset < said.length; offset += 1) {
      const before = filling.repeat(200).slice(0, 8192 - offset - 1);
      const verdict = await runCheck(grounded({ sources: [said] }), `${before} ${said}${filling.repeat(20)}`);
      expect({ offset, verdict }).toEqual({ offset, verdict: { type: 'pass' } });
    }
  });

  test('belongs to the line before it: a block of Markdown that quotes', async () => {
    const answer = `${filling.repeat(170)}\n\nHe wrote:\n\n> We came and saw\n${'> and we went on again\n'.repeat(60)}`;
    const verdict = await runCheck(citations({ sources: ['Nothing of it.'] }), answer + filling.repeat(50));
    expect(verdict).toMatchObject({ issues: [{ message: expect.stringMatching('no source has it') }] });
  });
});

const records = JSON.stringify(Array.from({ length: 40_000 }, (_, index) => ({ name: `Bob: ${index}`, value: index })));

test.each([
  ['links', links()],
  ['noSecrets', noSecrets()],
])('an answer of many records lets the event loop turn while %s judges it', async (_, check) => {
  expect(await turnsDuring(() => runCheck(check, records))).toBeGreaterThan(0);
});

test.each([
  ['quotes', '"'],
  ['aliases', '*a '],
  ['documents', '---\n'],
])('an answer of many %s lets the event loop turn while it is parsed', async (_, piece) => {
  const text = piece.repeat(length / 10 / piece.length);
  expect(await turnsDuring(() => runCheck(openApi(), text))).toBeGreaterThan(2);
  expect(await turnsDuring(() => runCheck(code({ language: 'yaml' }), text))).toBeGreaterThan(2);
});

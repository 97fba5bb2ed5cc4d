import { describe, expect, test } from 'vitest';
import { grounded } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';

/** Whether an answer may say so of a document. */
async function isGrounded(source: string, answer: string): Promise<boolean> {
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: source }] }];
  return (await runCheck(grounded(), answer, { params: { prompt } })).type === 'pass';
}

describe('a number in words is taken for its value', () => {
  test.each([
    ['Es kamen fünfundzwanzig Gäste.', 25],
    ['Er zahlte dreihundert Euro.', 300],
    ['Er zahlte zweitausendfünfhundert Euro.', 2500],
    ['Er zahlte hundertzwanzig Euro.', 120],
    ['Er betaalde driehonderd euro.', 300],
    ['Er kwamen vijfentwintig gasten.', 25],
    ['Vinieron veintidós personas.', 22],
    ['Arrivarono ventotto persone.', 28],
    ['Arrivarono trentadue persone.', 32],
    ['Pagò duecento euro.', 200],
    ['客人有二十五个。', 25],
    ['价格是三千二百元。', 3200],
    ['人口是十二万。', 120_000],
    ['价格是二百零五元。', 205],
    ['房间号是三〇二。', 302],
  ])('%s', async (source, value) => {
    expect(await isGrounded(source, `The number is ${value}.`)).toBe(true);
    expect(await isGrounded(source, `The number is ${value + 1}.`)).toBe(false);
  });
});

test.each(['Hunderte', 'tausendmal', 'duizendpoot', 'hundertprozentig'])('%s is a word, not a number', async (word) => {
  expect(await isGrounded(`Das war ${word}.`, `Das war ${word}.`)).toBe(true);
  expect(await isGrounded(`Das war ${word}.`, 'It was 1,000.')).toBe(false);
});

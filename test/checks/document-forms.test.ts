import { expect, test } from 'vitest';
import { grounded } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';

/** Whether an answer may say so of a document. */
async function isGrounded(source: string, answer: string): Promise<boolean> {
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: source }] }];
  return (await runCheck(grounded(), answer, { params: { prompt } })).type === 'pass';
}

test.each([
  ['2024년 3월 5일에 체결되었다.', '2024-03-05', '2024-03-06'],
  ['令和6年3月5日に締結した。', '2024-03-05', '2023-03-05'],
  ['令和元年6月1日に締結した。', '2019-06-01', '2018-06-01'],
  ['平成30年6月に締結した。', '2018-06', '2019-06'],
  ['Ký ngày 5 tháng 3 năm 2024.', '2024-03-05', '2024-03-06'],
  ['Kelt: 2024. március 5.', '2024-03-05', '2024-03-06'],
  ['ลงนามวันที่ 5 มีนาคม 2567', '2024-03-05', '2025-03-05'],
  ['Open on 25 and 26 December 2024.', '2024-12-25', '2024-12-24'],
  ['Open May 6–8, 2024.', '2024-05-08', '2024-05-09'],
])('a date is read as its language writes it: %s', async (source, right, wrong) => {
  expect(await isGrounded(source, JSON.stringify({ date: right }))).toBe(true);
  expect(await isGrounded(source, JSON.stringify({ date: wrong }))).toBe(false);
});

test.each([
  ['Il en reste quatre-vingt-douze.', 92],
  ['Il coûte deux cents euros.', 200],
])('a number of several words is read whole: %s', async (source, value) => {
  expect(await isGrounded(source, `It says ${value}.`)).toBe(true);
  expect(await isGrounded(source, `It says ${value + 1}.`)).toBe(false);
});

test.each([
  ['sentences', 'He paid 120 EUR. So it is. '],
  ['a quotation that does not end', '“He paid. So it is. '],
  ['marks that do not tell an opening from an end', 'He said "No. And went. '],
  ['words', 'paid '],
  ['letters without a space', 'x'],
  ['rows', 'a row\n'],
])('a document of many pages is read to its end, in %s', async (_, unit) => {
  const source = `${unit.repeat(Math.ceil(20_000 / unit.length))} The vendor is Zephyr, the total 4711.`;
  expect(await isGrounded(source, JSON.stringify({ total: 4711 }))).toBe(true);
  expect(await isGrounded(source, JSON.stringify({ total: 4712 }))).toBe(false);
});

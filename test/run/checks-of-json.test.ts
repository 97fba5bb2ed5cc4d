import { generateText, jsonSchema, Output } from 'ai';
import { expect, test } from 'vitest';
import { code, contains, fieldPresent, json, matches, url } from '../../src/checks/index.ts';
import { type Check, check, withStagedRetry } from '../../src/index.ts';
import { feedback, says } from '../fixtures.ts';

const invoice = '{"total":"12","link":"https://example.com/a"}';
const checks: readonly [string, Check][] = [
  ['json', json()],
  ['fieldPresent', fieldPresent('total')],
  ['url', url('link')],
  ['matches', matches(/^\d+$/, { path: 'total' })],
  ['contains', contains('1', { path: 'total' })],
  ['code', code({ language: 'json', path: 'total' })],
];

test.each(checks)('%s lets nothing around the JSON through: what is delivered parses', async (_, judge) => {
  const model = says(`Here is the invoice:\n\`\`\`json\n${invoice}\n\`\`\`\nAnything else?`);
  const { text } = await generateText({
    model: withStagedRetry(model, { checks: [judge] }),
    prompt: 'x',
    maxRetries: 0,
  });
  expect(text).toBe(invoice);
  expect(model.calls).toHaveLength(1);
});

test.each(checks)('%s asks for JSON where reading is off', async (_, judge) => {
  const model = says(`Here: ${invoice}`, invoice);
  const { text } = await generateText({ model: withStagedRetry(model, { checks: [judge], fix: false }), prompt: 'x' });
  expect(text).toBe(invoice);
  expect(feedback(model)).toContain('Answer with one valid JSON value and nothing around it.');
});

test('a check that only wants JSON leaves it to the schema of the call how the answer is read', async () => {
  const schema = jsonSchema<{ total: number }>({ type: 'object', properties: { total: { type: 'number' } } });
  for (const judge of [json(), fieldPresent('total')]) {
    const model = withStagedRetry(says('Here: {"total":"12"}'), { checks: [judge] });
    const { output } = await generateText({ model, prompt: 'x', output: Output.object({ schema }) });
    expect(output).toEqual({ total: 12 });
  }
});

test('a check of yours still finds JSON in prose', async () => {
  const seen = check('seen', ({ value }) => (value as { total?: string }).total === '12' || 'Say the total.');
  const model = withStagedRetry(says(`Here: ${invoice}`), { checks: [seen] });
  expect((await generateText({ model, prompt: 'x' })).text).toBe(`Here: ${invoice}`);
});

test.each<[fix: boolean | { readonly syntax?: boolean; readonly values?: boolean }, seen: unknown]>([
  [true, { n: '1' }],
  [{ values: false }, { n: '1' }],
  [{ syntax: false }, undefined],
  [false, undefined],
])('a check of prose sees the value that reading finds, with fix: %j', async (fix, seen) => {
  const values: unknown[] = [];
  const judge = check('looks', ({ value }) => {
    values.push(value);
    return true;
  });
  await generateText({ model: withStagedRetry(says("Sure: {'n':'1',}"), { checks: [judge], fix }), prompt: 'x' });
  expect(values).toEqual([seen]);
});

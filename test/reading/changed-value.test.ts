import { generateText, jsonSchema } from 'ai';
import { expect, test } from 'vitest';
import { check, retry, type Stage, withStagedRetry } from '../../src/index.ts';
import { says } from '../fixtures.ts';

test('an answer is read as its text says, whatever a validator of yours made of its value', async () => {
  const invoice = jsonSchema<{ total: number }>(
    { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] },
    {
      validate(value) {
        const given = value as { total: number | string | null };
        if (typeof given.total === 'number') return { success: true, value: { total: given.total } };
        given.total = null;
        return { success: false, error: new Error('Make the total a number.') };
      },
    },
  );
  const model = says('{"total":"12.50"}');
  const { text } = await generateText({ model: withStagedRetry(model, { checks: [invoice] }), prompt: 'x' });
  expect(JSON.parse(text)).toEqual({ total: 12.5 });
  expect(model.calls).toHaveLength(1);
});

const totals = { type: 'object', properties: { total: { type: 'number' }, tags: { type: 'array' } } } as const;

test('so it is where a check of tool inputs changes the value before the schema judges it', async () => {
  const sorts = check({
    name: 'sorts',
    phase: 'tool-input',
    test: ({ value }) => {
      (value as { tags: string[] }).tags.sort();
      return true;
    },
  });
  const model = says('{"total":"12.50","tags":["b","a"]}');
  const wrapped = withStagedRetry(model, { checks: [sorts, jsonSchema(totals)] });
  const { text } = await generateText({ model: wrapped, prompt: 'x' });
  expect(text).toBe('{"total":12.50,"tags":["b","a"]}');
  expect(model.calls).toHaveLength(1);
});

test('so it is where a stage of yours changed the value it was given', async () => {
  const reverses: Stage = {
    name: 'reverses',
    attempts: 1,
    async propose({ call, params }) {
      const answer = await call(params);
      (answer.value as { tags: string[] }).tags.reverse();
      return answer;
    },
  };
  const model = says('no', '{"total":"12.50","tags":["b","a"]}');
  const stages = [retry({ attempts: 1 }), reverses];
  const wrapped = withStagedRetry(model, { checks: [jsonSchema(totals)], stages });
  const { text } = await generateText({ model: wrapped, prompt: 'x' });
  expect(text).toBe('{"total":12.50,"tags":["b","a"]}');
});

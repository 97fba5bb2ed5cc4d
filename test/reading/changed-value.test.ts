import { generateText, jsonSchema } from 'ai';
import { expect, test } from 'vitest';
import { withStagedRetry } from '../../src/index.ts';
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

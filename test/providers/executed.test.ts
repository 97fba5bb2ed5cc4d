import { generateText, isStepCount, jsonSchema, type LanguageModel, type ModelMessage, Output, streamText } from 'ai';
import { afterEach, expect, test } from 'vitest';
import { repair, retry, withStagedRetry } from '../../src/index.ts';
import type { ProviderAnswer } from '../servers/provider-answers/index.ts';
import { type ProviderServer, startProviderServer } from '../servers/provider-server.ts';
import { providerModels } from '../support/provider-models.ts';
import { lookUp } from './climber.ts';

/*
 * OpenAI takes what it executed by its id, and only behind the reasoning that led to it.
 */

let server: ProviderServer | undefined;
afterEach(() => server?.close());

async function openai(answers: readonly ProviderAnswer[], stages: Parameters<typeof withStagedRetry>[1]) {
  server = await startProviderServer(answers);
  const model = providerModels('ai@7', server.urlOf)['openai-responses'];
  return withStagedRetry(model, { convergence: 'off', ...stages }) as LanguageModel;
}

test('a search whose thoughts were left out after a repair stays out of the next turn', async () => {
  const schema = jsonSchema({
    type: 'object',
    properties: { vendor: { type: 'string' }, price: { type: 'number' } },
    required: ['vendor', 'price'],
    additionalProperties: false,
  });
  const bad = JSON.stringify({ vendor: 'Acme Machine Works, Springfield', price: 'twelve' });
  const searched = { reasoning: 'Let me think.', found: 'https://example.com', text: bad };
  const model = await openai([searched, { text: bad }, searched, { text: '{"/price": 12}' }, { text: 'Yes.' }], {
    stages: [retry({ attempts: 2 }), repair({ attempts: 2, maxShare: 1 })],
  });
  const question: ModelMessage = { role: 'user', content: 'Who?' };
  const result = streamText({ model, messages: [question], output: Output.object({ schema }) });
  expect(await result.output).toEqual({ vendor: 'Acme Machine Works, Springfield', price: 12 });
  const messages = [question, ...(await result.response).messages, { ...question, content: 'Sure?' }];
  expect((await generateText({ model, messages, maxRetries: 0 })).text).toBe('Yes.');
  expect(server?.refused).toEqual([]);
});

test("an image beside a call of no tool stays out of the agent's next step", async () => {
  const failed = { reasoning: 'Let me think.', image: 'aGk=', calls: [{ name: '7up', input: '{}' }] };
  const model = await openai([failed, failed, { text: 'GOOD' }], { stages: [retry({ attempts: 2 })] });
  const tools = { lookUp };
  const { text } = await generateText({ model, prompt: 'Q', tools, maxRetries: 0, stopWhen: isStepCount(3) });
  expect(text).toBe('GOOD');
  expect(server?.refused).toEqual([]);
});

import { anthropic } from '@ai-sdk/anthropic';
import { openai } from '@ai-sdk/openai';
import { generateText, type LanguageModel, type ToolChoice, type ToolSet } from 'ai';
import { afterEach, expect, test } from 'vitest';
import { check, fallback, retry, withStagedRetry } from '../../src/index.ts';
import { type ProviderServer, startProviderServer } from '../servers/provider-server.ts';
import { type ProviderModels, providerModels } from '../support/provider-models.ts';
import { lookUp } from './climber.ts';

/*
 * What one provider executes, another does not know: its package leaves such a tool out of the request.
 */

let server: ProviderServer | undefined;
afterEach(() => server?.close());

const good = check('good', ({ text }) => text === 'GOOD' || 'Say GOOD.');
const web = openai.tools.webSearch();

async function choiceSent(
  [first, other]: readonly [keyof ProviderModels, keyof ProviderModels],
  { tools, toolChoice }: { tools: ToolSet; toolChoice?: ToolChoice<ToolSet> },
) {
  server = await startProviderServer([{ text: 'I guess.', found: 'https://example.com' }, { text: 'GOOD' }]);
  const models = providerModels('ai@7', server.urlOf);
  const stages = [retry({ attempts: 1 }), fallback({ model: models[other], attempts: 1 })];
  const model = withStagedRetry(models[first], { checks: [good], stages }) as LanguageModel;
  await generateText({ model, prompt: 'Who?', tools, maxRetries: 0, ...(toolChoice && { toolChoice }) }).catch(() => {
    // The SDK wants the call that was chosen; here it is the request that counts.
  });
  expect(server.refused).toEqual([]);
  return server.exchanges.at(-1)?.body.tool_choice;
}

test.each<[string, ToolChoice<ToolSet> | undefined]>([
  ['none is made', undefined],
  ['one is to be called', 'required'],
  ['a named one is to be called', { type: 'tool', toolName: 'web' }],
])('a fallback that knows none of the tools gets no choice of them: %s', async (_, toolChoice) => {
  const given = { tools: { web }, ...(toolChoice && { toolChoice }) };
  for (const other of ['anthropic', 'bedrock', 'mistral', 'openrouter', 'groq', 'deepseek', 'gemini'] as const) {
    expect([other, await choiceSent(['openai-responses', other], given)]).toEqual([other, undefined]);
    await server?.close();
  }
});

test('of the tools it knows it gets the choice', async () => {
  const pair = ['openai-responses', 'anthropic'] as const;
  expect(await choiceSent(pair, { tools: { web, lookUp }, toolChoice: 'required' })).toEqual({ type: 'any' });
  await server?.close();
  const named = { type: 'tool', toolName: 'web' } as const;
  expect(await choiceSent(pair, { tools: { web, lookUp }, toolChoice: named })).toEqual({ type: 'auto' });
  await server?.close();
  const own = { tools: { web: anthropic.tools.webSearch_20250305() }, toolChoice: 'required' } as const;
  expect(await choiceSent(['bedrock', 'anthropic'], own)).toEqual({ type: 'any' });
});

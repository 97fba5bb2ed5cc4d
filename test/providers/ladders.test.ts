import * as ai7 from 'ai';
import * as ai6 from 'ai-v6';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { check, createInbox, fallback, human, lendTools, repair, retry, withStagedRetry } from '../../src/index.ts';
import type { ProviderReply } from '../servers/provider-server.ts';
import { providerRules, type RuledProvider } from '../servers/provider-rules/index.ts';
import { startProviderServer } from '../servers/provider-server.ts';
import { providerModels } from '../support/provider-models.ts';
import { failedAnswers } from './failed-answers.ts';

const providers = Object.keys(providerRules) as RuledProvider[];
const sdks = { 'ai@7': ai7, 'ai@6': ai6 as unknown as typeof ai7 } as const; // what is called here is the same in both

const right: ProviderReply = { text: 'GOOD' };
const saysGood = check('good', ({ text }) => text.includes('GOOD') || 'Say GOOD.');
const thinking = {
  anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } },
  bedrock: { reasoningConfig: { type: 'enabled', budgetTokens: 1024 } },
};
const lookUp = ai7.tool({
  description: 'Looks something up.',
  inputSchema: z.object({ query: z.string() }),
  execute: ({ query }) => `found ${query}`,
});

/** Perplexity's models take no tools. */
const takesTools = (provider: RuledProvider) => provider !== 'perplexity';

const answersFor = (provider: RuledProvider) =>
  Object.entries(failedAnswers).filter(([, answer]) => takesTools(provider) || answer.calls === undefined);

interface Play {
  readonly sdk: keyof typeof sdks;
  readonly provider: RuledProvider;
  readonly script: readonly ProviderReply[];
}

/** Plays a ladder of one stage above the plain call; the requests that were refused. */
async function refusedIn(
  { sdk, provider, script }: Play,
  stage: keyof typeof ladders,
  options: { readonly steps?: number; readonly other?: RuledProvider } = {},
): Promise<readonly string[]> {
  const server = await startProviderServer(script);
  const models = providerModels(sdk, server.urlOf);
  const { generateText, stepCountIs } = ai6;
  void stepCountIs;
  try {
    const model = withStagedRetry(models[provider], {
      checks: [saysGood],
      stages: [retry({ attempts: 1 }), ladders[stage](models[options.other ?? provider])],
      scope: 'public',
    });
    await (sdk === 'ai@7' ? ai7.generateText : (generateText as unknown as typeof ai7.generateText))({
      model: model as never,
      prompt: 'Who?',
      maxRetries: 0,
      providerOptions: thinking,
      ...(takesTools(provider) ? { tools: { lookUp } } : {}),
      stopWhen: ({ steps }) => steps.length >= (options.steps ?? 1),
    });
    return server.refused.flatMap(({ broken }) => broken);
  } catch (error) {
    return [...server.refused.flatMap(({ broken }) => broken), String(error)];
  } finally {
    await server.close();
  }
}

const ladders = {
  retry: () => retry({ name: 'again', attempts: 2 }),
  repair: () => repair({ attempts: 1 }),
  tools: () => lendTools({ attempts: 2, tools: { findVendor: lookUp } }),
  fallback: (model: never) => fallback({ model, attempts: 2 }),
};
void [sdks, human, createInbox, describe];

for (const sdk of ['ai@7', 'ai@6'] as const) {
  for (const provider of providers) {
    for (const stage of ['retry', 'tools', 'fallback'] as const) {
      test(`${sdk} ${provider} ${stage}`, async () => {
        const refused: Record<string, readonly string[]> = {};
        for (const [name, answer] of answersFor(provider)) {
          const script =
            stage === 'tools' && takesTools(provider)
              ? [answer, { reasoning: 'Let me look.', calls: [{ name: 'findVendor', input: '{"query": "a"}' }] }, right]
              : [answer, right];
          const found = await refusedIn({ sdk, provider, script }, stage);
          if (found.length > 0) refused[name] = found;
        }
        expect(refused).toEqual({});
      });
    }
  }
}

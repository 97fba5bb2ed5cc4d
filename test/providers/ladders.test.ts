import * as ai7 from 'ai';
import * as ai6 from 'ai-v6';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { check, fallback, lendTools, retry, type Stage, withStagedRetry } from '../../src/index.ts';
import type { ModelInput } from '../../src/model/resolve-model.ts';
import type { ProviderAnswer } from '../servers/provider-answers/index.ts';
import { providerRules, type RuledProvider } from '../servers/provider-rules/index.ts';
import { startProviderServer } from '../servers/provider-server.ts';
import { providerModels } from '../support/provider-models.ts';
import { failedAnswers } from './failed-answers.ts';

const sdks = ['ai@7', 'ai@6'] as const;
const generators = { 'ai@7': ai7.generateText, 'ai@6': ai6.generateText as unknown as typeof ai7.generateText };
const providers = Object.keys(providerRules) as RuledProvider[];

const right: ProviderAnswer = { text: 'GOOD' };
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

interface Ladder {
  readonly sdk: (typeof sdks)[number];
  readonly provider: RuledProvider;
  readonly answers: readonly ProviderAnswer[];
  readonly stages: (models: Readonly<Record<RuledProvider, ModelInput>>) => readonly Stage[];
  /** @default 1 */
  readonly steps?: number;
}

/** Climbs a ladder before the server: the rules its requests broke, and what it ended with. */
async function climb({ sdk, provider, answers, stages, steps = 1 }: Ladder): Promise<readonly string[]> {
  const server = await startProviderServer(answers);
  const models = providerModels(sdk, server.urlOf);
  const model = withStagedRetry(models[provider], {
    checks: [saysGood],
    stages: [retry({ attempts: 1 }), ...stages(models)],
  });
  const outcome = await generators[sdk]({
    model: model as never, // of either major
    prompt: 'Who?',
    maxRetries: 0,
    providerOptions: thinking,
    ...(takesTools(provider) ? { tools: { lookUp } } : {}),
    stopWhen: (state) => state.steps.length >= steps,
  }).then(
    ({ text }) => (text === 'GOOD' ? [] : [`ended with ${JSON.stringify(text)}`]),
    (error) => [`ended with ${error}`],
  );
  await server.close();
  return [...server.refused.flatMap(({ broken }) => broken), ...outcome];
}

/** Each failed answer, with what came of it; nothing of those where all went well. */
async function climbWithEach(
  ladder: Omit<Ladder, 'answers'>,
  answersFor: (failed: ProviderAnswer) => readonly ProviderAnswer[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [name, answer] of Object.entries(failedAnswers)) {
    if (answer.calls !== undefined && !takesTools(ladder.provider)) continue;
    for (const line of await climb({ ...ladder, answers: answersFor(answer) })) found.push(`${name}: ${line}`);
  }
  return found;
}

const findsVendor: ProviderAnswer = { reasoning: 'Hm.', calls: [{ name: 'findVendor', input: '{"query": "a"}' }] };

for (const sdk of sdks) {
  for (const provider of providers) {
    test(`with ${sdk}, ${provider} takes every answer back from a retry`, async () => {
      const stages = () => [retry({ name: 'again', attempts: 2 })];
      expect(await climbWithEach({ sdk, provider, stages }, (failed) => [failed, right])).toEqual([]);
    });
    test(`with ${sdk}, ${provider} takes every answer back with lent tools`, async () => {
      const stages = () => [lendTools({ attempts: 2, tools: { findVendor: lookUp } })];
      const answersFor = (failed: ProviderAnswer) => [failed, ...(takesTools(provider) ? [findsVendor] : []), right];
      expect(await climbWithEach({ sdk, provider, stages }, answersFor)).toEqual([]);
    });
  }
}
void fallback;

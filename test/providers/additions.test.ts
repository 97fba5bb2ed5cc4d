import * as ai7 from 'ai';
import * as ai6 from 'ai-v6';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { check, lendTools, repair, retry, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import type { ProviderAnswer } from '../servers/provider-answers/index.ts';
import { type ProviderServer, startProviderServer } from '../servers/provider-server.ts';
import { type ProviderModels, providerModels } from '../support/provider-models.ts';
import { lookUp } from './climber.ts';

/*
 * What a stage adds to a request, where the caller's own part leaves little room for it.
 */

let server: ProviderServer | undefined;
afterEach(() => server?.close());

const good = check('good', ({ text }) => text === 'GOOD' || 'Say GOOD.');
const invoice = check('invoice', z.object({ vendor: z.string(), price: z.number() }), () => true);
const bad: ProviderAnswer = { text: JSON.stringify({ vendor: 'Acme Machine Works', price: 'x' }) };
const mended: ProviderAnswer = { text: '{"/price": 1}' };
const call = { name: 'lookUp', input: '{"query": "a"}' };

describe.each(['ai@7', 'ai@6'] as const)('%s', (sdk) => {
  const { generateText, isStepCount } = { isStepCount: ai6.stepCountIs, ...(sdk === 'ai@7' ? ai7 : ai6) } as typeof ai7;

  async function textOf(
    name: keyof ProviderModels,
    { answers, options, ...more }: { answers: readonly ProviderAnswer[]; options: StagedRetryOptions; tools?: object },
  ) {
    server = await startProviderServer(answers);
    const model = withStagedRetry(providerModels(sdk, server.urlOf)[name], { convergence: 'off', ...options });
    const { text } = await generateText({ model, prompt: 'Who?', maxRetries: 0, ...more } as never);
    expect(server.refused).toEqual([]);
    return text;
  }

  test.each(['openai-chat', 'openai-responses', 'groq', 'openrouter'] as const)(
    'a repair in words of the caller names the format for %s',
    async (name) => {
      const stages = [retry({ attempts: 1 }), repair({ attempts: 1, maxShare: 1 })];
      const options = { checks: [invoice], feedback: () => 'Do it again.', stages };
      expect(await textOf(name, { answers: [bad, mended], options })).toContain('"price":1');
    },
  );

  test.each(['gemini', 'gemini-2.5', 'groq', 'anthropic', 'openrouter'] as const)(
    'a repair after a call asks %s for JSON as it takes it beside tools',
    async (name) => {
      const stages = [retry({ attempts: 1 }), repair({ attempts: 1, maxShare: 1 })];
      const answers = [{ reasoning: 'Hm.', calls: [call] }, bad, mended];
      const stopWhen = isStepCount(2);
      const more = { options: { checks: [invoice], stages }, tools: { lookUp }, stopWhen };
      expect(await textOf(name, { answers, ...more })).toContain('"price":1');
    },
  );

  test.each(['bedrock', 'anthropic', 'mistral'] as const)(
    'a call that was made though none was to be goes back to %s in words',
    async (name) => {
      const answers = [{ reasoning: 'Hm.', calls: [{ ...call, input: '{}' }] }, { text: 'GOOD' }];
      const more = { options: { stages: [retry({ attempts: 2 })] }, tools: { lookUp }, toolChoice: 'none' };
      expect(await textOf(name, { answers, ...more })).toBe('GOOD');
    },
  );

  test.each(['openai-chat', 'groq', 'xai'] as const)('no more tools are lent than %s takes', async (name) => {
    const errors: unknown[] = [];
    const tools = Object.fromEntries(Array.from({ length: 220 }, (_, index) => [`tool${index}`, lookUp]));
    const options = {
      checks: [good],
      stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools })],
      events: {
        emit: (event: string, { error }: { error?: unknown }) => event === 'tool-source-error' && errors.push(error),
      },
    } as StagedRetryOptions;
    const answers = [{ text: 'I guess.' }, { text: 'GOOD' }];
    expect(await textOf(name, { answers, options, tools: { lookUp } })).toBe('GOOD');
    const sent = server?.exchanges.at(-1)?.body.tools;
    const length = Array.isArray(sent) ? sent.length : 0;
    expect(length).toBe(name === 'xai' ? 200 : 128);
    expect(errors.map(String)).toEqual([expect.stringContaining(`at most ${length} tools`)]);
    expect(String(errors[0])).toContain(`"tool${length - 1}" and ${220 - length} more are not lent`);
  });

  test('more lent calls than a turn may have go back in words', async () => {
    const calls = Array.from({ length: 200 }, () => ({ ...call, name: 'find' }));
    const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { find: lookUp } })];
    const answers = [{ text: 'I guess.' }, { calls }, { text: 'GOOD' }];
    expect(await textOf('openai-chat', { answers, options: { checks: [good], stages } })).toBe('GOOD');
  });

  test.each(['anthropic', 'openai-responses'] as const)(
    'tools of names that every object has are lent to %s under others',
    async (name) => {
      const tools = { constructor: lookUp, toString: lookUp };
      const calls = ['constructor_2', 'toString_2'].map((tool) => ({ ...call, name: tool }));
      const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: tools as never })];
      const answers = [{ text: 'I guess.' }, { calls }, { calls: [{ ...call, name: '__proto__' }] }, { text: 'GOOD' }];
      const options = { checks: [good], stages: [...stages, retry({ name: 'again', attempts: 1 })] };
      expect(await textOf(name, { answers, options })).toBe('GOOD');
      const results = JSON.stringify(server?.exchanges[2]?.body).match(/found a/g);
      expect(results).toHaveLength(2);
    },
  );
});

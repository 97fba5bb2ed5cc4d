import * as ai7 from 'ai';
import * as ai6 from 'ai-v6';
import { afterAll, describe, expect, test } from 'vitest';
import { check, fallback, retry, withStagedRetry } from '../../src/index.ts';
import { type ProviderReply, startProviderServer } from '../servers/provider-server.ts';
import { type ProviderModels, providerModels } from '../support/provider-models.ts';
import { lookUp } from './climber.ts';

/*
 * What a caller may hand over with a call: turns of earlier calls, by any model, whole or in the middle of something. The
 * fallback, and the wrapped model after it, have to take them.
 */

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

type Messages = ai7.ModelMessage[];

const question = { role: 'user', content: 'Who?' } as const;
const call = (toolCallId: string, query = 'a') =>
  ({ type: 'tool-call', toolCallId, toolName: 'lookUp', input: { query } }) as const;
const result = (toolCallId: string, value = 'Acme') =>
  ({ type: 'tool-result', toolCallId, toolName: 'lookUp', output: { type: 'text', value } }) as const;
const asked = (...content: unknown[]) => ({ role: 'assistant', content }) as Messages[number];
const told = (...content: unknown[]) => ({ role: 'tool', content }) as Messages[number];
const executed = { ...call('mcp_1'), providerExecuted: true };
const approval = { type: 'tool-approval-request', approvalId: 'approve_1', toolCallId: 'mcp_1' };
const approved = { type: 'tool-approval-response', approvalId: 'approve_1', approved: true, providerExecuted: true };

const pasts: Readonly<Record<string, Messages>> = {
  'a call and its result': [question, asked(call('c1')), told(result('c1')), question],
  'two calls of one id in one turn': [
    question,
    asked(call('c1'), call('c1', 'b')),
    told(result('c1'), result('c1')),
    question,
  ],
  'one id in two turns': [
    question,
    asked(call('c1')),
    told(result('c1')),
    asked(call('c1', 'b')),
    told(result('c1', 'Beta')),
    question,
  ],
  'calls that wait for the model': [question, asked(call('c1')), told(result('c1'))],
  'a call the provider is allowed to execute': [question, asked(executed, approval), told(approved)],
  'such a call beside one that was answered': [
    question,
    asked(executed, call('c1'), approval),
    told(result('c1'), approved),
  ],
  'a call the provider was not allowed to execute': [
    question,
    asked(executed, approval),
    told({ ...approved, approved: false }, { ...result('mcp_1'), output: { type: 'execution-denied' } }),
    question,
  ],
  'two turns in a row that no other provider can read': [
    question,
    asked({ type: 'reasoning', text: 'Hm.' }),
    asked({ type: 'reasoning', text: 'Hm.' }),
    question,
  ],
};

const others = [
  'openai-chat',
  'openai-responses',
  'anthropic',
  'gemini-2.5',
  'mistral',
  'bedrock',
  'deepseek',
  'openrouter',
  'perplexity',
] as const satisfies readonly (keyof ProviderModels)[];

const good = check('good', ({ text }) => text.includes('GOOD') || 'Say GOOD.');
let replies: readonly ProviderReply[] = [];
let count = 0;
const serving = startProviderServer(() => replies[Math.min(count++, replies.length - 1)] ?? {});
afterAll(async () => (await serving).close());

describe.each([
  ['ai@7', ai7],
  ['ai@6', ai6 as unknown as typeof ai7],
] as const)('%s: a fallback is refused nothing after', (sdk, { generateText }) => {
  describe.each(Object.entries(pasts))('%s', (_, messages) => {
    test.each(others)('%s', async (other) => {
      const server = await serving;
      for (const tools of [{ lookUp }, undefined]) {
        replies = [{ text: 'GOOD' }];
        count = 0;
        const before = server.exchanges.length;
        const models = providerModels(sdk, server.urlOf);
        const model = withStagedRetry(new Proxy(models['openai-responses'], tellsNothing), {
          checks: [good],
          stages: [retry({ attempts: 1 }), fallback({ model: models[other], attempts: 1 })],
        });
        const given = { model: model as never, messages, maxRetries: 0, ...(tools === undefined ? {} : { tools }) };
        const { text } = await generateText(given);
        expect(server.exchanges.slice(before).flatMap(({ broken }) => broken)).toEqual([]);
        expect(text).toBe('GOOD');
      }
    });
  });
});

/** The wrapped model takes whatever the caller hands over, and guesses. */
const tellsNothing: ProxyHandler<ProviderModels['openai-responses']> = {
  get: (model, name) =>
    name === 'doGenerate'
      ? async () => ({
          content: [{ type: 'text', text: 'I guess.' }],
          finishReason: { unified: 'stop', raw: 'stop' },
          usage: { inputTokens: {}, outputTokens: {} },
          warnings: [],
        })
      : Reflect.get(model, name),
};

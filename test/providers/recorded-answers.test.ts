import * as ai7 from 'ai';
import * as ai6 from 'ai-v6';
import { describe, expect, test } from 'vitest';
import { check, fallback, retry, withStagedRetry } from '../../src/index.ts';
import { startProviderServer } from '../servers/provider-server.ts';
import { providerModels, type Sdk } from '../support/provider-models.ts';
import { type RecordedAnswer, recordedAnswers } from './recorded-answers.ts';
import { subjects } from './subjects.ts';

const recorded = recordedAnswers();
const reason = recorded === undefined ? ' (skipped: ../shared/data/provider-recordings is absent)' : '';
const others = Object.values(subjects);
const sdkOf = { 'ai@7': ai7, 'ai@6': ai6 as unknown as typeof ai7 };

/** No recorded input has this member, so that every call is refused; texts are refused by the check. */
const refused = ai7.tool({
  inputSchema: ai7.jsonSchema({ type: 'object', properties: { never: { type: 'string' } }, required: ['never'] }),
});
const good = check('good', ({ text }) => text === 'GOOD' || 'Say GOOD.');

async function climb({ provider, raw, kind, tools, model }: RecordedAnswer, index: number, sdk: Sdk) {
  const { generateText, streamText } = sdkOf[sdk];
  const server = await startProviderServer((_, request) => (request < 2 ? { raw } : { text: 'GOOD' }));
  const other = others[index % others.length]?.model ?? 'anthropic';
  const call = {
    model: withStagedRetry(model(server.urlOf(provider), sdk), {
      checks: [good],
      stages: [retry({ attempts: 2 }), fallback({ model: providerModels(sdk, server.urlOf)[other], attempts: 1 })],
      convergence: 'off',
    }) as ai7.LanguageModel,
    prompt: 'Say it.',
    maxRetries: 0,
    tools: Object.fromEntries(tools.map((name) => [name, refused])) as ai7.ToolSet,
  };
  try {
    if (kind === 'generate') return { server, text: (await generateText(call)).text };
    const result = streamText({ ...call, onError: () => {} });
    await result.consumeStream();
    return { server, text: await result.text };
  } finally {
    await server.close();
  }
}

describe.skipIf(recorded === undefined).each(['ai@7', 'ai@6'] as const)(
  `an answer that a provider gave and a check refuses, with %s${reason}`,
  (sdk) => {
    test.each((recorded ?? []).map((answer, index) => [answer.file, answer, index] as const))(
      '%s goes back to its provider, and to another, as they take it',
      async (_, answer, index) => {
        const { server, text } = await climb(answer, index, sdk);
        expect(server.exchanges.map(({ broken }) => broken)).toEqual([[], [], []]);
        expect(text).toBe('GOOD');
      },
    );
  },
);

import { generateText, type ModelMessage, streamText } from 'ai';
import { afterEach, expect, test } from 'vitest';
import { memoryStore, withStagedRetry } from '../../src/index.ts';
import { type ProviderServer, startProviderServer } from '../servers/provider-server.ts';
import { type ProviderModels, providerModels } from '../support/provider-models.ts';

let servers: ProviderServer[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

async function startServer() {
  const server = await startProviderServer([{ reasoning: 'Let me think.', text: 'Acme.' }]);
  servers.push(server);
  return server;
}

/** The address changes with the server; the key of the cache does not. */
const modelAt = (server: ProviderServer, provider: keyof ProviderModels, store = memoryStore()) =>
  withStagedRetry(providerModels('ai@7', server.urlOf)[provider], { scope: 'public', cache: { store } });

test.each(['openai-responses', 'xai'] as const)(
  '%s takes a cached answer back, once and again, and in another account',
  async (provider) => {
    const store = memoryStore();
    const first = await startServer();
    const question: ModelMessage = { role: 'user', content: 'Who?' };
    await generateText({ model: modelAt(first, provider, store) as never, messages: [question] });
    const other = await startServer();
    const model = modelAt(other, provider, store) as never;
    const { text, responseMessages } = await generateText({ model, messages: [question] });
    const streamed = streamText({ model, messages: [question] });
    const again = await streamed.responseMessages;
    expect(text).toBe('Acme.');
    expect(other.exchanges).toHaveLength(0);

    const messages = [question, ...responseMessages, question, ...again, { role: 'user', content: 'Sure?' } as const];
    await generateText({ model, messages });
    expect(other.exchanges.map(({ broken }) => broken)).toEqual([[]]);
    expect(JSON.stringify(other.exchanges[0]?.body)).not.toMatch(/"(?:rs|msg)_/);
  },
);

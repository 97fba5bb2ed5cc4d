import { isStepCount, streamText } from 'ai';
import { expect, test } from 'vitest';
import { retry, withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { calls, lookup } from '../fixtures.ts';

const answer = (signature: string) => ({
  content: [
    { type: 'reasoning' as const, text: 'Hm.', providerMetadata: { scripted: { signature } } },
    { type: 'text' as const, text: 'One moment.' },
    ...calls('search', {}).content,
  ],
});

test('text that was shown before the accepted answer began comes back after the thoughts of that answer', async () => {
  const model = scriptedModel([answer('first'), answer('second'), 'Acme.']);
  const wrapped = withStagedRetry(model, { stages: [retry({ attempts: 2 })], convergence: 'off' });
  const tools = { lookup: lookup() };
  await streamText({ model: wrapped, prompt: 'Who?', tools, stopWhen: isStepCount(2) }).consumeStream();
  expect(model.calls[2]?.prompt[1]?.content).toMatchObject([
    { type: 'reasoning', providerOptions: { scripted: { signature: 'second' } } },
    { type: 'text', text: 'One moment.' },
    { type: 'tool-call', toolName: 'search' },
  ]);
});

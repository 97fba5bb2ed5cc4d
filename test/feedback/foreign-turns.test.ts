import { generateText, isStepCount } from 'ai';
import { describe, expect, test } from 'vitest';
import { check, fallback, retry, withStagedRetry } from '../../src/index.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import { calls, lookup } from '../fixtures.ts';

const prompt = 'Who?';
const search = { query: 'vendor' };
const acme = check('acme', ({ text }) => text.includes('Acme') || 'Name the vendor.');

/** An agent whose first step is answered by the fallback, and its second by the model itself. */
async function nextPrompt(called: ScriptedAnswer, { provider = 'scripted', modelId = 'first' } = {}) {
  const model = scriptedModel(['I guess.', 'Acme.'], { provider, modelId });
  const other = scriptedModel([called], { provider: 'other', modelId: 'second' });
  const wrapped = withStagedRetry(model, {
    checks: [acme],
    stages: [retry({ attempts: 1 }), fallback({ model: other, attempts: 1 })],
  });
  await generateText({ model: wrapped, prompt, tools: { lookup: lookup() }, stopWhen: isStepCount(2) });
  return model.calls[1]?.prompt.slice(1) ?? [];
}

const metadata = { other: { itemId: 'item-1' } };
const call = calls('lookup', search, { toolCallId: 'call_0123456789', providerMetadata: metadata }).content;
const ownCall = {
  content: [
    { type: 'reasoning' as const, text: 'And the other.' },
    ...calls('lookup', search, { toolCallId: 'own' }).content,
  ],
};
const thinking = [{ type: 'reasoning' as const, text: 'Hm.', providerMetadata: metadata }, ...call];

describe('what a fallback called', () => {
  test('goes to the model of the next step without what its own provider knows alone, under ids of any form', async () => {
    const [assistant, results] = await nextPrompt({ content: thinking });
    const [part] = assistant?.content ?? [];
    expect(assistant?.content).toEqual([
      { type: 'tool-call', toolCallId: expect.stringMatching(/^[a-z0-9]{9}$/), toolName: 'lookup', input: search },
    ]);
    expect(results?.content).toMatchObject([{ toolCallId: (part as { toolCallId: string }).toolCallId }]);
    expect(JSON.stringify([assistant, results])).not.toMatch(/item-1|stagedRetry/);
  });

  test.each(['anthropic.messages', 'amazon-bedrock', 'deepseek.chat'])(
    'is a turn that has ended for %s, which goes on only with its own thoughts',
    async (provider) => {
      const roles = (await nextPrompt({ content: thinking }, { provider })).map(({ role }) => role);
      expect(roles).toEqual(['assistant', 'tool', 'assistant', 'user']);
    },
  );

  test.each(['anthropic.messages', 'amazon-bedrock', 'deepseek.chat'])(
    'stays a turn that has ended when %s has gone on from it',
    async (provider) => {
      const model = scriptedModel(['I guess.', ownCall, 'Acme.'], { provider, modelId: 'first' });
      const other = scriptedModel([{ content: thinking }], { provider: 'other', modelId: 'second' });
      const wrapped = withStagedRetry(model, {
        checks: [check('guess', ({ text }) => text !== 'I guess.' || 'Name the vendor.')],
        stages: [retry({ attempts: 1 }), fallback({ model: other, attempts: 1 })],
      });
      await generateText({ model: wrapped, prompt, tools: { lookup: lookup() }, stopWhen: isStepCount(3) });
      const [second = [], third = []] = model.calls.slice(1).map(({ prompt: sent }) => sent);
      expect(third.slice(0, second.length)).toEqual(second);
      expect(third.slice(second.length).map(({ role }) => role)).toEqual(['assistant', 'tool']);
      expect(third.at(-2)?.content).toMatchObject([{ type: 'reasoning' }, { type: 'tool-call', toolCallId: 'own' }]);
    },
  );

  test('is told in words to models that know no tools', async () => {
    const told = await nextPrompt({ content: thinking }, { provider: 'perplexity' });
    expect(told.map(({ role }) => role)).toEqual(['assistant', 'user']);
    expect(JSON.stringify(told)).toContain('found vendor');
  });

  test('stays as it is for the model that called', async () => {
    const model = scriptedModel([{ content: thinking }, 'Acme.']);
    const wrapped = withStagedRetry(model, { checks: [acme] });
    await generateText({ model: wrapped, prompt, tools: { lookup: lookup() }, stopWhen: isStepCount(2) });
    expect(model.calls[1]?.prompt[1]?.content).toMatchObject([
      { type: 'reasoning', providerOptions: metadata },
      { type: 'tool-call', toolCallId: 'call_0123456789', providerOptions: metadata },
    ]);
  });
});

test('text of a fallback that carries nothing of its provider goes out as the fallback gave it', async () => {
  const other = scriptedModel(['Acme.'], { modelId: 'second' });
  const model = withStagedRetry(scriptedModel(['I guess.']), {
    checks: [acme],
    stages: [retry({ attempts: 1 }), fallback({ model: other, attempts: 1 })],
  });
  const { content } = await generateText({ model, prompt });
  expect(content).toEqual([{ type: 'text', text: 'Acme.' }]);
});

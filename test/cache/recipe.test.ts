import { generateText, type LanguageModel, Output, streamText, wrapLanguageModel } from 'ai';
import { describe, expect, it } from 'vitest';
import { memoryStore, type Store, withStagedRetry } from '../../src/index.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import { badInvoice, errorOf, goodInvoice, Invoice } from '../fixtures.ts';
import { recipe, recipeKeys, recipeRedis } from './recipe.ts';

/** A way to cache: models that share one store, and all that is in it. */
interface Way {
  wrap(answers: readonly ScriptedAnswer[], modelId?: string): LanguageModel;
  stored(): string;
}

function byRecipe(keyOf: (typeof recipeKeys)[keyof typeof recipeKeys]): Way {
  const redis = recipeRedis();
  return {
    wrap(answers, modelId = 'a') {
      return wrapLanguageModel({ model: scriptedModel(answers, { modelId }), middleware: recipe(redis, keyOf) });
    },
    stored: () => [...redis.entries].flat().join('\n'),
  };
}

function byOurs(): Way {
  const written: string[] = [];
  const store = memoryStore();
  const recording: Store = {
    ...store,
    set(key, value, options) {
      written.push(key, value);
      return store.set(key, value, options);
    },
  };
  return {
    wrap: (answers, modelId = 'a') =>
      withStagedRetry(scriptedModel(answers, { modelId }), { scope: 'public', cache: { store: recording } }),
    stored: () => written.join('\n'),
  };
}

const cookbook = () => byRecipe(recipeKeys.cookbook);
const documentation = () => byRecipe(recipeKeys.documentation);

async function ask(model: LanguageModel, headers?: Record<string, string>): Promise<string> {
  return (await generateText({ model, prompt: 'Hello', maxRetries: 0, ...(headers && { headers }) })).text;
}

async function askStreamed(model: LanguageModel): Promise<string> {
  const errors: unknown[] = [];
  const result = streamText({ model, prompt: 'Hello', maxRetries: 0, onError: ({ error }) => void errors.push(error) });
  const text = await result.text;
  if (errors.length > 0) throw errors[0];
  return text;
}

async function askInvoice(model: LanguageModel): Promise<unknown> {
  return (await generateText({ model, prompt: 'Hello', output: Output.object({ schema: Invoice }) })).output;
}

describe('what the caching recipe of the AI SDK does, and this cache does not', () => {
  it('answers one model with the text of another', async () => {
    for (const [way, expected] of [
      [cookbook(), 'of a'],
      [documentation(), 'of b'],
      [byOurs(), 'of b'],
    ] as const) {
      await ask(way.wrap(['of a'], 'a'));
      expect(await ask(way.wrap(['of b'], 'b'))).toBe(expected);
    }
  });

  it('keeps an answer that its schema refuses, and gives it out for ever', async () => {
    const answers = [JSON.stringify(badInvoice), JSON.stringify(goodInvoice)];
    const theirs = documentation();
    const model = theirs.wrap(answers);
    await errorOf(askInvoice(model));
    expect(String(await errorOf(askInvoice(model)))).toContain('No object generated');
    expect(theirs.stored()).toContain(wrongTotal);

    const ours = byOurs();
    expect(await askInvoice(ours.wrap(answers))).toEqual(goodInvoice);
    expect(await askInvoice(ours.wrap(['unused']))).toEqual(goodInvoice);
    expect(ours.stored()).not.toContain(wrongTotal);
  });

  it('puts the authorization header into the key, so that each caller has a cache of its own', async () => {
    for (const [way, isLeaked] of [
      [documentation(), true],
      [byOurs(), false],
    ] as const) {
      const model = way.wrap(['first', 'second']);
      await ask(model, { authorization: 'Bearer of-one' });
      expect(await ask(model, { authorization: 'Bearer of-two' })).toBe(isLeaked ? 'second' : 'first');
      expect(way.stored().includes('Bearer')).toBe(isLeaked);
    }
  });

  it('asks the model again to stream what it generated', async () => {
    for (const [way, expected] of [
      [documentation(), 'another'],
      [byOurs(), 'the answer'],
    ] as const) {
      const model = way.wrap(['the answer', 'another']);
      await ask(model);
      expect(await askStreamed(model)).toBe(expected);
    }
  });

  it('keeps a stream that failed', async () => {
    const failing = {
      parts: [
        { type: 'text-start', id: '1' },
        { type: 'text-delta', id: '1', delta: 'half of' },
        { type: 'error', error: new Error('overloaded') },
        { type: 'finish', finishReason: { unified: 'error', raw: undefined }, usage: noTokens },
      ],
    } as const;
    const theirs = documentation();
    await errorOf(askStreamed(theirs.wrap([failing])));
    expect(theirs.stored()).toContain('half of');

    const ours = byOurs();
    await askStreamed(ours.wrap([failing])).catch(() => {});
    expect(ours.stored()).not.toContain('half of');
  });
});

/** The wrong answer's `"twelve"`, inside a JSON text. */
const wrongTotal = String.raw`\"twelve\"`;

const noTokens = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};

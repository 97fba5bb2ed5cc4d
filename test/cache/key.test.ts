import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CacheIdentity, cacheKey, scopePrefix } from '../../src/cache/key.ts';
import type { CallOptions } from '../../src/model/language-model.ts';

const model = { specificationVersion: 'v4', provider: 'openai', modelId: 'gpt-5-mini' } as const;
const prompt: CallOptions['prompt'] = [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }];
const identity: CacheIdentity = { scope: 'tenant', model, params: { prompt }, ignoreProviderOptions: [], wrapping: '' };

function keyOf(more: Partial<CacheIdentity> = {}, params: Partial<CallOptions> = {}): Promise<string> {
  return cacheKey({ ...identity, ...more, params: { ...identity.params, ...params } });
}

function fileOf(...bytes: number[]): Pick<CallOptions, 'prompt'> {
  const file = { type: 'file', data: Uint8Array.from(bytes), mediaType: 'image/png' } as const;
  return { prompt: [{ role: 'user', content: [file] }] };
}

describe('the cache key', () => {
  it.each<[string, Partial<CacheIdentity>, Partial<CallOptions>]>([
    ['the scope', { scope: 'other' }, {}],
    ['the provider', { model: { ...model, provider: 'azure' } }, {}],
    ['the model', { model: { ...model, modelId: 'gpt-5' } }, {}],
    ['what the model is wrapped with', { wrapping: 'other' }, {}],
    ['the prompt', {}, { prompt: [{ role: 'system', content: 'Hello' }] }],
    ['a file of the prompt', {}, fileOf(1, 2, 3)],
    ['the tools', {}, { tools: [{ type: 'function', name: 'lookup', inputSchema: {} }] }],
    ['the tool choice', {}, { toolChoice: { type: 'none' } }],
    ['the response format', {}, { responseFormat: { type: 'json', schema: { type: 'object' } } }],
    ['the sampling', {}, { temperature: 0 }],
    ['the output limit', {}, { maxOutputTokens: 10 }],
    ['the stop sequences', {}, { stopSequences: ['END'] }],
    ['the seed', {}, { seed: 1 }],
    ['the reasoning', {}, { reasoning: 'high' }],
    ['the provider options', {}, { providerOptions: { openai: { user: 'u1' } } }],
  ])('covers %s', async (_, more, params) => {
    expect(await keyOf(more, params)).not.toBe(await keyOf());
  });

  it('leaves out headers, signals, raw chunks and what is undefined', async () => {
    const params = {
      headers: { authorization: 'Bearer secret', 'user-agent': 'ai/7.0.1' },
      abortSignal: AbortSignal.timeout(1000),
      includeRawChunks: true,
      temperature: undefined,
      providerOptions: {},
    };
    expect(await keyOf({}, params)).toBe(await keyOf());
  });

  it('takes options of a provider that are undefined for none', async () => {
    const providerOptions = { openai: undefined } as never;
    expect(await keyOf({}, { providerOptions })).toBe(await keyOf());
  });

  it('leaves out the provider options that are to be ignored', async () => {
    const providerOptions = { openai: { user: 'u1', store: true }, gateway: { order: ['a'] } };
    const ignoreProviderOptions = ['openai.user', 'gateway'];

    const key = await keyOf({ ignoreProviderOptions }, { providerOptions });
    expect(key).toBe(await keyOf({}, { providerOptions: { openai: { store: true } } }));
    expect(key).not.toBe(await keyOf());
  });

  it('is the same whatever the order of members, and tells bytes by their content', async () => {
    const schema = { type: 'object', properties: { a: {}, b: {} } };
    const turned = { properties: { b: {}, a: {} }, type: 'object' };
    expect(await keyOf({}, { responseFormat: { type: 'json', schema } })).toBe(
      await keyOf({}, { responseFormat: { schema: turned, type: 'json' } }),
    );
    expect(await keyOf({}, fileOf(1, 2, 3))).toBe(await keyOf({}, fileOf(1, 2, 3)));
    expect(await keyOf({}, fileOf(1, 2, 3))).not.toBe(await keyOf({}, fileOf(1, 2, 4)));
  });

  it('recognises a later step of an agent, whose tool-call ids are new ones', async () => {
    const step = (first: string, second: string, result = 'found'): Pick<CallOptions, 'prompt'> => ({
      prompt: [
        ...prompt,
        {
          role: 'assistant',
          content: [first, second].map((toolCallId, index) => {
            return { type: 'tool-call', toolCallId, toolName: 'lookup', input: { index } } as const;
          }),
        },
        {
          role: 'tool',
          content: [
            { type: 'tool-result', toolCallId: 'a', toolName: 'lookup', output: { type: 'text', value: result } },
          ],
        },
      ],
    });
    expect(await keyOf({}, step('a', 'b'))).toBe(await keyOf({}, step('a', 'other')));
    expect(await keyOf({}, step('a', 'b'))).not.toBe(await keyOf({}, step('b', 'a')));
    expect(await keyOf({}, step('a', 'b'))).not.toBe(await keyOf({}, step('a', 'b', 'nothing')));
  });

  it('tells two files from one that holds both', async () => {
    const [both, first, second] = [fileOf(1, 2), fileOf(1), fileOf(2)];
    expect(await keyOf({}, both)).not.toBe(await keyOf({}, { prompt: [...first.prompt, ...second.prompt] }));
  });

  it('is different for different scopes and texts, whatever they hold', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const call = fc.record({ scope: text, words: text });
    await fc.assert(
      fc.asyncProperty(call, call, async (one, other) => {
        const [first, second] = await Promise.all(
          [one, other].map(({ scope, words }) => keyOf({ scope }, { prompt: [{ role: 'system', content: words }] })),
        );
        expect(first === second).toBe(one.scope === other.scope && one.words === other.words);
      }),
    );
  });

  it('begins with a scope that no other scope begins with', async () => {
    const scope = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('a', 'a:b', 'a%3Ab', 'sr:cache:a:', '*', '{a}'),
    );
    await fc.assert(
      fc.asyncProperty(scope, scope, async (one, other) => {
        fc.pre(one !== other && isWellFormed(one) && isWellFormed(other));
        expect((await keyOf({ scope: one })).startsWith(scopePrefix(other))).toBe(false);
      }),
    );
  });

  it('refuses what has no JSON form', async () => {
    const providerOptions = { openai: { map: new Map() as never } };
    await expect(keyOf({}, { providerOptions })).rejects.toThrow(TypeError);
  });
});

function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}

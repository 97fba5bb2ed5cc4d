import { InvalidArgumentError } from '@ai-sdk/provider';
import { generateText, isStepCount, jsonSchema, Output, streamText, type ToolChoice, type ToolSet, tool } from 'ai';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import {
  type Check,
  check,
  type LendToolsOptions,
  lendTools,
  PackageMissingError,
  retry,
  type ToolSource,
  withStagedRetry,
} from '../../src/index.ts';
import type { CallOptions, ContentPart, Prompt } from '../../src/model/language-model.ts';
import { type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import { appended, calls, clientTool, errorOf, goodInvoice, Invoice, lookup, recorder, says } from '../fixtures.ts';

const prompt = 'Who sold it?';
const right = check('right', ({ text }, { attempt }) => text.startsWith('Acme') || `Look it up (${attempt}).`);
const search = { query: 'vendor' };

/** A model whose plain call is wrong, and which then is lent tools. */
function lending(model: ScriptedModel, options: Partial<LendToolsOptions> = {}, checks: readonly Check[] = [right]) {
  const events = recorder();
  const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { lookup: lookup() }, ...options })];
  return { model: withStagedRetry(model, { checks, stages, events }), events };
}

const toolNames = ({ tools = [] }: CallOptions) => tools.map(({ name }) => name);
const partsOf = (messages: Prompt) => messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));

describe('a lent tool', () => {
  test('is executed inside the run, and its call never leaves', async () => {
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    const { model: wrapped, events } = lending(model);
    const result = await generateText({ model: wrapped, prompt, stopWhen: isStepCount(5) });
    expect(result).toMatchObject({ text: 'Acme.', toolCalls: [], finishReason: 'stop' });
    expect(result.steps).toHaveLength(1);
    expect(result.usage.totalTokens).toBe(60);
    expect(appended(model, 3).slice(-2)).toEqual([
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: 'lookup-1', toolName: 'lookup', input: search }],
      },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: 'lookup-1',
            toolName: 'lookup',
            output: { type: 'text', value: 'found vendor' },
          },
        ],
      },
    ]);
    expect(events.of('tool-call')).toMatchObject([
      { attempt: 2, toolCallId: 'lookup-1', toolName: 'lookup', input: search, output: 'found vendor' },
    ]);
    expect(events.of('attempt-end').map(({ attempt }) => attempt.usage.outputTokens.total)).toEqual([10, 20]);
  });

  test('is executed alike in a stream', async () => {
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    const result = streamText({ model: lending(model).model, prompt });
    const types: string[] = [];
    for await (const part of result.fullStream) types.push(part.type);
    expect(await result.text).toBe('Acme.');
    expect(types.filter((type) => type.startsWith('tool'))).toEqual([]);
  });

  test('is described to the model as the SDK describes tools', async () => {
    const described = tool({
      description: 'Finds a vendor.',
      inputSchema: z.object({ query: z.string() }),
      providerOptions: { scripted: { cache: true } },
      inputExamples: [{ input: { query: 'Acme' } }],
      strict: true,
      execute: () => 'x',
    });
    const model = says('I guess.', 'Acme.');
    await generateText({ model: lending(model, { tools: { lookup: described } }).model, prompt });
    const bare = says('Acme.');
    await generateText({ model: bare, tools: { lookup: described }, prompt });
    expect(model.calls[1]?.tools).toEqual(bare.calls[0]?.tools);
  });

  test('sees its parsed input, the messages, the id of the call and a signal', async () => {
    const execute = vi.fn((_input: unknown, _options: unknown) => 'x');
    const tools = { lookup: tool({ inputSchema: z.object({ query: z.string().trim() }), execute }) };
    const model = says('I guess.', calls('lookup', { query: ' a ' }), 'Acme.');
    await generateText({ model: lending(model, { tools }).model, prompt });
    expect(execute.mock.calls[0]?.[0]).toEqual({ query: 'a' });
    expect(execute.mock.calls[0]?.[1]).toMatchObject({ toolCallId: 'lookup-1', abortSignal: expect.any(AbortSignal) });
  });

  test('runs beside others of the same turn, and is answered in their order', async () => {
    const order: string[] = [];
    let release = () => {};
    const second = new Promise<void>((resolve) => {
      release = resolve;
    });
    const tools = {
      slow: lookup(async () => {
        order.push('slow begins');
        await second;
        return 'slow';
      }),
      fast: lookup(() => {
        order.push('fast begins');
        release();
        return 'fast';
      }),
    };
    const model = says(
      'I guess.',
      { content: [...calls('slow', search).content, ...calls('fast', search).content] },
      'Acme.',
    );
    await generateText({ model: lending(model, { tools }).model, prompt });
    expect(order).toEqual(['slow begins', 'fast begins']);
    expect(appended(model, 3).at(-1)?.content).toMatchObject([{ toolName: 'slow' }, { toolName: 'fast' }]);
  });

  test('is called with {} for an empty input', async () => {
    const execute = vi.fn((_: unknown) => 'now');
    const tools = { now: tool({ inputSchema: z.object({}), execute }) };
    await generateText({ model: lending(says('I guess.', calls('now', ''), 'Acme.'), { tools }).model, prompt });
    expect(execute.mock.calls[0]?.[0]).toEqual({});
  });

  test('gives the last value it yields', async () => {
    const tools = {
      lookup: tool({
        inputSchema: z.object({ query: z.string() }),
        async *execute() {
          yield 'searching';
          yield 'Acme Inc.';
        },
      }),
    };
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    await generateText({ model: lending(model, { tools }).model, prompt });
    expect(partsOf(appended(model, 3)).at(-1)).toMatchObject({ output: { type: 'text', value: 'Acme Inc.' } });
  });

  test('says with toModelOutput what the model sees', async () => {
    const tools = {
      lookup: tool({
        inputSchema: z.object({ query: z.string() }),
        execute: () => ({ internal: 1 }),
        toModelOutput: () => ({ type: 'content', value: [{ type: 'text', text: 'y'.repeat(1_000_000) }] }),
      }),
    };
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    await generateText({ model: lending(model, { tools }).model, prompt });
    const sent = JSON.stringify(partsOf(appended(model, 3)).at(-1));
    expect(sent).toContain('yyy');
    expect(sent).not.toContain('internal');
    expect(sent.length).toBeLessThan(70_000);
  });

  test.each([
    ['a text', 'x'.repeat(1_000_000)],
    ['a value', { rows: Array.from({ length: 100_000 }, (_, row) => row) }],
  ])('that returns %s of a megabyte is cut', async (_, output) => {
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    await generateText({ model: lending(model, { tools: { lookup: lookup(() => output) } }).model, prompt });
    expect(JSON.stringify(appended(model, 3)).length).toBeLessThan(70_000);
    expect(JSON.stringify(appended(model, 3))).toContain('characters left out');
  });
});

describe('what goes wrong in a lent tool goes back to the model', () => {
  test.each<[string, () => unknown, unknown]>([
    ['what it throws', () => Promise.reject(new Error('no vendor')), 'no vendor'],
    [
      'what it throws at once',
      () => {
        throw new Error('no vendor');
      },
      'no vendor',
    ],
    ['something else it throws', () => Promise.reject('no vendor'), 'no vendor'],
    [
      'a circle it returns',
      () => {
        const circle: { self?: unknown } = {};
        circle.self = circle;
        return circle;
      },
      expect.stringContaining('circular'),
    ],
    ['a bigint it returns', () => 1n, expect.stringContaining('BigInt')],
  ])('%s', async (_, execute, value) => {
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    const { model: wrapped, events } = lending(model, { tools: { lookup: lookup(execute) } });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('Acme.');
    expect(partsOf(appended(model, 3)).at(-1)).toMatchObject({ output: { type: 'error-text', value } });
    expect(events.of('tool-call')).toMatchObject([{ error: expect.anything() }]);
  });

  test('an input that does not fit, without calling the tool', async () => {
    const execute = vi.fn(() => 'x');
    for (const input of [{ query: ['a', 'b'] }, '{"query']) {
      const model = says('I guess.', calls('lookup', input), 'Acme.');
      await generateText({ model: lending(model, { tools: { lookup: lookup(execute) } }).model, prompt });
      expect(partsOf(appended(model, 3)).at(-1)).toMatchObject({ output: { type: 'error-text' } });
    }
    expect(execute).not.toHaveBeenCalled();
  });

  test('that its time is up, and it is told to stop', async () => {
    const seen: AbortSignal[] = [];
    const tools = {
      lookup: tool({
        inputSchema: z.object({ query: z.string() }),
        execute: (_, { abortSignal }) => {
          if (abortSignal !== undefined) seen.push(abortSignal);
          return new Promise<string>(() => {});
        },
      }),
    };
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    expect((await generateText({ model: lending(model, { tools, timeout: 1 }).model, prompt })).text).toBe('Acme.');
    expect(seen[0]?.aborted).toBe(true);
    expect(partsOf(appended(model, 3)).at(-1)).toMatchObject({
      output: { type: 'error-text', value: 'Nothing within 1 ms.' },
    });
  });

  test('results of undefined are null', async () => {
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    await generateText({ model: lending(model, { tools: { lookup: lookup(() => undefined) } }).model, prompt });
    expect(partsOf(appended(model, 3)).at(-1)).toMatchObject({ output: { type: 'json', value: null } });
  });
});

describe('maxSteps', () => {
  test('bounds the model calls of an attempt; the last is made without lent tools', async () => {
    const model = says('I guess.', ...Array.from({ length: 9 }, () => calls('lookup', search)));
    const events = recorder();
    const stages = [retry({ attempts: 1 }), lendTools({ attempts: 2, maxSteps: 3, tools: { lookup: lookup() } })];
    await errorOf(
      generateText({ model: withStagedRetry(model, { checks: [right], stages, events, convergence: 'off' }), prompt }),
    );
    expect(model.calls.map(toolNames)).toEqual([[], ['lookup'], ['lookup'], [], ['lookup'], ['lookup'], []]);
    expect(events.of('tool-call')).toHaveLength(4);
  });

  test('a call the model still makes then is dropped, not sent to the caller', async () => {
    const model = says('I guess.', calls('lookup', search), calls('lookup', search));
    const accept = check('any', (_, { attempt }) => attempt > 1 || 'No.');
    const result = await generateText({ model: lending(model, { maxSteps: 2 }, [accept]).model, prompt });
    expect(result).toMatchObject({ text: '', toolCalls: [], finishReason: 'stop' });
  });
});

describe('a result in parts', () => {
  const text = (words: string) => ({ type: 'text' as const, text: words });
  const file = (data: string) => ({ type: 'image-data' as const, data, mediaType: 'image/png' });
  type Item = ReturnType<typeof text> | ReturnType<typeof file>;

  async function sent(value: readonly Item[], options: Partial<LendToolsOptions> = {}, provider = 'scripted') {
    const tools = { lookup: { ...lookup(), toModelOutput: () => ({ type: 'content' as const, value: [...value] }) } };
    const model = scriptedModel(['I guess.', calls('lookup', search), 'Acme.'], { provider });
    await generateText({ model: lending(model, { tools, ...options }).model, prompt });
    const [part] = appended(model, 3).at(-1)?.content ?? [];
    return (part as { output: { value: readonly Item[] } }).output.value;
  }

  test('is cut by the bytes of its texts and of its files', async () => {
    expect(await sent([text('äöü'), text('b')], { maxResultBytes: 6 })).toEqual([
      text('äöü'),
      text('[… about 1 bytes left out: the result is too large …]'),
    ]);
    expect(JSON.stringify(await sent([text('ä'.repeat(100))], { maxResultBytes: 100 }))).toContain('50 characters');
    const [note] = await sent([file('ä'.repeat(100))], { maxResultBytes: 240 });
    expect(note).toMatchObject({ type: 'text', text: expect.stringContaining('left out') });
  });

  test('goes to Gemini with its texts as one, which come first', async () => {
    const items = [file('a'), text('One.'), file('b'), text('Two.')];
    expect(await sent(items, {}, 'google.generative-ai')).toMatchObject([
      text('One.\nTwo.'),
      { mediaType: 'image/png' },
      { mediaType: 'image/png' },
    ]);
    expect(await sent([...items, text('Three.')], { maxResultBytes: 130 }, 'google.generative-ai')).toMatchObject([
      { type: 'text', text: expect.stringMatching(/^One\.\nTwo\.\nThree\.\n.*left out/) },
      { mediaType: 'image/png' },
    ]);
    expect(await sent([file('a')], {}, 'google.generative-ai')).toMatchObject([
      { type: 'text' },
      { mediaType: 'image/png' },
    ]);
    expect(await sent(items)).toMatchObject([{ mediaType: 'image/png' }, text('One.'), {}, text('Two.')]);
  });
});

describe('a file in a result goes to the model in the form of its major', () => {
  const data = 'iVBORw0KGgo=';
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  const url = 'https://files.test/a';
  const png = 'image/png';
  const pdf = 'application/pdf';
  const unknown = { type: 'text', text: '(a file of unknown type, which cannot be shown)' };
  const tagged = (mediaType: string, content: object) => ({ type: 'file', mediaType, data: content });

  async function sent(version: 'v3' | 'v4', item: object): Promise<unknown> {
    const value = [item] as never;
    const tools = { lookup: { ...lookup(), toModelOutput: () => ({ type: 'content' as const, value }) } };
    const model = scriptedModel(['I guess.', calls('lookup', search), 'Acme.'], {
      specificationVersion: version,
      provider: 'acme.chat',
    });
    await generateText({ model: lending(model, { tools }).model, prompt });
    const [part] = appended(model, 3).at(-1)?.content ?? [];
    return (part as { output: { value: readonly unknown[] } }).output.value[0];
  }

  const forms: readonly (readonly [string, object, v4: object, v3: object])[] = [
    [
      'an image',
      { type: 'image-data', data, mediaType: png },
      tagged(png, { type: 'data', data }),
      { type: 'image-data', data, mediaType: png },
    ],
    [
      'an image elsewhere',
      { type: 'image-url', url },
      tagged('image', { type: 'url', url: new URL(url) }),
      { type: 'image-url', url },
    ],
    [
      'an image of the provider',
      { type: 'image-file-id', fileId: 'f1' },
      tagged('image', { type: 'reference', reference: { acme: 'f1' } }),
      { type: 'image-file-id', fileId: 'f1' },
    ],
    [
      'a file elsewhere',
      { type: 'file-url', url },
      tagged('application/octet-stream', { type: 'url', url: new URL(url) }),
      { type: 'file-url', url },
    ],
    [
      'a file of several providers',
      { type: 'file-id', fileId: { acme: 'f1' }, mediaType: pdf },
      tagged(pdf, { type: 'reference', reference: { acme: 'f1' } }),
      { type: 'file-id', fileId: { acme: 'f1' }, mediaType: pdf },
    ],
    [
      'a reference',
      { type: 'file-reference', providerReference: { acme: 'f1' } },
      tagged('application/octet-stream', { type: 'reference', reference: { acme: 'f1' } }),
      { type: 'file-id', fileId: { acme: 'f1' } },
    ],
    [
      'a tagged file',
      tagged(pdf, { type: 'data', data }),
      tagged(pdf, { type: 'data', data }),
      { type: 'file-data', data, mediaType: pdf },
    ],
    [
      'tagged bytes',
      tagged(png, { type: 'data', data: bytes }),
      tagged(png, { type: 'data', data }),
      { type: 'image-data', data, mediaType: png },
    ],
    [
      'a tagged buffer',
      tagged(png, { type: 'data', data: bytes.buffer }),
      tagged(png, { type: 'data', data }),
      { type: 'image-data', data, mediaType: png },
    ],
    [
      'untagged bytes',
      { type: 'file', mediaType: png, data: bytes },
      tagged(png, { type: 'data', data }),
      { type: 'image-data', data, mediaType: png },
    ],
    [
      'an address without a tag',
      { type: 'file', mediaType: pdf, data: new URL(url) },
      tagged(pdf, { type: 'url', url: new URL(url) }),
      { type: 'file-url', url },
    ],
    [
      'a tagged image elsewhere',
      tagged(png, { type: 'url', url: new URL(url) }),
      tagged(png, { type: 'url', url: new URL(url) }),
      { type: 'image-url', url },
    ],
    [
      'a tagged reference to an image',
      tagged(png, { type: 'reference', reference: { acme: 'f1' } }),
      tagged(png, { type: 'reference', reference: { acme: 'f1' } }),
      { type: 'image-file-id', fileId: { acme: 'f1' } },
    ],
    [
      'a file that is a text',
      tagged('text/csv', { type: 'text', text: 'a,b' }),
      tagged('text/csv', { type: 'text', text: 'a,b' }),
      { type: 'text', text: 'a,b' },
    ],
    ['an address that is none', { type: 'file-url', url: 'a.pdf' }, unknown, unknown],
    ['nothing', { type: 'file' }, unknown, unknown],
  ];

  test.each(forms)('%s', async (_, item, v4, v3) => {
    expect(await sent('v4', item)).toEqual(v4);
    expect(await sent('v3', item)).toEqual(v3);
  });
});

test('a tool may be described by a function', async () => {
  const model = says('I guess.', 'Acme.');
  const described = { ...lookup(), description: () => 'Finds vendors.' } as never;
  await generateText({ model: lending(model, { tools: { lookup: described } }).model, prompt });
  expect(model.calls[1]?.tools).toMatchObject([{ name: 'lookup', description: 'Finds vendors.' }]);
});

describe('a result is told as what it is', () => {
  async function told(output: object, options: Partial<LendToolsOptions> = {}) {
    const tools = { lookup: { ...lookup(), toModelOutput: () => output as never } };
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    const result = await generateText({ model: lending(model, { tools, show: true, ...options }).model, prompt });
    const [part] = appended(model, 3).at(-1)?.content ?? [];
    const shown = result.steps[0]?.content.find(({ type }) => type === 'tool-result' || type === 'tool-error');
    return { output: (part as { output: unknown }).output, shown };
  }

  const text = (value: string) => ({ type: 'text', text: value });
  const denied = { type: 'execution-denied' };

  test.each<[string, object, Partial<LendToolsOptions>, sent: unknown, shown: object]>([
    ['not allowed', denied, {}, denied, { type: 'tool-error', error: 'denied' }],
    [
      'not allowed, and why',
      { ...denied, reason: 'No.' },
      {},
      { ...denied, reason: 'No.' },
      { type: 'tool-error', error: 'No.' },
    ],
    [
      'a blank text',
      { type: 'text', value: ' ' },
      {},
      { type: 'text', value: '(nothing)' },
      { type: 'tool-result', output: '(nothing)' },
    ],
    [
      'no parts',
      { type: 'content', value: [] },
      {},
      { type: 'content', value: [text('(nothing)')] },
      { type: 'tool-result' },
    ],
    [
      'an error as JSON',
      { type: 'error-json', value: { a: 1 } },
      {},
      { type: 'error-json', value: { a: 1 } },
      { type: 'tool-error', error: { a: 1 } },
    ],
    [
      'an error too long',
      { type: 'error-json', value: 'x'.repeat(300) },
      { maxResultBytes: 100 },
      { type: 'error-text', value: expect.stringContaining('characters') },
      { type: 'tool-error' },
    ],
  ])('%s', async (_, output, options, sent, shown) => {
    expect(await told(output, options)).toMatchObject({ output: sent, shown });
  });
});

describe("beside the caller's own tools", () => {
  const tools = { ask: clientTool() };

  test("a call of the caller's goes out to the caller", async () => {
    const model = says('I guess.', calls('lookup', search), calls('ask', search));
    const { toolCalls, finishReason } = await generateText({ model: lending(model).model, tools, prompt });
    expect(toolCalls).toMatchObject([{ toolName: 'ask', input: search }]);
    expect(finishReason).toBe('tool-calls');
    expect(model.calls.map(toolNames)).toEqual([['ask'], ['ask', 'lookup'], ['ask', 'lookup']]);
  });

  test("a call of the caller's in a turn with a lent one is asked to come alone", async () => {
    const both = { content: [...calls('ask', search).content, ...calls('lookup', search).content] };
    const model = says('I guess.', both, calls('ask', search));
    const { toolCalls } = await generateText({ model: lending(model).model, tools, prompt });
    expect(toolCalls).toHaveLength(1);
    expect(appended(model, 3).at(-1)?.content).toMatchObject([
      { toolName: 'ask', output: { type: 'error-text', value: expect.stringContaining('on its own') } },
      { toolName: 'lookup', output: { type: 'text', value: 'found vendor' } },
    ]);
  });

  test.each<[ToolChoice<{ ask: ToolSet[string] }>, unknown, unknown]>([
    ['auto', { type: 'auto' }, { type: 'auto' }],
    ['none', { type: 'auto' }, { type: 'none' }],
    ['required', { type: 'required' }, { type: 'required' }],
    [{ type: 'tool', toolName: 'ask' }, { type: 'auto' }, { type: 'tool', toolName: 'ask' }],
  ])(
    'the tool choice %j waits for the last call where it would forbid the lent tools',
    async (toolChoice, before, last) => {
      const model = says('I guess.', calls('lookup', search), calls('lookup', search), 'Acme.');
      await generateText({ model: lending(model, { maxSteps: 3 }).model, tools, toolChoice, prompt }).catch(() => {});
      expect(model.calls.slice(1, 4).map((call) => call.toolChoice)).toEqual([before, before, last]);
    },
  );

  test("a name of the caller's is refused", async () => {
    const model = says('I guess.');
    const error = await errorOf(generateText({ model: lending(model).model, tools: { lookup: clientTool() }, prompt }));
    expect(model.calls).toEqual([]);
    expect(InvalidArgumentError.isInstance(error) && error.message).toContain('"lookup"');
  });

  test('one of the same name that a source has is left out, so that the run climbs on', async () => {
    const source: ToolSource = async () => ({
      tools: async () => ({ ask: lookup(), lookup: lookup() }),
      close: async () => {},
    });
    const model = says('I guess.', 'Acme.');
    const { model: wrapped, events } = lending(model, { tools: source });
    expect((await generateText({ model: wrapped, tools, prompt })).text).toBe('Acme.');
    expect(model.calls.map(toolNames)).toEqual([['ask'], ['ask', 'lookup']]);
    expect(String(events.of('tool-source-error')[0]?.error)).toContain('"ask" is the caller');
    expect(events.of('tool-source-error')[0]?.source).toBe("the first of the stage's tools");
  });
});

describe('the response format', () => {
  const output = Output.object({ schema: Invoice });
  const formats = (model: ScriptedModel) => model.calls.map(({ responseFormat }) => responseFormat?.type);
  const answers = ['No.', calls('lookup', search), 'It was Acme, 12.', JSON.stringify(goodInvoice)] as const;

  test('goes with every call', async () => {
    const model = says('No.', calls('lookup', search), JSON.stringify(goodInvoice));
    const result = await generateText({ model: lending(model, {}, []).model, output, prompt });
    expect(result.output).toEqual(goodInvoice);
    expect(formats(model)).toEqual(['json', 'json', 'json']);
  });

  test.each<[string, Partial<LendToolsOptions>, string]>([
    ['when told to', { format: 'last' }, 'scripted'],
    ['for a provider that refuses it beside tools', {}, 'google.generative-ai'],
  ])('goes with the last call alone %s', async (_, options, provider) => {
    const model = scriptedModel(answers, { provider });
    const result = await generateText({ model: lending(model as ScriptedModel, options, []).model, output, prompt });
    expect(result.output).toEqual(goodInvoice);
    expect(formats(model as ScriptedModel)).toEqual(['json', undefined, undefined, 'json']);
    expect(toolNames(model.calls[3] as CallOptions)).toEqual([]);
    expect(appended(model as ScriptedModel, 4).slice(-2)).toEqual([
      { role: 'assistant', content: [{ type: 'text', text: 'It was Acme, 12.' }] },
      { role: 'user', content: [{ type: 'text', text: 'Give the answer in the required format now.' }] },
    ]);
  });
});

describe('show', () => {
  const shown = { model: says('I guess.', calls('lookup', search), 'Acme.'), options: { show: true } };

  test('keeps the calls as parts a chat shows, before the answer', async () => {
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    const result = await generateText({ model: lending(model, shown.options).model, prompt, stopWhen: isStepCount(5) });
    expect(result.content).toMatchObject([
      { type: 'tool-call', toolName: 'lookup', input: search, providerExecuted: true, dynamic: true },
      { type: 'tool-result', toolName: 'lookup', output: 'found vendor', dynamic: true },
      { type: 'text', text: 'Acme.' },
    ]);
    expect(result.steps).toHaveLength(1);
    expect(result.text).toBe('Acme.');
  });

  test('keeps them in a stream, for the UI', async () => {
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    const result = streamText({ model: lending(model, shown.options).model, prompt });
    const types: string[] = [];
    for await (const { type } of result.toUIMessageStream()) types.push(type);
    expect(types.filter((type) => type.startsWith('tool') || type === 'error')).toEqual([
      'tool-input-available',
      'tool-output-available',
    ]);
  });

  test('never tells two calls by one id, though the provider does', async () => {
    const model = says('I guess.', calls('lookup', search), calls('lookup', { query: 'again' }), 'Acme.');
    const { toolCalls } = await generateText({ model: lending(model, shown.options).model, prompt });
    expect(new Set(toolCalls.map(({ toolCallId }) => toolCallId)).size).toBe(2);
  });

  test('shows an error of the tool as one', async () => {
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    const tools = { lookup: lookup(() => Promise.reject(new Error('no vendor'))) };
    const { content } = await generateText({ model: lending(model, { tools, show: true }).model, prompt });
    expect(content).toMatchObject([
      { type: 'tool-call' },
      { type: 'tool-error', error: 'no vendor' },
      { type: 'text' },
    ]);
  });

  test('shows nothing to a caller whose tool choice is none', async () => {
    const model = says('I guess.', calls('lookup', search), 'Acme.');
    const result = await generateText({
      model: lending(model, shown.options).model,
      tools: { ask: clientTool() },
      toolChoice: 'none',
      prompt,
    });
    expect(result.content).toMatchObject([{ type: 'text', text: 'Acme.' }]);
  });

  test('is scrubbed when it comes back in a prompt', async () => {
    const model = says('I guess.', calls('lookup', search), 'Acme.', 'Acme, still.');
    const { model: wrapped } = lending(model, shown.options);
    const { responseMessages } = await generateText({ model: wrapped, prompt });
    await generateText({
      model: wrapped,
      messages: [{ role: 'user', content: prompt }, ...responseMessages, { role: 'user', content: 'Sure?' }],
    });
    expect(model.calls[3]?.prompt).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: [{ type: 'text', text: 'Acme.' }] },
      { role: 'user' },
    ]);
  });

  test('is no part of a rejected answer, whose calls no provider would know', async () => {
    const bad = { content: [...calls('ask', { question: 'a' }).content] };
    const model = says('I guess.', calls('lookup', search), bad, 'Acme.');
    const { model: wrapped } = lending(model, { ...shown.options, attempts: 2 });
    await generateText({ model: wrapped, tools: { ask: clientTool() }, prompt });
    expect(JSON.stringify(model.calls[3]?.prompt)).toContain('ask-1');
    expect(JSON.stringify(model.calls[3]?.prompt)).not.toContain('lent-');
  });

  test('is scrubbed by a model that has nothing to judge, too', async () => {
    const first = says('I guess.', calls('lookup', search), 'Acme.');
    const { responseMessages } = await generateText({ model: lending(first, shown.options).model, prompt });
    const model = says('Hello.');
    await generateText({
      model: withStagedRetry(model),
      messages: [{ role: 'user', content: prompt }, ...responseMessages],
    });
    expect(model.calls[0]?.prompt).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: [{ type: 'text' }] },
    ]);
  });
});

describe('provider tools', () => {
  const web = tool({
    type: 'provider',
    id: 'scripted.web',
    args: { depth: 2 },
    inputSchema: jsonSchema<object>({}),
    outputSchema: jsonSchema<object>({}),
    isProviderExecuted: true,
  } as never) as ToolSet[string];
  const searched: ContentPart[] = [
    { type: 'tool-call', toolCallId: 'w', toolName: 'web', input: '{}', providerExecuted: true },
    { type: 'tool-result', toolCallId: 'w', toolName: 'web', result: { hits: 1 } },
    { type: 'source', sourceType: 'url', id: 's', url: 'https://acme.test' } as ContentPart,
    { type: 'text', text: 'Acme.' },
  ];

  test('are lent, and only their sources stay in the answer', async () => {
    const model = says('I guess.', { content: searched });
    const result = await generateText({ model: lending(model, { tools: { web } }).model, prompt });
    expect(model.calls[1]?.tools).toEqual([{ type: 'provider', name: 'web', id: 'scripted.web', args: { depth: 2 } }]);
    expect(result.content).toMatchObject([
      { type: 'source', url: 'https://acme.test' },
      { type: 'text', text: 'Acme.' },
    ]);
  });

  test('are shown as what they are where calls are shown', async () => {
    const model = says('I guess.', { content: searched });
    const result = await generateText({ model: lending(model, { tools: { web }, show: true }).model, prompt });
    expect(result.content).toMatchObject([
      {
        type: 'tool-call',
        toolName: 'web',
        providerExecuted: true,
        dynamic: true,
        toolCallId: expect.stringMatching(/^lent-/),
      },
      { type: 'tool-result', toolName: 'web', dynamic: true },
      { type: 'source' },
      { type: 'text' },
    ]);
  });

  test('leave a stream clean, too', async () => {
    for (const show of [false, true]) {
      const model = says('I guess.', { content: searched });
      const result = streamText({ model: lending(model, { tools: { web }, show }).model, prompt });
      const parts = (await result.content).map(({ type }) => type);
      expect(parts).toEqual(show ? ['tool-call', 'tool-result', 'source', 'text'] : ['source', 'text']);
    }
  });
});

describe('a tool that cannot be lent is refused', () => {
  const inputSchema = z.object({});
  const refused: [string, ToolSet][] = [
    ['without execute', { ask: clientTool() }],
    ['with an approval', { pay: tool({ inputSchema, needsApproval: true, execute: () => 'paid' }) }],
    [
      'with an approval that depends',
      { pay: tool({ inputSchema, needsApproval: () => false, execute: () => 'paid' }) },
    ],
    ['with a context', { pay: { ...lookup(), contextSchema: z.object({}) } as never }],
    [
      'of a provider that leaves it to the client',
      { shell: { type: 'provider', id: 'scripted.shell', args: {}, inputSchema, isProviderExecuted: false } as never },
    ],
  ];

  test.each([0, -1, Number.NaN])('where it may return %d bytes', (maxResultBytes) => {
    expect(() => lendTools({ attempts: 1, tools: { lookup: lookup() }, maxResultBytes })).toThrow(/maxResultBytes/);
  });

  test.each(refused)('%s, when the stage is made', (_, tools) => {
    expect(() => lendTools({ attempts: 1, tools })).toThrow(
      expect.toSatisfy((error) => InvalidArgumentError.isInstance(error) && error.argument === 'tools'),
    );
    expect(() => lendTools({ attempts: 1, tools: [{}, tools] })).toThrow(InvalidArgumentError);
  });

  test.each(refused)('%s, when a source has it, and the stage goes on without it', async (_, tools) => {
    const source: ToolSource = async () => ({
      tools: async () => ({ ...tools, lookup: lookup() }),
      close: async () => {},
    });
    const model = says('I guess.', 'Acme.');
    const { model: wrapped, events } = lending(model, { tools: source });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('Acme.');
    expect(model.calls.map(toolNames)).toEqual([[], ['lookup']]);
    expect(events.of('tool-source-error')).toMatchObject([
      { stage: 'tools', source: "the first of the stage's tools", error: { argument: 'tools' } },
    ]);
  });
});

describe('a source of tools', () => {
  function source(tools: ToolSet = { lookup: lookup() }) {
    const log: string[] = [];
    const connect: ToolSource = async () => {
      log.push('connect');
      return {
        tools: async () => {
          log.push('tools');
          return tools;
        },
        close: async () => {
          log.push('close');
        },
      };
    };
    return { log, connect };
  }

  test('is not connected before its stage is reached', async () => {
    const { log, connect } = source();
    await generateText({ model: lending(says('Acme.'), { tools: connect }).model, prompt });
    expect(log).toEqual([]);
  });

  test('is connected once for all attempts of the stage, and closed when the run ends', async () => {
    const { log, connect } = source();
    const model = says('a', calls('lookup', search), 'b', calls('lookup', search), 'Acme.');
    await generateText({ model: lending(model, { tools: connect, attempts: 2 }).model, prompt });
    expect(log).toEqual(['connect', 'tools', 'close']);
  });

  test('is closed when the run fails, too', async () => {
    const { log, connect } = source();
    await errorOf(generateText({ model: lending(says('a', 'b'), { tools: connect }).model, prompt }));
    expect(log).toEqual(['connect', 'tools', 'close']);
  });

  test('of a list is named by its place where a name comes again', async () => {
    const tools = [{ a: lookup() }, { b: lookup() }, { c: lookup() }, { a: lookup() }];
    const { model, events } = lending(says('a', 'Acme.'), { tools });
    await generateText({ model, prompt });
    expect(events.of('tool-source-error')).toMatchObject([
      {
        source: "the 4th of the stage's tools",
        error: { message: expect.stringContaining("the first of the stage's") },
      },
    ]);
  });

  test('stands beside tools and other sources; of two of one name the first counts', async () => {
    const first = source({ one: lookup(), both: lookup(() => 'first') });
    const second = source({ two: lookup(), both: lookup(() => 'second') });
    const model = says('a', calls('both', search), 'Acme.');
    const tools = [{ own: lookup() }, first.connect, second.connect];
    await generateText({ model: lending(model, { tools }).model, prompt });
    expect(toolNames(model.calls[1] as CallOptions).toSorted()).toEqual(['both', 'one', 'own', 'two']);
    expect(partsOf(appended(model, 3)).at(-1)).toMatchObject({ output: { value: 'first' } });
  });

  test.each<[string, ToolSource, number]>([
    [
      'cannot connect',
      async () => {
        throw new Error('refused');
      },
      0,
    ],
    [
      'throws at once',
      () => {
        throw new Error('refused');
      },
      0,
    ],
    [
      'cannot list its tools',
      async () => ({ tools: () => Promise.reject(new Error('refused')), close: async () => {} }),
      0,
    ],
  ])('that %s is reported, and the stage goes on without it', async (_, broken) => {
    const model = says('a', 'Acme.');
    const { model: wrapped, events } = lending(model, { tools: [broken, { own: lookup() }] });
    expect((await generateText({ model: wrapped, prompt })).text).toBe('Acme.');
    expect(toolNames(model.calls[1] as CallOptions)).toEqual(['own']);
    expect(events.of('tool-source-error')).toMatchObject([{ stage: 'tools', error: { message: 'refused' } }]);
  });

  test('that failed is named by the error that the run ends with, without the words of the source', async () => {
    const missing = new PackageMissingError({ package: '@ai-sdk/mcp', cause: undefined });
    const fail = (error: unknown) => () => Promise.reject(error);
    const model = says('a', 'b');
    const { model: wrapped } = lending(model, { tools: [fail(missing), fail(new TypeError('secret'))] });
    const error = await errorOf(generateText({ model: wrapped, prompt }));
    expect((error as Error).message).toContain(
      'The stage tools lacked tools of the first of the stage\'s tools: The package "@ai-sdk/mcp" could not be loaded. Run "npm i @ai-sdk/mcp". The stage tools lacked tools of the second of the stage\'s tools: TypeError. To go on',
    );
  });

  test('that cannot list its tools is closed once', async () => {
    const close = vi.fn(async () => {});
    const broken: ToolSource = async () => ({ tools: () => Promise.reject(new Error('refused')), close });
    await generateText({ model: lending(says('a', 'Acme.'), { tools: broken }).model, prompt });
    expect(close).toHaveBeenCalledTimes(1);
  });

  test('that cannot be closed harms nothing', async () => {
    const stubborn: ToolSource = async () => ({
      tools: async () => ({}),
      close: () => Promise.reject(new Error('no')),
    });
    const { text } = await generateText({ model: lending(says('a', 'Acme.'), { tools: stubborn }).model, prompt });
    expect(text).toBe('Acme.');
  });

  test('without any tool leaves a plain re-ask', async () => {
    const { connect } = source({});
    const model = says('a', 'Acme.');
    await generateText({ model: lending(model, { tools: connect }).model, prompt });
    expect(model.calls).toHaveLength(2);
    expect(model.calls[1]?.tools).toBeUndefined();
  });
});

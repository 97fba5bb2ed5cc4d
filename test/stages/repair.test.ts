import { generateText, jsonSchema, type ModelMessage, Output, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { check, fallback, repair, reportOf, retry, StagesExhaustedError, withStagedRetry } from '../../src/index.ts';
import { appended, errorOf, failsWith, feedback, lookup, recorder, says, saysJson } from '../fixtures.ts';

const prompt = 'Extract the order.';
const Order = z.object({
  buyer: z.object({ name: z.string(), vat: z.string() }),
  lines: z.array(z.object({ item: z.string(), price: z.number() })),
  note: z.string().optional(),
});
const output = Output.object({ schema: Order });
const good = {
  buyer: { name: 'Ada Lovelace', vat: 'GB1' },
  lines: [
    { item: 'gears, brass, small', price: 12 },
    { item: 'levers', price: 3 },
  ],
};
const bad = {
  ...good,
  lines: [
    { item: 'gears, brass, small', price: 'twelve' },
    { item: 'levers', price: 3 },
  ],
};
const stages = [retry({ attempts: 1 }), repair({ attempts: 2 })];

describe('repair', () => {
  test.each([
    ['written', 8000],
    ['read', 20_000],
  ])('is passed over where a value is nested too deeply to be %s', async (_, depth) => {
    const deep = `{"lines":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const model = says(deep, JSON.stringify(good));
    const again = retry({ name: 'again', attempts: 1 });
    const wrapped = withStagedRetry(model, { stages: [...stages, again] });
    const result = await generateText({ model: wrapped, output, prompt });
    expect(result.output).toEqual(good);
    expect(reportOf(result.providerMetadata)).toMatchObject({ attempts: 2, stage: 'again' });
  });

  test('asks for the failing places alone, each held by its sub-schema, and merges', async () => {
    const model = saysJson(bad, { '/lines/0/price': 12 });
    const result = await generateText({ model: withStagedRetry(model, { stages }), output, prompt });
    expect(result.output).toEqual(good);
    expect(result.text).toBe(JSON.stringify(good));
    expect(model.calls[1]?.responseFormat).toEqual({
      type: 'json',
      schema: {
        type: 'object',
        properties: { '/lines/0/price': { type: 'number' } },
        required: ['/lines/0/price'],
        additionalProperties: false,
      },
    });
    expect(reportOf(result.providerMetadata)).toMatchObject({ attempts: 2, stage: 'repair' });
  });

  test.each(['$defs', 'definitions'])('keeps the %s that a sub-schema refers to', async (name) => {
    const price = { anyOf: [{ $ref: `#/${name}/price` }, { type: 'null' }] };
    const item = { type: 'object', properties: { item: { type: 'string' }, price }, required: ['item', 'price'] };
    const definitions = { [name]: { price: { type: 'number' } } };
    const lines = Output.object({
      schema: jsonSchema<object>({
        type: 'object',
        properties: { lines: { type: 'array', items: item } },
        ...definitions,
      }),
    });
    const model = saysJson({ lines: bad.lines }, { '/lines/0/price': 12 });
    await generateText({ model: withStagedRetry(model, { stages }), output: lines, prompt });
    expect(model.calls[1]?.responseFormat).toMatchObject({
      schema: { properties: { '/lines/0/price': price }, ...definitions },
    });
  });

  test('asks for JSON of no schema where the call has none', async () => {
    const whole = check('whole', ({ value }) => {
      const { price } = value as { price: unknown };
      return price === 12 || [{ path: ['price'], message: 'Make it a number.' }];
    });
    const model = saysJson({ item: 'gears, brass, small', price: '12' }, { '/price': 12 });
    const wrapped = withStagedRetry(model, { checks: [whole], stages });
    const result = await generateText({ model: wrapped, output: Output.json(), prompt });
    expect(result.output).toEqual({ item: 'gears, brass, small', price: 12 });
    expect(model.calls[1]?.responseFormat).toEqual({ type: 'json' });
  });

  test('is passed over where there is no answer to repair', async () => {
    const model = says(failsWith(503));
    const again = fallback({ model: saysJson(good), attempts: 1 });
    const wrapped = withStagedRetry(model, { stages: [repair({ attempts: 1 }), again], transport: { attempts: 1 } });
    const result = await generateText({ model: wrapped, output, prompt, maxRetries: 0 });
    expect(reportOf(result.providerMetadata)).toMatchObject({ stage: 'fallback' });
  });

  test('names a place without half a surrogate pair', async () => {
    const prices = Output.object({ schema: z.record(z.string(), z.number()) });
    const rest = { first: 1, second: 2, third: 3, fourth: 4 };
    const model = saysJson({ ...rest, '\ud83d': 'x' }, { _: 5 });
    const result = await generateText({ model: withStagedRetry(model, { stages }), output: prices, prompt });
    expect(result.output).toEqual({ ...rest, '\ud83d': 5 });
    expect(JSON.stringify(model.calls[1])).not.toMatch(/[^\\]\\ud83d/);
  });

  test('says with the feedback that it wants the places, not the whole', async () => {
    const model = saysJson(bad, { '/lines/0/price': 12 });
    await generateText({ model: withStagedRetry(model, { stages }), output, prompt });
    expect(appended(model, 2).map(({ role }) => role)).toEqual(['assistant', 'user']);
    expect(feedback(model)).toContain('At /lines/0/price: ');
    expect(feedback(model)).toContain('"/lines/0/price"');
    expect(feedback(model)).toContain('do not send the whole answer again');
  });

  test('does not send tools along, and keeps the rest of the call', async () => {
    const model = saysJson(bad, { '/lines/0/price': 12 });
    await generateText({ model: withStagedRetry(model, { stages }), output, prompt, temperature: 0.5 });
    expect(model.calls[1]).toMatchObject({ temperature: 0.5, tools: undefined, toolChoice: undefined });
  });

  test('takes a place that is named without its first slash', async () => {
    const model = saysJson(bad, { 'lines/0/price': 12 });
    const result = await generateText({ model: withStagedRetry(model, { stages }), output, prompt });
    expect(result.output).toEqual(good);
  });

  test('changes nothing that did not fail, whatever the model sends along', async () => {
    const model = saysJson(bad, { '/lines/0/price': 12, '/buyer/name': 'Eve', buyer: {}, '': {} });
    const result = await generateText({ model: withStagedRetry(model, { stages }), output, prompt });
    expect(result.output).toEqual(good);
  });

  test('adds a member that is missing', async () => {
    const missing = { ...good, buyer: { name: 'Ada Lovelace' } };
    const model = saysJson(missing, { '/buyer/vat': 'GB1' });
    const lenient = z.object({
      buyer: z.object({ name: z.string(), vat: z.string().optional() }),
      lines: z.array(z.unknown()),
    });
    const checks = [
      lenient,
      check(
        'vat',
        lenient,
        ({ value }) => value.buyer.vat !== undefined || [{ message: 'Add vat.', path: ['buyer', 'vat'] }],
      ),
    ];
    const { text } = await generateText({ model: withStagedRetry(model, { checks, stages }), prompt });
    expect(JSON.parse(text)).toEqual({ ...missing, buyer: { name: 'Ada Lovelace', vat: 'GB1' } });
  });

  test('asks for the outermost of nested places once', async () => {
    const found = [
      { message: 'A.', path: ['lines', 1] },
      { message: 'B.', path: ['lines', 1, 'price'] },
      { message: 'C.', path: ['buyer', 'vat'] },
    ];
    let isFirst = true;
    const once = check('once', () => {
      const issues = isFirst ? found : [];
      isFirst = false;
      return issues;
    });
    const model = saysJson(good, { '/lines/1': { item: 'levers', price: 4 }, '/buyer/vat': 'GB2' });
    const result = await generateText({ model: withStagedRetry(model, { checks: [once], stages }), output, prompt });
    expect(model.calls[1]?.responseFormat).toMatchObject({ schema: { required: ['/lines/1', '/buyer/vat'] } });
    expect(result.output).toEqual({
      ...good,
      buyer: { ...good.buyer, vat: 'GB2' },
      lines: [good.lines[0], { item: 'levers', price: 4 }],
    });
  });

  test('judges the merged answer whole, and repairs again from there', async () => {
    const twice = { ...bad, buyer: { name: 'Ada Lovelace', vat: { number: 1 } } };
    const model = saysJson(twice, { '/lines/0/price': 12, '/buyer/vat': { number: 2 } }, { '/buyer/vat': 'GB1' });
    const result = await generateText({ model: withStagedRetry(model, { stages }), output, prompt });
    expect(result.output).toEqual(good);
    expect(appended(model, 3)[0]?.content).toMatchObject([
      { text: JSON.stringify({ ...good, buyer: { ...good.buyer, vat: { number: 2 } } }) },
    ]);
  });

  test('reads a reply in a fence', async () => {
    const model = says(JSON.stringify(bad), '```json\n{"/lines/0/price": 12}\n```');
    const result = await generateText({ model: withStagedRetry(model, { stages }), output, prompt });
    expect(result.output).toEqual(good);
  });

  test('counts a reply that cannot be merged as a failed attempt', async () => {
    const model = says(JSON.stringify(bad), 'Sorry?', JSON.stringify({ '/lines/0/price': 12 }));
    const wrapped = withStagedRetry(model, { stages, convergence: 'off' });
    const result = await generateText({ model: wrapped, output, prompt });
    expect(result.output).toEqual(good);
    expect(reportOf(result.providerMetadata)?.attempts).toBe(3);
  });

  test('delivers the merged answer as a stream', async () => {
    const model = saysJson(bad, { '/lines/0/price': 12 });
    const result = streamText({ model: withStagedRetry(model, { stages, checks: [Order] }), output, prompt });
    expect(await result.output).toEqual(good);
    expect(await result.text).toBe(JSON.stringify(good));
  });

  test('keeps definitions that sub-schemas refer to', async () => {
    const Tree = z.object({
      title: z.string(),
      get children(): z.ZodArray<typeof Tree> {
        return z.array(Tree);
      },
    });
    const tree = {
      title: 'a long enough title',
      children: [
        { title: 'one', children: [] },
        { title: { text: 'two' }, children: [] },
      ],
    };
    const model = saysJson(tree, { '/children/1/title': 'two' });
    const result = await generateText({
      model: withStagedRetry(model, { stages }),
      output: Output.object({ schema: Tree }),
      prompt,
    });
    expect(result.output.children[1]?.title).toBe('two');
    expect(model.calls[1]?.responseFormat).toMatchObject({
      schema: { properties: { '/children/1/title': { type: 'string' } } },
    });
  });

  test('of a member named like the prototype makes a plain member', async () => {
    const text = '{"a":"a long enough text to keep the share small","b":{"__proto__":1}}';
    let isFirst = true;
    const once = check('once', () => {
      const issues = isFirst ? [{ message: 'A.', path: ['b', '__proto__'] }] : [];
      isFirst = false;
      return issues;
    });
    const model = says(text, '{"/b/__proto__":{"polluted":true}}');
    const result = await generateText({ model: withStagedRetry(model, { checks: [once], stages }), prompt });
    expect(result.text).toBe('{"a":"a long enough text to keep the share small","b":{"__proto__":{"polluted":true}}}');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

test('repair keeps the tools of a prompt with calls, which providers refuse without', async () => {
  const tools = { lookup: lookup() };
  const past: ModelMessage[] = [
    { role: 'user', content: prompt },
    { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'a', toolName: 'lookup', input: { query: 'a' } }] },
    {
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'lookup', output: { type: 'text', value: 'x' } }],
    },
  ];
  const model = saysJson(bad, { '/lines/0/price': 12 });
  const wrapped = withStagedRetry(model, { stages });
  await generateText({ model: wrapped, output, tools, messages: past });
  expect(model.calls[1]?.tools).toEqual(model.calls[0]?.tools);
  const fresh = saysJson(bad, { '/lines/0/price': 12 });
  await generateText({ model: withStagedRetry(fresh, { stages }), output, tools, prompt });
  expect(fresh.calls[1]?.tools).toBeUndefined();
});

describe('repair is passed over', () => {
  async function stagesOf(
    value: unknown,
    issues: readonly { message: string; path?: (string | number)[] }[],
    maxShare?: number,
  ) {
    const events = recorder();
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const wrapped = withStagedRetry(says(text), {
      checks: [check('found', () => issues)],
      stages: [
        retry({ attempts: 1 }),
        repair(maxShare === undefined ? { attempts: 1 } : { attempts: 1, maxShare }),
        retry({ name: 'last', attempts: 1 }),
      ],
      events,
    });
    const error = StagesExhaustedError.find(await errorOf(generateText({ model: wrapped, prompt })));
    return error?.history.flatMap((entry) => {
      if (entry.type === 'attempt') return entry.stage;
      return entry.type === 'stage-end' && entry.reason === 'skipped' ? `skipped ${entry.stage}` : [];
    });
  }

  test('when an issue is about the whole answer', async () => {
    expect(await stagesOf(good, [{ message: 'A.', path: ['buyer', 'vat'] }, { message: 'B.' }])).toEqual([
      'retry',
      'skipped repair',
      'last',
    ]);
  });

  test('when the broken part is too large a share', async () => {
    const issues = [{ message: 'A.', path: ['lines'] }];
    expect(await stagesOf(good, issues)).toEqual(['retry', 'skipped repair', 'last']);
    expect(await stagesOf(good, issues, 0.9)).toEqual(['retry', 'repair', 'last']);
  });

  test('when the answer is no JSON', async () => {
    expect(await stagesOf('Sorry.', [{ message: 'A.', path: ['lines'] }])).toEqual(['retry', 'skipped repair', 'last']);
  });

  test('when it is the first of the ladder it follows the plain call', async () => {
    const model = saysJson(bad, { '/lines/0/price': 12 });
    const result = await generateText({
      model: withStagedRetry(model, { stages: [repair({ attempts: 1 })] }),
      output,
      prompt,
    });
    expect(result.output).toEqual(good);
  });
});

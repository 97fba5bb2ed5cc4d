import type { JSONSchema7, LanguageModelV4 } from '@ai-sdk/provider';
import { generateText, Output, streamText } from 'ai';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { excludes, length } from '../../src/checks/index.ts';
import {
  check,
  createEmitter,
  repair,
  reportOf,
  retry,
  type StagedRetryEvents,
  type StagedRetryOptions,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import { type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import { Invoice, says } from '../fixtures.ts';
import { inPieces } from '../reading/first-answer.ts';

const Note = z.object({ title: z.string(), pages: z.number(), tags: z.array(z.string()) });
const good = { title: 'A long title that streams', pages: 3, tags: ['one', 'two'] };
const text = JSON.stringify(good);

/** What a stream shows, in order: the texts, and the error it ends with. */
async function watch(model: ScriptedModel, options: StagedRetryOptions = {}, schema: z.ZodType | null = Note) {
  const errors: unknown[] = [];
  const result = streamText({
    model: withStagedRetry(model, options),
    prompt: 'Take a note.',
    ...(schema === null ? {} : { output: Output.object({ schema }) }),
    onError: ({ error }) => {
      errors.push(error);
    },
  });
  const deltas: string[] = [];
  for await (const part of result.fullStream) if (part.type === 'text-delta') deltas.push(part.text);
  const providerMetadata = await result.finalStep.then(
    (step) => step.providerMetadata,
    () => undefined,
  );
  return { text: deltas.join(''), deltas, errors, report: reportOf(providerMetadata) };
}

it('releases JSON with a schema while it streams', async () => {
  const { deltas } = await watch(says(text));
  expect(deltas.length).toBeGreaterThan(2);
  expect(deltas.join('')).toBe(text);
});

it('continues a delivered beginning with the next answer, whatever its order', async () => {
  const wrong = text.replace('3', '"three"');
  const next = { tags: good.tags, pages: 3, title: good.title };
  const model = says(wrong, JSON.stringify(next, null, 2));
  const { text: received, report } = await watch(model);

  expect(JSON.parse(received)).toEqual(good);
  expect(received.startsWith('{"title":"A long title that streams"')).toBe(true);
  expect(report).toMatchObject({ attempts: 2, spliced: true });
  expect(report?.discardedTokens).toBeGreaterThan(0);
});

it('shows the model what was delivered, and asks to keep it', async () => {
  const model = says(text.replace('3', '"three"'), text);
  await watch(model);
  const asked = JSON.stringify(model.calls[1]?.prompt.at(-1));
  expect(asked).toContain('Begin with it again');
  expect(asked).toContain('A long title');
  expect(asked).toContain('three');
});

it('ends with our error when no answer keeps what was delivered', async () => {
  const model = says(text.replace('3', '"three"'), JSON.stringify({ ...good, title: 'Another' }));
  const { text: received, errors } = await watch(model);
  expect(received).toMatch(/^\{"title":"A long title/);
  expect(received).not.toContain('Another');
  const [error] = errors;
  expect(StagesExhaustedError.isInstance(error) && error.history.at(-2)).toMatchObject({
    verdict: { type: 'fail', issues: [{ path: ['title'], check: 'released' }] },
  });
});

it('hands over the last answer when nothing was delivered that contradicts it', async () => {
  const wrong = '{"pages":"three"}';
  const { text: received, errors } = await watch(says(wrong, wrong));
  expect(received).toBe(wrong);
  expect(errors).toEqual([]);
});

it('continues an answer that was cut off, or is no JSON further on', async () => {
  const cut = text.slice(0, 30);
  for (const [finishReason, wrong] of [
    ['length', cut],
    ['stop', `${text.slice(0, -2)},,}`],
  ] as const) {
    const model = scriptedModel([{ content: [{ type: 'text', text: wrong }], finishReason }, text]);
    const { deltas, errors, report } = await watch(model);
    expect(deltas.join('')).toBe(text);
    expect(errors).toEqual([]);
    expect(report).toMatchObject({ attempts: 2, spliced: true });
  }
});

it('hands over the last answer as it is when it is cut off again', async () => {
  const cut = { content: [{ type: 'text', text: text.slice(0, 30) }], finishReason: 'length' } as const;
  const { text: received, errors, report } = await watch(scriptedModel([cut, cut]));
  expect(received).toBe(text.slice(0, 30));
  expect(errors).toEqual([]);
  expect(report).toMatchObject({ attempts: 2 });
});

it('is of one answer where a second one that contradicts it adds nothing', async () => {
  const cut = { content: [{ type: 'text', text: text.slice(0, 30) }], finishReason: 'length' } as const;
  const { text: received, report } = await watch(scriptedModel([cut, text.replace(/[A-Z]/, 'Ä')]));
  expect(received).toBe(text.slice(0, 30));
  expect(report).toMatchObject({ attempts: 2 });
  expect(report?.spliced).toBeUndefined();
});

it('says how it delivers after the run began', async () => {
  const events: string[] = [];
  await watch(says(text), { events: { emit: (name) => events.push(name) } });
  expect(events.slice(0, 2)).toEqual(['run-start', 'delivery-start']);
});

it.each([
  ['a check of the caller', { checks: [check('fine', () => true)] }, ['fine']],
  ["a caller's schema, which may hold refinements", { checks: [Note] }, ['schema']],
])('holds the answer for %s, and says so', async (_, options, heldBy) => {
  const events = createEmitter();
  const seen: StagedRetryEvents['delivery-start'][] = [];
  events.on('delivery-start', (event) => seen.push(event));
  const wrong = text.replace('3', '"three"');
  const { text: received } = await watch(says(wrong, text), { ...options, events });
  expect(received).toBe(text);
  expect(seen).toMatchObject([{ delivery: 'buffer', heldBy }]);
});

it("releases while it streams for a caller's schema that is declared to be structure alone", async () => {
  const structure = check({ name: 'note', schema: Note, incremental: true });
  const { deltas, report } = await watch(says(text.replace('3', '"three"'), text), { checks: [structure] });
  expect(deltas.join('')).toBe(text);
  expect(report).toMatchObject({ spliced: true });
});

it('judges the whole answer before the last bracket when the caller insists on live', async () => {
  const sums = check('sums', ({ value }) => (value as typeof good).pages < 3 || 'Leave pages out.');
  const { text: received, errors } = await watch(says(text), { checks: [sums], delivery: 'live' });
  expect(text.startsWith(received)).toBe(true);
  expect(received).not.toBe(text);
  expect(errors).toMatchObject([{ reason: 'exhausted' }]);
});

it('mends the end of an answer whose beginning was delivered', async () => {
  const broken = `Sure:\n\`\`\`json\n${text.slice(0, -1)},}\n\`\`\``;
  const { text: received, report } = await watch(says(broken));
  expect(JSON.parse(received)).toEqual(good);
  expect(report).toMatchObject({ attempts: 1 });
});

it('delivers reasoning while it comes', async () => {
  const model = scriptedModel([
    {
      content: [
        { type: 'reasoning', text: 'Hm.' },
        { type: 'text', text: text.replace('3', '"three"') },
      ],
    },
    {
      content: [
        { type: 'reasoning', text: 'Ah.' },
        { type: 'text', text },
      ],
    },
  ]);
  const result = streamText({ model: withStagedRetry(model), prompt: 'x', output: Output.object({ schema: Note }) });
  const parts: string[] = [];
  for await (const part of result.fullStream) parts.push(part.type === 'reasoning-delta' ? part.text : part.type);
  expect(parts.indexOf('Hm.')).toBeLessThan(parts.indexOf('text-start'));
  expect(parts.indexOf('Ah.')).toBeGreaterThan(parts.indexOf('text-start'));
  expect(await result.output).toEqual(good);
});

it('never takes back text that a hold-back window was enough to judge', async () => {
  const options = { checks: [excludes('secret word')] };
  const model = says(
    'Here it is, all that we know: the secret word is out.',
    'Here it is, all of it: the thing is out.',
  );
  const { text: received, report } = await watch(model, options, null);
  expect(received).toBe('Here it is, all of it: the thing is out.');
  expect(report).toMatchObject({ attempts: 2, spliced: true });
});

it('never shows half a character of a text that is held back', async () => {
  for (const word of ['odd', 'even']) {
    const model = scriptedModel([{ parts: inPieces('Bravo 🎉🎉🎉🎉🎉🎉🎉🎉🎉 well done') }]);
    const { text: received, deltas } = await watch(model, { checks: [excludes(word)] }, null);
    expect(received).toBe('Bravo 🎉🎉🎉🎉🎉🎉🎉🎉🎉 well done');
    expect(deltas.length).toBeGreaterThan(3);
    expect(deltas.filter((delta) => /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(delta))).toEqual([]);
  }
});

it('stops a text that grows too long before it is whole', async () => {
  const model = says('x'.repeat(5000), 'short');
  const { text: received, report } = await watch(model, { checks: [length({ max: 100 })] }, null);
  expect(received).toBe('short');
  expect(report?.discardedTokens).toBeLessThan(100);
});

it('keeps item ids of an aborted answer out of the next prompt', async () => {
  const providerMetadata = { openai: { itemId: 'msg_1' } };
  const wrong = text.replace('3', '"three"');
  const model = scriptedModel([
    {
      content: [
        { type: 'reasoning', text: 'Hm.', providerMetadata },
        { type: 'text', text: wrong, providerMetadata },
      ],
    },
    text,
    text,
  ]);
  const wrapped = withStagedRetry(model);
  const output = Output.object({ schema: Note });
  const first = streamText({ model: wrapped, prompt: 'Take a note.', output });
  await first.consumeStream();
  const { messages } = await first.response;
  const next = [
    { role: 'user', content: 'Take a note.' } as const,
    ...messages,
    { role: 'user', content: 'Again.' } as const,
  ];
  await streamText({ model: wrapped, messages: next, output }).consumeStream();
  const sent = JSON.stringify(model.calls[2]?.prompt);
  expect(sent).toContain('A long title that streams');
  expect(sent).not.toContain('msg_1');
  expect(sent).not.toContain('stagedRetry');
});

it('aborts a tool call whose input cannot become valid, and delivers inputs whole', async () => {
  const call = (input: string) => ({
    content: [{ type: 'tool-call' as const, toolCallId: 'a', toolName: 'save', input }],
  });
  const model = scriptedModel([
    call(`{"vendor":5,"note":"${'long '.repeat(200)}"}`),
    call('{"vendor":"Acme","total":1}'),
  ]);
  const result = streamText({
    model: withStagedRetry(model, { stages: [retry({ attempts: 2 })] }),
    prompt: 'Save it.',
    tools: { save: { inputSchema: Invoice } },
  });
  const inputs: unknown[] = [];
  for await (const part of result.fullStream) if (part.type === 'tool-call') inputs.push(part.input);
  expect(inputs).toEqual([{ vendor: 'Acme', total: 1 }]);
  expect(reportOf((await result.finalStep).providerMetadata)).toMatchObject({ attempts: 2 });
});

it('shows no call before it is judged, though text follows it in the same answer', async () => {
  const turn = (input: string) => ({
    content: [
      { type: 'tool-call' as const, toolCallId: 'a', toolName: 'save', input },
      { type: 'text' as const, text: 'Saved it.' },
    ],
  });
  const model = scriptedModel([turn('{"vendor":5}'), turn('{"vendor":"Acme","total":1}')]);
  const saved: unknown[] = [];
  const save = { inputSchema: Invoice, execute: (input: unknown) => void saved.push(input) };
  const result = streamText({ model: withStagedRetry(model), prompt: 'Save it.', tools: { save } });
  expect(await result.text).toBe('Saved it.');
  expect((await result.toolCalls).map(({ input }) => input)).toEqual([{ vendor: 'Acme', total: 1 }]);
  expect(saved).toHaveLength(1);
});

it('keeps all reasoning of a stream out of the next prompt when a repair wrote what went out', async () => {
  const thought = (itemId: string) => ({
    type: 'reasoning' as const,
    text: `Thought ${itemId}.`,
    providerMetadata: { openai: { itemId } },
  });
  const model = scriptedModel([
    { content: [thought('rs_1'), { type: 'text', text: `Here it is: ${text.replace('3', '"three"')}` }] },
    { content: [thought('rs_2'), { type: 'text', text: '{"/pages": 3}' }] },
    text,
  ]);
  const wrapped = withStagedRetry(model, { stages: [retry({ attempts: 1 }), repair({ attempts: 1 })] });
  const output = Output.object({ schema: z.object({ pages: z.number(), title: z.string() }) });
  const first = streamText({ model: wrapped, prompt: 'Take a note.', output });
  const { messages } = await first.response;
  expect(await first.output).toMatchObject({ pages: 3 });
  await generateText({ model: wrapped, messages: [...messages, { role: 'user', content: 'Again.' }], output });
  expect(JSON.stringify(model.calls[2]?.prompt)).not.toMatch(/rs_|stagedRetry/);
});

it('keeps the reasoning of a rejected answer, and it alone, out of the next prompt', async () => {
  const thought = (itemId: string) => ({
    type: 'reasoning' as const,
    text: `Thought ${itemId}.`,
    providerMetadata: { openai: { itemId } },
  });
  const wrong = '{"pages":"three"}';
  const model = scriptedModel([
    { content: [thought('rs_1'), { type: 'text', text: wrong }] },
    { content: [thought('rs_2'), { type: 'text', text, providerMetadata: { openai: { itemId: 'msg_2' } } }] },
    text,
  ]);
  const wrapped = withStagedRetry(model);
  const output = Output.object({
    schema: z.object({ pages: z.number().optional(), title: z.string().max(90).optional() }),
  });
  const first = streamText({ model: wrapped, prompt: 'Take a note.', output });
  await first.consumeStream();
  const { messages } = await first.response;
  const user = (content: string) => ({ role: 'user' as const, content });
  await streamText({
    model: wrapped,
    messages: [user('Take a note.'), ...messages, user('Again.')],
    output,
  }).consumeStream();
  const sent = JSON.stringify(model.calls[2]?.prompt);
  expect(sent).toContain('rs_2');
  expect(sent).toContain('msg_2');
  expect(sent).not.toContain('rs_1');
});

it('comes to the end of a megabyte that streams in many small parts', async () => {
  const long = JSON.stringify({ ...good, title: 'x'.repeat(1_000_000) });
  const schema = z.toJSONSchema(Note, { target: 'draft-7' });
  // Without the SDK, which reads all that has come with every part.
  const { stream } = await withStagedRetry(says(long) as LanguageModelV4).doStream({
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'Take a note.' }] }],
    responseFormat: { type: 'json', schema: schema as JSONSchema7 },
  });
  const deltas: string[] = [];
  for await (const part of stream) if (part.type === 'text-delta') deltas.push(part.delta);
  expect(deltas.length).toBeGreaterThan(10_000);
  expect(deltas.join('')).toBe(long);
});

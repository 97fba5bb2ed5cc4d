import { NoObjectGeneratedError, Output, streamText } from 'ai';
import { expect, it, test } from 'vitest';
import { z } from 'zod';
import { toolInputs } from '../../src/checks/index.ts';
import { check, reportOf, type StagedRetryEvents, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import type { Fix } from '../../src/trace/fix.ts';
import { noUsage } from '../../src/trace/usage.ts';
import { atOnce, calls } from '../fixtures.ts';

const Note = z.object({
  pages: z.number(),
  tags: z.array(z.string()).optional(),
  isDraft: z.boolean().optional(),
  state: z.enum(['in_progress', 'done']).optional(),
  body: z.string(),
});
const body = 'One morning, when the streams were high, the model wrote on and on and on.';

/** A model that writes four characters at a time. */
function writes(...texts: readonly string[]): ScriptedModel {
  return scriptedModel(texts.map((text) => ({ content: [{ type: 'text', text }], parts: partsOf(text) })));
}

function partsOf(text: string, unified: 'stop' | 'length' = 'stop'): StreamPart[] {
  const deltas = text.match(/.{1,4}/gs) ?? [];
  return [
    { type: 'text-start', id: '1' },
    ...deltas.map((delta): StreamPart => ({ type: 'text-delta', id: '1', delta })),
    { type: 'text-end', id: '1' },
    { type: 'finish', usage: noUsage, finishReason: { unified, raw: undefined } },
  ];
}

/** The deltas a reader sees, with the number of characters the model had written by then, and the outcome. */
async function watch(model: ScriptedModel, options: StagedRetryOptions = {}, schema: z.ZodType = Note) {
  const result = streamText({
    model: withStagedRetry(model, options),
    prompt: 'Take a note.',
    output: Output.object({ schema }),
    onError: () => {},
  });
  const deltas: string[] = [];
  for await (const part of result.fullStream) if (part.type === 'text-delta') deltas.push(part.text);
  const output = await result.output.then(
    (value: unknown) => value,
    (error: unknown) => error,
  );
  const step = await Promise.resolve(result.finalStep).catch(() => undefined);
  return { deltas, text: deltas.join(''), output, report: reportOf(step?.providerMetadata) };
}

test.each([
  ['a number in a string', `{"pages":"12","body":"${body}"}`, `{"pages":12,"body":"${body}"}`],
  ['a word of Python', `{"pages":1,"isDraft":True,"body":"${body}"}`, `{"pages":1,"isDraft":true,"body":"${body}"}`],
  ['one value for a list', `{"pages":1,"tags":"a","body":"${body}"}`, `{"pages":1,"tags":["a"],"body":"${body}"}`],
  [
    'a constant',
    `{"pages":1,"state":"In Progress","body":"${body}"}`,
    `{"pages":1,"state":"in_progress","body":"${body}"}`,
  ],
  ['null for what may be left out', `{"isDraft":null,"pages":1,"body":"${body}"}`, `{"pages":1,"body":"${body}"}`],
  ['a list of one', `{"pages":[3],"body":"${body}",}`, `{"pages":3,"body":"${body}"}`],
  ['a fence', `\`\`\`json\n{"pages":"12","body":"${body}"}\n\`\`\``, `{"pages":12,"body":"${body}"}`],
])('%s goes out as read, and what follows it streams', async (_, written, wanted) => {
  const { deltas, text, output, report } = await watch(writes(written));
  expect(text).toBe(wanted);
  expect(output).toEqual(JSON.parse(wanted));
  expect(deltas.length).toBeGreaterThan(5);
  expect(report).toMatchObject({ attempts: 1 });
  expect(report?.fixes).not.toEqual([]);
  expect(report?.spliced).toBeUndefined();
});

it('keeps what went out as read when a later value cannot be read', async () => {
  const wrong = `{"pages":"12","body":"${body}","isDraft":"perhaps"}`;
  const model = writes(wrong, `{"pages":12,"isDraft":false,"body":"${body}"}`);
  const { output, deltas, report } = await watch(model);
  expect(deltas.join('').startsWith('{"pages":12')).toBe(true);
  expect(output).toEqual({ pages: 12, isDraft: false, body });
  expect(report).toMatchObject({ attempts: 2, spliced: true });
  expect(JSON.stringify(model.calls[1]?.prompt.at(-1))).toContain('{\\"pages\\":12');
});

it('reads the next answer before it is compared with what went out', async () => {
  const wrong = `{"pages":12,"isDraft":"perhaps","body":"${body}"}`;
  const { output, report } = await watch(writes(wrong, `{"pages":"12","isDraft":"False","body":"${body}"}`));
  expect(output).toEqual({ pages: 12, isDraft: false, body });
  expect(report).toMatchObject({ attempts: 2 });
});

it("ends with the SDK's own error when only the call asked for JSON, as a generated answer does", async () => {
  const wrong = `{"pages":"12","body":"${body}","isDraft":"perhaps"}`;
  const { output, text } = await watch(writes(wrong, wrong, wrong));
  expect(NoObjectGeneratedError.isInstance(output)).toBe(true);
  expect(text).toBe(wrong.replace('"12"', '12'));
});

it('leaves values to a schema that may take them as they stand', async () => {
  const Coerced = z.object({ pages: z.coerce.number(), body: z.string() });
  const written = `{"pages":"12","body":"${body}"}`;
  const checks = [check({ name: 'note', schema: Coerced, incremental: true })];
  const { text, output } = await watch(writes(written), { checks }, Coerced);
  expect(text).toBe(written);
  expect(output).toEqual({ pages: 12, body });
});

it('keeps a closing quote until it is known to close', async () => {
  const { output, report } = await watch(writes(`{"pages":1,"body":"the "old" Lyon"}`));
  expect(output).toEqual({ pages: 1, body: 'the "old" Lyon' });
  expect(report).toMatchObject({ attempts: 1 });
});

it('changes nothing where reading is off', async () => {
  const wrong = `{"pages":"12","body":"${body}"}`;
  const { text } = await watch(writes(wrong, `{"pages":13,"body":"${body}"}`), { fix: false });
  expect(text).toBe(`{"pages":13,"body":"${body}"}`);
});

it.each([
  ['a string', '"three"'],
  ['an object', '{"many":1}'],
])('says of %s that was cut off nothing that the model did not write', async (kind, value) => {
  const model = writes(`{"body":"x","pages":${value}}`, '{"body":"x","pages":1}');
  await watch(model, { fix: false });
  const asked = JSON.stringify(model.calls[1]?.prompt.at(-1)?.content);
  expect(asked).toContain(`Make pages a number; it is ${kind}.`);
  expect(asked).not.toContain('Received');
});

it('says the same of a tool input that was cut off', async () => {
  const writesInput = (input: string) => ({
    content: calls('save', input).content,
    parts: [
      { type: 'tool-input-start', id: 'save-1', toolName: 'save' },
      ...(input.match(/.{1,4}/g) ?? []).map((delta) => ({ type: 'tool-input-delta', id: 'save-1', delta })),
      { type: 'tool-input-end', id: 'save-1' },
      { type: 'tool-call', toolCallId: 'save-1', toolName: 'save', input },
      { type: 'finish', usage: noUsage, finishReason: { unified: 'tool-calls', raw: undefined } },
    ] as StreamPart[],
  });
  const model = scriptedModel([writesInput('{"pages":"three and more"}'), writesInput('{"pages":1}')]);
  const save = { inputSchema: z.object({ pages: z.number() }) };
  const wrapped = withStagedRetry(model, { checks: [toolInputs()], fix: false });
  await streamText({ model: wrapped, prompt: 'Save it.', tools: { save } }).consumeStream();
  const asked = JSON.stringify(model.calls[1]?.prompt.at(-1)?.content);
  expect(asked).toContain('Make pages a number; it is a string.');
  expect(asked).not.toContain('Received');
});

it('stops a value early that can never be read', async () => {
  const wrong = `{"pages":{"many":"${'many '.repeat(500)}"},"body":"${body}"}`;
  const { output, report } = await watch(writes(wrong, `{"pages":1,"body":"${body}"}`));
  expect(output).toEqual({ pages: 1, body });
  expect(report?.discardedTokens).toBeLessThan(200);
});

const text = z.string();

test.each<[string, z.ZodType, string]>([
  ['a union', z.union([z.number(), z.boolean()]), '1'],
  ['a tuple', z.tuple([z.number(), text]), '[1,"a"]'],
  ['a tuple with a rest', z.tuple([z.number()], text), '[1,"a","b"]'],
  ['a record', z.record(text, z.number()), '{"a":1}'],
  ['one schema in two places', z.strictObject({ a: text, b: text }), '{"a":"x","b":"y"}'],
  ['a pattern', z.string().regex(/^a/), '"a"'],
  ['a bound', z.string().min(1), '"a"'],
])('reads values beside %s while they are written', async (_, extra, written) => {
  const schema = z.object({ extra, pages: z.number(), body: text });
  const checks = [check({ name: 'note', schema, incremental: true })];
  const seen = await watch(writes(`{"extra":${written},"pages":"12","body":"${body}"}`), { checks }, schema);
  expect(seen.text).toBe(`{"extra":${written},"pages":12,"body":"${body}"}`);
  expect(seen.deltas.length).toBeGreaterThan(10);
});

test.each<[string, z.ZodType, string]>([
  ['a format', z.email(), '"a@example.com"'],
  ['a format that is a check', z.string().email(), '"a@example.com"'],
  ['a pattern with flags', z.string().regex(/^a/i), '"a"'],
  ['a value for what is wrong', z.string().catch('a'), '"a"'],
  ['a schema that is made late', z.lazy(() => text), '"a"'],
  ['a format in a union', z.union([z.email(), z.number()]), '1'],
  ['a format in a tuple', z.tuple([z.email()]), '["a@example.com"]'],
  ['a format in the rest of a tuple', z.tuple([z.number()], z.email()), '[1]'],
  ['a format in a record', z.record(text, z.email()), '{"a":"a@example.com"}'],
])('waits with %s, which its JSON Schema may not tell', async (_, extra, written) => {
  const schema = z.object({ extra, pages: z.number(), body: text });
  const checks = [check({ name: 'note', schema, incremental: true })];
  const seen = await watch(writes(`{"extra":${written},"pages":"12","body":"${body}"}`), { checks }, schema);
  expect(seen.text).toBe(`{"extra":${written},"pages":12,"body":"${body}"}`);
  expect(seen.deltas.length).toBeLessThan(10);
});

/** The fixes of each attempt and of the report, of answers whose streams end in such a way. */
async function fixesOf(answers: readonly [text: string, end: 'stop' | 'length' | 'broken'][]) {
  const attempts: (readonly Fix[])[] = [];
  const model = scriptedModel(
    answers.map(([text, end]) => {
      const parts = partsOf(text, end === 'broken' ? 'stop' : end);
      return { content: [], parts: end === 'broken' ? parts.slice(0, -2) : parts };
    }),
  );
  const events: StagedRetryOptions['events'] = {
    emit(name, event) {
      if (name === 'attempt-end') attempts.push((event as StagedRetryEvents['attempt-end']).attempt.fixes ?? []);
    },
  };
  const { report } = await watch(model, { events, transport: atOnce });
  const told = (fixes: readonly Fix[]) => fixes.map(({ path, rule }) => [rule, ...path].join(' '));
  return { attempts: attempts.map(told), report: told(report?.fixes ?? []) };
}

test('an answer that is cut off tells what was shown as it was read', async () => {
  const told = await fixesOf([['{"isDraft":null,"tags":["a",],"pages":"12","body":"One mor', 'length']]);
  const fixes = ['null-member isDraft', 'comma tags', 'number pages'];
  // The script's last answer comes again.
  expect(told).toEqual({ attempts: [fixes, fixes], report: fixes });
});

test('what was shown of answers that fail is told beside what is changed in the one that goes out', async () => {
  const told = await fixesOf([
    ['```json\n{"pages":"12","tags":"a","body":"One","isDraft":{"x":1},"state":"done"', 'stop'],
    ['{"pages":"12","tags":["a"],"isDraft":"True","body":"One"}', 'stop'],
  ]);
  const shown = ['surroundings', 'number pages', 'list-of-one tags', 'list-of-one tags'];
  const read = ['number pages', 'boolean isDraft'];
  expect(told).toEqual({
    attempts: [shown, read],
    report: ['surroundings', 'list-of-one tags', 'list-of-one tags', ...read],
  });
});

test('what was shown of a stream that broke off is told, and what was read and not shown is not', async () => {
  const told = await fixesOf([
    ['{"pages":"12","body":"One mor', 'broken'],
    ['{"pages":12,"body":"One morning"}', 'stop'],
  ]);
  expect(told).toEqual({ attempts: [[]], report: ['number pages'] });
  const held = await fixesOf([
    ['{"x":"y","pages":"12","body":{"x":1},"tags":["x"]', 'stop'],
    ['{"pages":12,"body":"One morning"}', 'stop'],
  ]);
  expect(held).toEqual({ attempts: [[], []], report: [] });
});

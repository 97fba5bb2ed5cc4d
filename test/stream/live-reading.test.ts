import { NoObjectGeneratedError, Output, streamText } from 'ai';
import { expect, it, test } from 'vitest';
import { z } from 'zod';
import { check, reportOf, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import { noUsage } from '../../src/trace/usage.ts';

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

function partsOf(text: string): StreamPart[] {
  const deltas = text.match(/.{1,4}/gs) ?? [];
  return [
    { type: 'text-start', id: '1' },
    ...deltas.map((delta): StreamPart => ({ type: 'text-delta', id: '1', delta })),
    { type: 'text-end', id: '1' },
    { type: 'finish', usage: noUsage, finishReason: { unified: 'stop', raw: undefined } },
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

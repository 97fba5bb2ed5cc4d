import { generateText, Output, streamText, tool } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import { readJson } from '../../src/reading/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { askedAgain } from './first-answer.ts';

/*
 * An answer that the bare model's caller would get an error for is not mended into one that lacks what the model wrote:
 * validators drop members that they do not know.
 */

const fenced = (json: string) => `\`\`\`json\n${json}\n\`\`\``;

/** What a caller gets at the first call, generated and streamed. */
async function outcome(answer: string, schema: z.ZodType, options: StagedRetryOptions = {}): Promise<unknown> {
  const [generated, streamed] = [scriptedModel([answer, 'no answer']), scriptedModel([answer, 'no answer'])];
  const output = Output.object({ schema });
  const first = generateText({ model: withStagedRetry(generated, options), prompt: 'x', output }).then(
    (result) => result.output,
  );
  const second = streamText({ model: withStagedRetry(streamed, options), prompt: 'x', output, onError() {} }).output;
  const values = await Promise.all([first, second].map((value) => Promise.resolve(value).catch(() => 'an error')));
  const outcomes = [generated, streamed].map(({ calls: made }, index) =>
    made.length > 1 ? askedAgain : values[index],
  );
  expect(outcomes[1]).toEqual(outcomes[0]);
  return outcomes[0];
}

const invoice = z.object({ number: z.string(), unitPrice: z.number(), dueDate: z.string().optional() });
const withDefault = z.object({ number: z.string(), total: z.number().default(0) });
const allOptional = z.object({ number: z.string().optional(), total: z.number().optional() });
const due = { number: '1', unitPrice: 2, dueDate: '2026-01-01' };

describe('an optional member in another spelling is read with the rest', () => {
  test.each<[what: string, answer: string, schema: z.ZodType, read: unknown]>([
    ['beside a fence', fenced('{"number":"1","Total":2}'), withDefault, { number: '1', total: 2 }],
    ['beside a name', '{"number":"1","unit_price":2,"due_date":"2026-01-01"}', invoice, due],
    ['before a number', '{"due_date":"2026-01-01","number":"1","unitPrice":"2"}', invoice, due],
    ['behind a number', '{"number":"1","unitPrice":"2","due_date":"2026-01-01"}', invoice, due],
    ['before a trailing comma', '{"number":"1","Due Date":"2026-01-01","unitPrice":2,}', invoice, due],
    ['in other quotes', "{'number':'1','unitPrice':2,'due-date':'2026-01-01'}", invoice, due],
    [
      'beside one that the schema does not know',
      fenced('{"number":"1","Total":2,"x":3}'),
      withDefault,
      { number: '1', total: 2 },
    ],
    [
      'that may be null',
      fenced('{"number":"1","Total":null}'),
      withDefault.extend({ total: z.number().nullish() }),
      { number: '1', total: null },
    ],
    [
      'in an object inside',
      fenced('{"invoice":{"number":"1","Total":2}}'),
      z.object({ invoice: withDefault }),
      { invoice: { number: '1', total: 2 } },
    ],
    [
      'in a list',
      fenced('{"rows":[{"number":"1","Total":2}]}'),
      z.object({ rows: z.array(withDefault) }),
      { rows: [{ number: '1', total: 2 }] },
    ],
    [
      'in an alternative',
      fenced('{"row":{"number":"1","Total":2}}'),
      z.object({ row: z.union([z.string(), withDefault]) }),
      { row: { number: '1', total: 2 } },
    ],
    ['alone', fenced('{"Number":"1"}'), allOptional, { number: '1' }],
    ['in a wrapper', fenced('{"invoice":{"number":"1"}}'), allOptional, { number: '1' }],
    ['in a wrapper of another name', fenced('{"answer":{"Number":"1"}}'), allOptional, { number: '1' }],
  ])('%s', async (_, answer, schema, read) => {
    expect(await outcome(answer, schema)).toEqual(read);
    expect(await outcome(answer, schema, { checks: [schema] })).toEqual(read);
  });
});

describe('what would be dropped is asked for again', () => {
  test.each<[what: string, answer: string, schema: z.ZodType]>([
    ['a failure', fenced('{"error":"unreadable"}'), allOptional],
    ['an answer to something else', 'Here it is:\n{"id":5}', allOptional],
    [
      'an object inside',
      fenced('{"meta":{"error":"unreadable"},"n":1}'),
      z.object({ n: z.number(), meta: allOptional }),
    ],
    ['two spellings of one name', fenced('{"number":"1","Total":2,"TOTAL":3}'), withDefault],
    ['another spelling beside the name', fenced('{"number":"1","total":2,"Total":3}'), withDefault],
    ['a member that does not fit by its own name', fenced('{"number":"1","Total":"two"}'), withDefault],
  ])('%s', async (_, answer, schema) => {
    expect(await outcome(answer, schema)).toBe(askedAgain);
  });
});

test('so is what a mended half of reading would lose', async () => {
  const fix = { syntax: true, values: false };
  expect(await outcome(fenced('{"number":"1","Total":2}'), withDefault, { fix })).toBe(askedAgain);
  expect(await outcome(fenced('{"number":"1","total":2}'), withDefault, { fix })).toEqual({ number: '1', total: 2 });
});

test('an answer that fits is passed on as it is, with members that the SDK drops', async () => {
  expect(await outcome('{"number":"1","Total":2}', withDefault)).toEqual({ number: '1', total: 0 });
  expect(await outcome('{"error":"unreadable"}', allOptional)).toEqual({});
});

test('members that the schema does not know go with a mended answer', async () => {
  expect(await outcome(fenced('{"number":"1","note":"a"}'), withDefault)).toEqual({ number: '1', total: 0 });
});

test('a strict schema of the caller is met, too', async () => {
  const strict = z.strictObject(invoice.shape);
  const answer = '{"number":"1","unit_price":2,"due_date":"2026-01-01"}';
  expect(await outcome(answer, strict)).toEqual(due);
  const model = scriptedModel(['{"number":"1","unitPrice":2,"due_date":"2026-01-01"}']);
  const output = Output.object({ schema: strict });
  const result = await generateText({ model: withStagedRetry(model, { checks: [strict] }), prompt: 'x', output });
  expect(result.output).toEqual(due);
});

test('the input of a tool loses nothing either', async () => {
  const given: unknown[] = [];
  const save = tool({ inputSchema: invoice, execute: (input) => void given.push(input) });
  const input = '{"number":"1","unit_price":2,"due_date":"2026-01-01"}';
  const model = scriptedModel([{ content: [{ type: 'tool-call', toolCallId: '1', toolName: 'save', input }] }, 'done']);
  await generateText({ model: withStagedRetry(model), prompt: 'x', tools: { save } });
  expect(given).toEqual([due]);
});

test('a schema that forbids nothing keeps its members, and an object that it does not know is no answer', () => {
  const open = { type: 'object', properties: { a: { type: 'number' } } };
  expect(readJson(fenced('{"a":1,"b":2}'), open)?.value).toEqual({ a: 1, b: 2 });
  expect(readJson(fenced('{"b":2}'), open)).toBeUndefined();
  expect(readJson('{"b":2}', open)?.value).toEqual({ b: 2 });
  expect(readJson(fenced('{"b":2}'), { ...open, additionalProperties: { type: 'number' } })?.value).toEqual({ b: 2 });
  expect(readJson(fenced('{"b":2}'), { anyOf: [open, { type: 'object' }] })?.value).toEqual({ b: 2 });
});

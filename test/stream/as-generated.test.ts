import { generateText, jsonSchema, Output, type Schema, streamText, type Tool, tool } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { excludes, length, toolInputs } from '../../src/checks/index.ts';
import {
  type Check,
  check,
  createInbox,
  type Escalation,
  EscalationPendingError,
  human,
  retry,
  type StagedRetryOptions,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { type ScriptedAnswer, type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import { noUsage } from '../../src/trace/usage.ts';
import { calls, failsWith, recorder } from '../fixtures.ts';
import { inPieces } from '../reading/first-answer.ts';

const City = z.object({ city: z.string(), n: z.number() });
const right = '{"city":"Lyon","n":1}';
const named = { type: 'object', properties: { x_y: { type: 'number' } } } as const;
const either = { type: 'array', items: { anyOf: [named, { type: 'number' }] } } as const;
const numbers = { type: 'array', items: { type: 'number' } } as const;
const kind = (k: string, type: 'string' | 'number') =>
  ({ type: 'object', properties: { k: { const: k }, n: { type } }, required: ['k', 'n'] }) as const;
const Kinds = jsonSchema({ type: 'object', properties: { v: { anyOf: [kind('a', 'string'), kind('b', 'number')] } } });
const short = { type: 'array', items: { type: 'string' }, minItems: 2 } as const;
const Short = jsonSchema({ type: 'object', properties: { t: short, o: { type: 'object', minProperties: 2 } } });
const Loose = jsonSchema({ type: 'object', properties: { a: named, b: numbers, c: either } });

function pieced(answer: string): ScriptedAnswer {
  return { content: [{ type: 'text', text: answer }], parts: inPieces(answer) };
}

describe('an answer that is not quite the JSON wanted ends streamed as it does generated', () => {
  test.each<[what: string, answers: readonly string[], schema: z.ZodType | Schema]>([
    ['a draft in its thoughts', [`<think>Maybe {"city":"Paris","n":0}. No.</think>${right}`], City],
    [
      'the end of a thought in a string',
      [`\`\`\`json\n{"city":"Lyon","n":"1","why":"</think>"}\n\`\`\``],
      City.loose(),
    ],
    ['an example in prose', ['For example {"city":"Paris","n":0}.', right], City],
    ['two fences behind prose', ['Or:\n```json\n{"city":"Paris","n":0}\n```\n```json\n{}\n```', right], City],
    ['members in another object', ['{"city":"Lyon"}\nAlso:\n{"n":1}', right], City.partial({ n: true })],
    [
      'the same, of one that does not fit',
      ['{"city":{},"n":1}\nOr:\n{"city":"Lyon"}', right],
      City.partial({ n: true }),
    ],
    ['one of two that fits', ['Draft:\n{"city":{},"n":1}\nFinal:\n{"city":"Lyon","n":1}'], City],
    ['a list around it', [`[${right}]`], City],
    ['a wrapper', [`{"answer":${right}}`], City],
    ['a wrapper of what may have other members', [`{"answer":${right}}`], City.loose()],
    ['the arguments of a call of the same', [`{"tool":"f","arguments":${right}}`], City.loose()],
    [
      'a wrapper of what may have others of one kind',
      [`{"answer":${right}}`],
      City.catchall(z.object({ x: z.number() })),
    ],
    [
      'a wrapper whose name a pattern takes',
      [`{"answer":{"n":1}}`],
      jsonSchema({ properties: { n: { type: 'number' } }, required: ['n'], patternProperties: { '^a': {} } }),
    ],
    ['a wrapper of what is only required', [`{"answer":{"n":1}}`], jsonSchema({ type: 'object', required: ['n'] })],
    ['another spelling of a name', ['{"City":"Lyon","n":1}'], City],
    ['a number in a string', ['{"n":"1","city":"Lyon"}'], City],
    [
      'another spelling of a name that may be missing, before a list that is read',
      [`{"a":{"X_Y":1},"b":["0",0]}`],
      Loose,
    ],
    ['the same inside one of several', [`{"c":[{"X_Y":1}],"b":["0",0]}`], Loose],
    ['null for an optional member', ['{"city":null,"n":1}'], City.partial()],
    ['a name twice', ['{"city":"Paris","city":"Lyon","n":1}'], City],
    ['three tries at one value', ['{"n":"x"}', '{"n":"y"}', right], City],
    ['one wrong value again, behind one that was read', ['{"n":"1","city":{}}', '{"n":1,"city":{}}', right], City],
    ['a member of a union that fits another branch', ['{"v":{"k":"b","n":"x"}}', '{"v":{"k":"b","n":2}}'], Kinds],
    ['a list that is too short', ['{"t":["xx"]}', '{"t":["xx","y"]}'], Short],
    ['a list at the root that is too short', ['["xx"]', '["xx","y"]'], jsonSchema(short)],
    ['an object with too few members', ['{"o":{"a":"x"}}', '{"o":{"a":"x","b":"y"}}'], Short],
    ['an answer behind a blank that only the SDK takes', [' {"t":["xx"]}'], Short],
    ['the last wrong answer in other white space', ['{\n "t": ["xx"]}', '{"t":["xx"]}'], Short],
    ['the last wrong answer in another order', ['{"t":["xx"],"s":[]}', '{"s":[],"t":["xx"]}'], Short],
    ['a fenced answer that only the SDK would take', ['```json\n{"t":["xx"]}\n```'], Short],
    ['the same, the fence cut off', ['```json\n{"t":["xx"]}'], Short],
    ['the same behind a byte order mark', ['\uFEFF{"t":["xx"]}'], Short],
    ['a wrong answer with a comma too many', ['{"t":["xx"],}'], Short],
    ['a wrong answer in a fence', ['```json\n{"t":["xx"]}\n```'], z.object({ t: z.array(z.string()).min(2) })],
    ['one wrong value again and again', ['{"n":"x"}', '{"n":"x"}', right], City],
  ])('%s', async (_, answers, schema) => {
    const end = async (isStreaming: boolean) => {
      const model = scriptedModel(answers.map(pieced));
      const wrapped = withStagedRetry(model, { stages: [retry({ attempts: 3 })] });
      const call = { model: wrapped, output: Output.object({ schema }), prompt: 'Where?' };
      const result = isStreaming ? streamText({ ...call, onError: () => {} }) : generateText(call);
      const output = await Promise.resolve(result)
        .then(async (settled) => (await settled.output) as unknown)
        .catch((error: Error) => error.name);
      return { output, calls: model.calls.length };
    };
    expect(await end(true)).toEqual(await end(false));
  });
});

describe("a caller's schema that says more than its JSON Schema is asked before an answer is refused", () => {
  test.each<[what: string, schema: z.ZodType, answer: string]>([
    ['a flag', z.object({ code: z.string().regex(/^[a-z]+$/i), n: z.number() }), '{"code":"ABC","n":1}'],
    ['coercion', z.object({ n: z.coerce.number(), m: z.number() }), '{"n":true,"m":1}'],
    ['preprocessing', z.object({ n: z.preprocess(() => 1, z.number()), m: z.number() }), '{"n":{},"m":1}'],
    ['a value in place of a wrong one', z.object({ n: z.number().catch(0), m: z.number() }), '{"n":{},"m":1}'],
    ['trimming', z.object({ t: z.string().trim().max(3), n: z.number() }), '{"t":"  abc  ","n":1}'],
  ])('%s', async (_, schema, answer) => {
    const model = scriptedModel([answer, '{}']);
    const options = { checks: [check({ name: 'schema', schema, incremental: true })] };
    const result = streamText({ model: withStagedRetry(model, options), prompt: 'Go.', onError: () => {} });
    expect(await result.text).toBe(answer);
    expect(model.calls).toHaveLength(1);
  });
});

describe('what a check of the caller forbids is not shown before it fails', () => {
  const strict = { type: 'object', properties: { t: { type: 'string' } }, additionalProperties: false } as const;
  const inside = (o: object, more: object = {}) =>
    jsonSchema({ type: 'object', properties: { o, u: { type: 'string' } }, ...more });
  const extra = '{"o":{"t":"one","x":"two"},"u":"three"}';
  const fine = '{"o":{"t":"one"},"u":"three"}';

  test.each<[what: string, schema: z.ZodType | Schema, wrong: string, right: string]>([
    ['a member of an object inside', inside(strict), extra, fine],
    ['a member before those that are named', inside(strict), '{"o":{"x":"two","t":"one"},"u":"three"}', fine],
    [
      'a member of an item',
      inside({ type: 'array', items: strict }),
      '{"o":[{"x":"two"}],"u":"three"}',
      '{"o":[{"t":"x"}],"u":"three"}',
    ],
    ['a member behind a reference', inside({ $ref: '#/$defs/s' }, { $defs: { s: strict } }), extra, fine],
    [
      'a member that nothing evaluates',
      inside({ allOf: [{ properties: strict.properties }], unevaluatedProperties: false }),
      extra,
      fine,
    ],
    ['a member of a strict zod schema', z.object({ o: z.strictObject({ t: z.string() }), u: z.string() }), extra, fine],
    [
      'a value that fits both of two',
      inside({ oneOf: [strict, { type: 'object', required: ['t'] }] }),
      fine,
      '{"o":{"t":"one","x":"two"},"u":"three"}',
    ],
  ])('%s', async (_, schema, wrong, good) => {
    const end = async (isStreaming: boolean) => {
      const model = scriptedModel([wrong, good].map(pieced));
      const checks = [check({ name: 'shape', schema, incremental: true })];
      const call = { model: withStagedRetry(model, { checks }), prompt: 'Where?' };
      const text = await (isStreaming ? streamText({ ...call, onError: () => {} }) : await generateText(call)).text;
      return { text, calls: model.calls.length };
    };
    expect(await end(true)).toEqual({ text: good, calls: 2 });
    expect(await end(false)).toEqual({ text: good, calls: 2 });
  });
});

describe('a chat with tools', () => {
  const save: Tool = tool({ inputSchema: z.object({ total: z.number() }) });

  test('shows its text while it comes', async () => {
    const model = scriptedModel(['It is a fine day in a fine town, and the sun shines on all of it.']);
    const result = streamText({ model: withStagedRetry(model), tools: { save }, prompt: 'Hi.' });
    const deltas: string[] = [];
    for await (const delta of result.textStream) deltas.push(delta);
    expect(deltas.length).toBeGreaterThan(1);
  });

  test('keeps text that was shown when the call beside it is asked for again, and does not say it twice', async () => {
    const answer = (input: object): ScriptedAnswer => ({
      content: [{ type: 'text', text: 'One moment, please.' }, ...calls('save', input).content],
    });
    const model = scriptedModel([answer({ total: {} }), answer({ total: 2 })]);
    const result = streamText({ model: withStagedRetry(model), tools: { save }, prompt: 'Save it.' });
    expect(await result.text).toBe('One moment, please.');
    expect(await result.toolCalls).toMatchObject([{ input: { total: 2 } }]);
  });

  test('gets what the bare model gave when nobody can be asked again', async () => {
    const model = scriptedModel([calls('save', { total: {}, note: 'x'.repeat(200) }), failsWith(400)]);
    const wrapped = withStagedRetry(model, { transport: { attempts: 1 } });
    const result = streamText({ model: wrapped, tools: { save }, prompt: 'Save it.', onError: () => {} });
    expect(await result.toolCalls).toMatchObject([{ toolName: 'save', invalid: true }]);
  });

  const beside = (call: object): ScriptedAnswer => ({
    content: [{ type: 'text', text: 'Let me save it.' }, { type: 'tool-call', toolCallId: '1', ...call } as never],
  });

  test.each<[what: string, first: ScriptedAnswer]>([
    ['a tool that nobody gave', beside({ toolName: 'svae', input: '{"total":1}' })],
    ['an input that is no JSON', beside({ toolName: 'save', input: '{"total":' })],
    ['a list for an input', beside({ toolName: 'save', input: '[]' })],
  ])('is asked again when a check reads along with the text beside a call: %s', async (_, first) => {
    const checks = [excludes('forbidden')];
    const model = scriptedModel([first, beside({ toolName: 'save', input: '{"total":2}' })]);
    const result = streamText({ model: withStagedRetry(model, { checks }), tools: { save }, prompt: 'Save it.' });
    expect(await result.toolCalls).toMatchObject([{ toolName: 'save', input: { total: 2 } }]);
  });

  const metadata = (itemId: string) => ({ openai: { itemId } });
  const thought = (id: string): StreamPart[] => [
    { type: 'reasoning-start', id },
    { type: 'reasoning-end', id, providerMetadata: metadata(id) },
  ];
  const said = (id: string, delta: string): StreamPart[] => [
    { type: 'text-start', id },
    { type: 'text-delta', id, delta },
    { type: 'text-end', id, providerMetadata: metadata(id) },
  ];
  const ended = (unified: 'stop' | 'tool-calls'): StreamPart => ({
    type: 'finish',
    usage: noUsage,
    finishReason: { unified, raw: undefined },
  });
  const wrongCall: StreamPart[] = [
    { type: 'tool-call', toolCallId: 'call_A', toolName: 'save', input: '{"total":{}}' },
    ended('tool-calls'),
  ];

  test.each<[what: string, first: StreamPart[]]>([
    ['whose call was wrong', wrongCall],
    ['that broke off', [{ type: 'text-start', id: 'msg_A2' }]],
  ])('hands no id on of an answer %s', async (_, rest) => {
    const saved: StreamPart = { type: 'tool-call', toolCallId: 'call_B', toolName: 'save', input: '{"total":2}' };
    const texts = scriptedModel([
      { parts: [...said('msg_A', 'Let me save it.'), ...rest] },
      { parts: [...said('msg_B', 'Let me save it.'), saved, ended('tool-calls')] },
    ]);
    const shown = await streamText({ model: withStagedRetry(texts), tools: { save }, prompt: 'Save it.' }).finalStep;
    expect(shown.text).toBe('Let me save it.');
    expect(JSON.stringify(shown.content)).not.toContain('msg_A');
    const thoughts = scriptedModel([
      { parts: [...thought('rs_A'), ...rest] },
      { parts: [...thought('rs_B'), ...said('msg_B', 'I cannot.'), ended('stop')] },
      'Fine.',
    ]);
    const wrapped = withStagedRetry(thoughts);
    const { messages } = await streamText({ model: wrapped, tools: { save }, prompt: 'Save it.' }).response;
    await streamText({ model: wrapped, tools: { save }, messages: [...messages, { role: 'user', content: 'And?' }] })
      .text;
    expect(JSON.stringify(thoughts.calls.at(-1)?.prompt)).toMatch(/^(?!.*rs_A).*rs_B.*msg_B/);
  });

  test.each([
    ['text that a check reads along with', 'I would rather talk about it.', Output.text(), [excludes('x!')]],
    ['JSON', right, Output.object({ schema: City }), []],
  ])('shows nothing beside a call that has to be made: %s', async (_, answer, output, checks) => {
    const model = scriptedModel([answer, calls('save', { total: 2 })]);
    const call = { tools: { save }, toolChoice: 'required', prompt: 'Save it.' } as const;
    const result = streamText({ ...call, model: withStagedRetry(model, { checks }), output, onError: () => {} });
    expect(await result.toolCalls).toMatchObject([{ input: { total: 2 } }]);
    expect(await result.text).toBe('');
  });

  test("is asked again at once where a check of the caller's wants it", async () => {
    const model = scriptedModel([calls('save', { total: {}, note: 'x'.repeat(200) }), calls('save', { total: 2 })]);
    const wrapped = withStagedRetry(model, { checks: [toolInputs()] });
    const result = streamText({ model: wrapped, tools: { save }, prompt: 'Save it.' });
    expect(await result.toolCalls).toMatchObject([{ input: { total: 2 } }]);
  });
});

describe('what a person decides of a live answer', () => {
  const schema = jsonSchema({ type: 'object', properties: { a: { type: 'string' }, n: { type: 'number' } } });
  const wrong = '{"a":"hello world","n":{}}';

  async function decided(text: string) {
    const inbox = createInbox();
    const options: StagedRetryOptions = { stages: [retry({ attempts: 1 }), human({ inbox })], scope: 'public' };
    const ask = () => {
      const model = withStagedRetry(scriptedModel([wrong, '{"a":"other","n":1}']), options);
      const errors: unknown[] = [];
      const result = streamText({
        model,
        output: Output.object({ schema }),
        prompt: 'Go.',
        onError: ({ error }) => void errors.push(error),
      });
      return { result, errors };
    };
    const first = ask();
    await first.result.consumeStream();
    const [error] = first.errors;
    const escalation = EscalationPendingError.isInstance(error) ? error.escalation : undefined;
    await inbox.decide(escalation?.id ?? '', { type: 'edit', text, force: true });
    return { escalation, ...ask() };
  }

  test('is shown the whole of the answer', async () => {
    const { escalation } = await decided('{"a":"hello world","n":7}');
    expect(escalation?.proposal).toBe(wrong);
    expect(escalation?.released).toMatch(/^\{"a":"hello/);
  });

  test('goes out whole when the request is sent again', async () => {
    const { result } = await decided('{"a":"something else","n":7}');
    expect(await result.text).toBe('{"a":"something else","n":7}');
  });

  test.each(['auto', 'buffer'] as const)(
    'is never half an answer, nor is what goes out without one (%s)',
    async (delivery) => {
      const escalations: Escalation[] = [];
      const approvals: Promise<unknown>[] = [];
      const inbox = createInbox({
        onFiled(escalation) {
          escalations.push(escalation);
          for (const attempt of [{}, { attempt: 1 }])
            approvals.push(
              inbox.decide(escalation.id, { type: 'approve', ...attempt }).catch(({ message }) => message),
            );
        },
      });
      const model = withStagedRetry(
        scriptedModel([{ parts: inPieces('{"a":"hello","n":{},"b":1}') }, failsWith(529)]),
        {
          stages: [retry({ attempts: 2 }), human({ inbox })],
          scope: 'public',
          transport: { attempts: 1 },
          delivery,
        },
      );
      const errors: unknown[] = [];
      await streamText({
        model,
        output: Output.object({ schema }),
        prompt: 'Go.',
        onError: ({ error }) => void errors.push(error),
      }).consumeStream();
      expect(EscalationPendingError.isInstance(errors[0])).toBe(true);
      expect(escalations).toMatchObject([{ proposal: '', issues: [{ path: ['n'] }] }]);
      expect(await Promise.all(approvals)).toEqual([
        expect.stringContaining('no complete answer to approve'),
        expect.stringContaining('no complete answer to approve'),
      ]);
    },
  );

  test.each([true, false])('is an error where it takes back what this stream has shown, forced: %s', async (force) => {
    let filed = 0;
    const text = '{"a":"bye","n":7}';
    const inbox = createInbox({
      onFiled({ id }) {
        filed += 1;
        if (filed === 1) void inbox.decide(id, { type: 'edit', text, force });
      },
    });
    const events = recorder();
    const model = withStagedRetry(scriptedModel([wrong]), {
      stages: [retry({ attempts: 1 }), human({ inbox, wait: { timeoutMs: 5000, pollMs: 5 } })],
      scope: 'public',
      events,
    });
    const errors: Error[] = [];
    const ask = () =>
      streamText({
        model,
        output: Output.object({ schema }),
        prompt: 'Go.',
        onError: ({ error }) => void errors.push(error as Error),
      });
    let shown = '';
    for await (const delta of ask().textStream) shown += delta;
    expect(wrong.startsWith(shown)).toBe(true);
    expect(StagesExhaustedError.isInstance(errors[0])).toBe(true);
    expect(errors[0]?.message).toMatch(
      /^A person's decision contradicts what the stream had delivered, .* again to get/,
    );
    expect(events.of('stage-end').at(-1)).toMatchObject({ stage: 'human', decision: 'edit' });
    expect(events.of('run-end')).toMatchObject([{ outcome: 'failed', error: errors[0] }]);
    expect(await ask().text).toBe(text);
    expect(filed).toBe(1);
  });
});

test('the text beside a call of a tool is no answer', async () => {
  const { content } = calls('find', { q: 'x' });
  const model = scriptedModel([{ content: [{ type: 'text', text: '{"city":{},"n":1}' }, ...content] }, right]);
  const find: Tool = tool({ inputSchema: z.object({ q: z.string() }) });
  const output = Output.object({ schema: City });
  const result = streamText({
    model: withStagedRetry(model),
    output,
    tools: { find },
    prompt: 'Where?',
    onError: () => {},
  });
  expect(await result.toolCalls).toMatchObject([{ toolName: 'find' }]);
  expect(model.calls).toHaveLength(1);
});

describe('a call of a tool contradicts nothing that was shown before it', () => {
  const find: Tool = tool({ inputSchema: z.object({ q: z.string() }) });
  const { content: call } = calls('find', { q: 'x' });
  const wrong = '{"city":"Lyon","n":"?"}';
  const beside = (text: string, input: object): ScriptedAnswer => ({
    content: [{ type: 'text', text }, ...calls('find', input).content],
  });

  test.each<[what: string, answers: readonly ScriptedAnswer[], text: string, calls: object]>([
    ['alone', [pieced(wrong), { content: call }], '{"city":"Lyon"', { input: { q: 'x' } }],
    [
      'with other words',
      [pieced(wrong), beside('Let me look.', { q: 'x' })],
      '{"city":"Lyon"|Let me look.',
      { input: { q: 'x' } },
    ],
    [
      'with the same words',
      [pieced(wrong), beside('{"city":"Lyon"}', { q: 'x' })],
      '{"city":"Lyon"}',
      { input: { q: 'x' } },
    ],
    [
      'with an input that only the SDK takes',
      [pieced(wrong), beside('So.', { q: 1 })],
      '{"city":"Lyon"|So.',
      { invalid: true },
    ],
  ])('%s', async (_, answers, text, made) => {
    const model = scriptedModel(answers);
    const output = Output.object({ schema: City });
    const asked = {
      model: withStagedRetry(model, { fix: { values: false } }),
      output,
      tools: { find },
      prompt: 'Where?',
    };
    const { content, toolCalls } = await streamText({ ...asked, onError: () => {} }).finalStep;
    expect(toolCalls).toMatchObject([{ toolName: 'find', ...made }]);
    expect(content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('|')).toBe(text);
  });
});

test('a text that is too short at its end is continued', async () => {
  const model = scriptedModel(['aa', 'aa bbbbb']);
  const result = streamText({ model: withStagedRetry(model, { checks: [length({ min: 5 })] }), prompt: 'Say.' });
  expect(await result.text).toBe('aa bbbbb');
});

test.each<[what: string, options: StagedRetryOptions]>([
  ['a text that is no JSON', { whenExhausted: () => 'Sorry, no.' }],
  ['an answer in a fence', { whenExhausted: 'deliver', stages: [retry({ attempts: 1 })] }],
])('half an answer is no answer where the run ends with %s', async (_, options) => {
  const answer = '```json\n{"city":"Lyon","n":"many"}\n```';
  const shape = check({ name: 'shape', schema: City, incremental: true });
  const model = withStagedRetry(scriptedModel([answer]), { checks: [shape], ...options });
  const errors: unknown[] = [];
  const result = streamText({
    model,
    output: Output.object({ schema: City }),
    prompt: 'Where?',
    onError: ({ error }) => void errors.push(error),
  });
  await result.consumeStream();
  expect(errors).toEqual([expect.any(StagesExhaustedError)]);
});

test('an answer that used up the budget is read to its end', async () => {
  const model = scriptedModel(['{"city":{},"n":1}', right]);
  const wrapped = withStagedRetry(model, { budget: { outputTokens: 1 } });
  const result = streamText({
    model: wrapped,
    output: Output.object({ schema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } } }) }),
    prompt: 'Where?',
    onError: () => {},
  });
  expect(await result.text).toBe('{"city":{},"n":1}');
  expect(model.calls).toHaveLength(1);
});

test('what a check holds back of an answer that was cut off anywhere is gone on with', async () => {
  const whole = '{"city":"Lyon","tags":["a","b"],"n":12}';
  const finish = { type: 'finish', usage: { inputTokens: {}, outputTokens: {} }, finishReason: { unified: 'length' } };
  const schema = z.object({ city: z.string(), tags: z.array(z.string()), n: z.number() });
  for (let cut = 1; cut < whole.length; cut += 1) {
    const deltas = [...whole.slice(0, cut)].map((delta) => ({ type: 'text-delta', id: '1', delta }));
    const parts = [{ type: 'text-start', id: '1' }, ...deltas, { type: 'text-end', id: '1' }, finish] as StreamPart[];
    const model = withStagedRetry(scriptedModel([{ parts }, whole]), { checks: [excludes('forbidden')] });
    const { text } = streamText({ model, output: Output.object({ schema }), prompt: 'Where?' });
    expect(await text).toBe(whole);
  }
});

describe('what reading leaves out is not judged by a check that reads along', () => {
  test.each<[where: string, answer: string, checks: readonly Check[]]>([
    ['behind the JSON', `${right}\nNo forbidden words.`, [excludes('forbidden')]],
    ['before it', `No forbidden words:\n${right}`, [excludes('forbidden')]],
    ['in thoughts', `<think>No forbidden words.</think>${right}`, [excludes('forbidden')]],
    ['in a comment', `// forbidden\n${right}`, [excludes('forbidden')]],
    ['in the tag of a fence', `\`\`\`json\n${right}\n\`\`\``, [excludes('json')]],
    ['behind JSON with other quotes', `{'city':'Lyon','n':1}\nNo forbidden words.`, [excludes('forbidden')]],
    ['the name of a wrapper', `{"answer":${right}}`, [excludes('answer')]],
    ['the length of a wrapper', `{"answer":${right}}`, [length({ max: right.length })]],
  ])('%s', async (_, answer, checks) => {
    for (const parts of [inPieces(answer), inPieces(answer, answer.length)]) {
      const model = scriptedModel([{ parts }, right]);
      const { output } = streamText({
        model: withStagedRetry(model, { checks }),
        output: Output.object({ schema: City }),
        prompt: 'Where?',
      });
      expect(await output).toEqual({ city: 'Lyon', n: 1 });
      expect(model.calls).toHaveLength(1);
    }
  });

  test('what it finds in the answer itself ends the attempt', async () => {
    const events = recorder();
    const model = withStagedRetry(scriptedModel([pieced('{"city":"Lyon, a forbidden place","n":1}'), right]), {
      checks: [excludes(', a forbidden')],
      events,
    });
    const { output } = streamText({ model, output: Output.object({ schema: City }), prompt: 'Where?' });
    expect(await output).toEqual({ city: 'Lyon', n: 1 });
    expect(events.of('attempt-end')[0]?.attempt.estimatedTokens).toBeGreaterThan(0);
  });
});

test('half an answer of a provider that broke off is no answer', async () => {
  const parts: StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: '1' },
    { type: 'text-delta', id: '1', delta: '{"city":"Ly' },
  ];
  const model = scriptedModel([{ parts }]);
  const errors: unknown[] = [];
  const result = streamText({
    model: withStagedRetry(model, { transport: { attempts: 1 } }),
    output: Output.object({ schema: City }),
    prompt: 'Where?',
    onError: ({ error }) => void errors.push(error),
  });
  await expect(Promise.resolve(result.text)).rejects.toThrow('The provider failed');
  expect(errors).toHaveLength(1);
});

describe('an answer of a provider that sends no finish', () => {
  const block = (delta: string): StreamPart[] => [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: '1' },
    { type: 'text-delta', id: '1', delta },
    { type: 'text-end', id: '1' },
  ];
  const { content: called = [] } = calls('look', { n: 1 });
  const look: Tool = tool({ inputSchema: z.object({ n: z.number() }) });
  const object = { output: Output.object({ schema: City }) };

  test.each<[what: string, parts: readonly StreamPart[], call: object, options?: StagedRetryOptions]>([
    ['a text', block('Lyon.'), {}, { checks: [excludes('Paris')] }],
    ['a text of which a check sees the whole', block('Lyon.'), {}, { checks: [check('any', () => true)] }],
    ['JSON', block(right), object],
    ['JSON that is held', block(right), object, { delivery: 'buffer' }],
    ['JSON in a block that does not end', block(right).slice(0, -1), object],
    ['the same, held', block(right).slice(0, -1), object, { delivery: 'buffer' }],
    ['a call', [...block('Let me look.'), ...(called as StreamPart[])], { tools: { look } }],
  ])('ends as that of the bare model: %s', async (_, parts, call, options = {}) => {
    const ending = async (model: Parameters<typeof streamText>[0]['model']) => {
      const result = streamText({ model, prompt: 'Where?', ...call });
      const { content, finishReason } = await result.finalStep;
      const said = content.map((part) => ({ ...part, providerMetadata: undefined }));
      return { said, finishReason, output: 'output' in call ? await result.output : undefined };
    };
    const bare = await ending(scriptedModel([{ parts }]));
    expect(await ending(withStagedRetry(scriptedModel([{ parts }]), options))).toEqual(bare);
    expect(bare.finishReason).toBe('other');
  });

  test('is asked again if it is wrong, with what is wrong with it', async () => {
    const parts = block('{"city":"Lyon","n":{}}');
    const model = scriptedModel([{ parts }, { parts: block(right) }]);
    const { output } = streamText({ model: withStagedRetry(model), ...object, prompt: 'Where?' });
    expect(await output).toEqual({ city: 'Lyon', n: 1 });
    expect(JSON.stringify(model.calls[1]?.prompt)).toContain('/n');
  });
});

describe('an error that the stream itself reports ends it as it ends that of the bare model', () => {
  const text = (words: string, id = '1'): StreamPart[] => [
    { type: 'text-start', id },
    ...(words.match(/.{1,4}/gs) ?? []).map((delta) => ({ type: 'text-delta', id, delta }) as const),
    { type: 'text-end', id },
  ];
  const { content: called = [] } = calls('look', { n: 1 });
  const look: Tool = tool({ inputSchema: z.object({ n: z.number() }), execute: () => 'seen' });
  const object = { output: Output.object({ schema: City }) };
  const withHello: StagedRetryOptions = { checks: [excludes('worst')] };
  const strict = check({ name: 'city', schema: City, incremental: true });
  const source = { type: 'source', sourceType: 'url', id: 's', url: 'https://a.test' } as StreamPart;

  test.each<[what: string, parts: readonly StreamPart[], call: object, options?: StagedRetryOptions]>([
    ['in the middle of a string', text('{"city":"Ly').slice(0, -1), object],
    ['in the middle of a number that is held', text('{"n":12').slice(0, -1), object],
    ['behind a whole answer', text(right), object],
    ['behind a wrong one', text('{"n":{},"city":"Lyon"}'), object],
    ['behind prose that is held', text(`Here it is: ${right}`), object],
    ['behind a whole answer that a check of yours passes', text(right), object, { checks: [strict] }],
    ['behind what may be an unwanted word', text('Hello wor').slice(0, -1), {}, withHello],
    ['behind a text that every check passes', text('Hello world'), {}, { checks: [length({ min: 3 }), excludes('x')] }],
    ['behind a text of which a check sees the whole', text('Hello'), {}, { checks: [check('any', () => true)] }],
    [
      'behind thoughts and a source',
      [{ type: 'reasoning-start', id: 'r' }, { type: 'reasoning-end', id: 'r' }, source, ...text(right), source],
      object,
    ],
    [
      'behind a call and a text',
      [...text('I look.'), ...called, ...text('And wait.', '2')] as StreamPart[],
      { tools: { look } },
    ],
    [
      'in the middle of the input of a call',
      [
        ...text('I look.'),
        { type: 'tool-input-start', id: 'c', toolName: 'look' },
        { type: 'tool-input-delta', id: 'c', delta: '{' },
      ],
      { tools: { look } },
    ],
  ])('%s', async (_, parts, call, options = {}) => {
    const given: ScriptedAnswer = {
      parts: [{ type: 'stream-start', warnings: [] }, ...parts, { type: 'error', error: failsWith(400) }],
    };
    const end = async (wrap: (model: ScriptedModel<'v4'>) => Pick<ScriptedModel<'v4'>, 'doStream'>) => {
      const errors: unknown[] = [];
      const result = streamText({
        ...call,
        model: wrap(scriptedModel([given], { specificationVersion: 'v4' })) as ScriptedModel<'v4'>,
        prompt: 'Where?',
        onError: ({ error }) => void errors.push(error),
      });
      const seen: string[] = [];
      for await (const { type } of result.fullStream) if (type !== 'text-end') seen.push(type);
      const output = Promise.resolve('output' in call ? result.output : result.text);
      return {
        seen: seen.filter((type, index) => type !== seen[index - 1]),
        errors: errors.length,
        text: await result.text,
        output: await output.catch(({ name }: Error) => name),
      };
    };
    const bare = await end((model) => model);
    for (const delivery of ['auto', 'buffer'] as const)
      expect(await end((model) => withStagedRetry(model, { ...options, delivery }))).toEqual(bare);
  });

  test.each<[what: string, parts: readonly StreamPart[], shown: string, options: StagedRetryOptions, call?: object]>([
    [
      'half an answer that a check of yours does not pass',
      text('{"n":1,"city":"Ly'),
      '',
      { checks: [strict], delivery: 'buffer' },
      object,
    ],
    ['a text that one objects to', text('Hello'), '', { checks: [check('not', () => 'No.')] }],
    ...[{}, { providerExecuted: true }].map((more) => {
      const call: StreamPart[] = [
        { type: 'tool-input-start', id: 'c', toolName: 'look', ...more },
        { type: 'tool-input-delta', id: 'c', delta: '{"q' },
      ];
      const options: StagedRetryOptions = { checks: [check('not', () => 'No.')] };
      return ['a text before a call that did not end', [...text('Hello'), ...call], '', options] as never;
    }),
  ])('of what was held, %s stays back', async (_, parts, shown, options, call = {}) => {
    const model = withStagedRetry(
      scriptedModel([{ parts: [...parts, { type: 'error', error: failsWith(400) }] }]),
      options,
    );
    expect(await streamText({ model, prompt: 'Where?', onError: () => {}, ...call }).text).toBe(shown);
  });

  test.each([
    ['goes on from what was shown goes out', right, right],
    ['does not go on from it stays back', '{"city":"Paris","n":1}', '{"city":"Lyon"'],
  ])('an answer that %s', async (_, second, shown) => {
    const first: ScriptedAnswer = { parts: inPieces('{"city":"Lyon","n":{},"x":1}') };
    const parts: StreamPart[] = [...text(second), { type: 'error', error: failsWith(400) }];
    const model = withStagedRetry(scriptedModel([first, { parts }]));
    const result = streamText({ model, output: object.output, prompt: 'Where?', onError: () => {} });
    expect(await result.text).toBe(shown);
  });
});

describe('prose that broke off in the middle', () => {
  const save: Tool = tool({ inputSchema: z.object({ total: z.number() }) });
  const cut = (text: string, ...more: StreamPart[]): ScriptedAnswer => ({
    parts: [
      { type: 'stream-start', warnings: [] },
      { type: 'text-start', id: '1' },
      { type: 'text-delta', id: '1', delta: text },
      ...more,
      { type: 'error', error: new Error('overloaded') },
    ],
  });
  const end = async (answers: readonly ScriptedAnswer[]) => {
    const errors: string[] = [];
    const model = withStagedRetry(scriptedModel(answers), { transport: { initialMs: 0 } });
    const result = streamText({
      model,
      tools: { save },
      prompt: 'Save it.',
      onError: ({ error }) => void errors.push((error as Error).name),
    });
    return { text: await result.text, errors };
  };
  const inTool: StreamPart[] = [{ type: 'tool-input-start', id: 'c', toolName: 'save' }];

  test.each<[what: string, answers: readonly ScriptedAnswer[], text: string]>([
    ['goes on with an answer that begins with it', [cut('Let me sa'), 'Let me save it.'], 'Let me save it.'],
    ['is not glued to one that begins otherwise', [cut('Let me sa'), 'Hello.', 'Let me save it.'], 'Let me save it.'],
    ['goes on when it breaks off again', [cut('Let'), cut('Let me sa'), 'Let me save it.'], 'Let me save it.'],
    ['ends where a call comes', [cut('Let me sa'), calls('save', { total: 1 })], 'Let me sa'],
    ['is whole where a call has begun behind it', [cut('I will.', ...inTool), 'Saved.'], 'I will.Saved.'],
  ])('%s', async (_, answers, text) => {
    expect(await end(answers)).toEqual({ text, errors: [] });
  });

  test('ends with an error, as it ends for the bare model, when no answer goes on from it', async () => {
    expect(await end([cut('Let me sa'), 'Hello.'])).toEqual({
      text: 'Let me sa',
      errors: ['StagedRetry_StagesExhaustedError'],
    });
  });
});

test("a live stream reads on at its reader's pace", async () => {
  let given = 0;
  const endless = new ReadableStream<StreamPart>({
    pull(controller) {
      if (given === 0) controller.enqueue({ type: 'text-start', id: '1' });
      given += 1;
      controller.enqueue({ type: 'text-delta', id: '1', delta: 'word ' });
    },
  });
  const scripted = scriptedModel([''], { specificationVersion: 'v4' });
  const bare = { ...scripted, doStream: async () => ({ stream: endless }) } as unknown as ScriptedModel<'v4'>;
  const result = streamText({ model: withStagedRetry(bare, { checks: [toolInputs()] }), prompt: 'Go.' });
  const reader = result.textStream.getReader();
  for (let read = 0; read < 10; read += 1) await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(given).toBeLessThan(100);
  await reader.cancel();
});

test('parts keep the order of the provider', async () => {
  const parts: StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'reasoning-start', id: 'r1' },
    { type: 'reasoning-end', id: 'r1', providerMetadata: { openai: { itemId: 'rs_1' } } },
    { type: 'text-start', id: 't1' },
    { type: 'text-delta', id: 't1', delta: '{"city":"Ly' },
    { type: 'text-end', id: 't1' },
    { type: 'source', sourceType: 'url', id: 's', url: 'https://a.test' } as StreamPart,
    { type: 'reasoning-start', id: 'r2' },
    { type: 'reasoning-end', id: 'r2' },
    { type: 'text-start', id: 't2', providerMetadata: { openai: { itemId: 'msg_2' } } },
    { type: 'text-delta', id: 't2', delta: 'on","n":1}' },
    { type: 'text-end', id: 't2' },
  ];
  const content = parts.slice(1);
  const model = scriptedModel([{ parts: [...parts, { type: 'finish', usage, finishReason }] }]);
  const wrapped = withStagedRetry(model);
  const params = { prompt: [], responseFormat: { type: 'json', schema: z.toJSONSchema(City) } };
  const { stream } = await wrapped.doStream(params as never);
  const received: StreamPart[] = [];
  for await (const part of stream as unknown as AsyncIterable<StreamPart>) received.push(part);
  const shape = (all: readonly StreamPart[]) => all.filter(({ type }) => type !== 'text-delta');
  expect(shape(received.slice(1, -1))).toEqual(shape(content));
  const textOf = (id: string) =>
    received.map((part) => (part.type === 'text-delta' && part.id === id ? part.delta : ''));
  expect([textOf('t1').join(''), textOf('t2').join('')]).toEqual(['{"city":"Ly', 'on","n":1}']);
});

test.each<[title: string, texts: readonly string[], options: StagedRetryOptions]>([
  ['text', ['Ly', 'on.'], { checks: [excludes('Paris')] }],
  [
    'JSON as it stands',
    ['{"city":"Ly', 'on","n":1}'],
    { checks: [check({ name: 'city', schema: City, incremental: true })] },
  ],
])('what a provider says of its text with the last, empty delta stays: %s', async (_, texts, options) => {
  const signature = { google: { thoughtSignature: 'c2lnbmVk' } };
  const parts: StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: 't' },
    ...texts.map((delta) => ({ type: 'text-delta', id: 't', delta }) as const),
    { type: 'text-delta', id: 't', delta: '', providerMetadata: signature },
    { type: 'text-end', id: 't' },
    { type: 'finish', usage, finishReason },
  ];
  const model = withStagedRetry(scriptedModel([{ parts }]), { ...options, delivery: 'live' });
  const [content] = await streamText({ model, prompt: 'Where?' }).content;
  expect(content).toMatchObject({ type: 'text', providerMetadata: signature });
});

const usage = {
  inputTokens: { total: 1, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: undefined, reasoning: undefined },
};
const finishReason = { unified: 'stop', raw: undefined };

describe('an answer that is held, and comes with long pauses', () => {
  const pauseMs = 60;

  /** Its text comes in three pieces. */
  function slow() {
    const model = scriptedModel(['{"city":"Lyon","n":1}']);
    const doStream = async (params: never) => {
      const { stream, ...rest } = await model.doStream(params);
      const paused = new TransformStream({
        async transform(part: StreamPart, controller) {
          if (part.type === 'text-delta' || part.type === 'text-end')
            await new Promise((resolve) => setTimeout(resolve, pauseMs));
          controller.enqueue(part);
        },
      });
      return { ...rest, stream: (stream as ReadableStream<StreamPart>).pipeThrough(paused) };
    };
    return { ...model, doStream } as never as ScriptedModel;
  }

  const ask = (options: StagedRetryOptions, chunkMs: number) =>
    streamText({
      model: withStagedRetry(slow(), { delivery: 'buffer', ...options }),
      output: Output.object({ schema: City }),
      timeout: { chunkMs },
      prompt: 'Go.',
      onError: () => {},
    });

  test("is not ended by the SDK's limit between two chunks, of which it shows none", async () => {
    expect(await ask({}, pauseMs / 3).output).toEqual(JSON.parse(right));
  });

  test('is ended by a limit on what the provider sends', async () => {
    const transport = { attempts: 1, timeout: { firstChunkMs: 5000, chunkMs: pauseMs / 3 } };
    await expect(ask({ transport }, 10_000).output).rejects.toThrow();
  });
});

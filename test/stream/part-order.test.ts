import { describe, expect, test } from 'vitest';
import { excludes, length } from '../../src/checks/index.ts';
import { check, retry, type Stage, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import type { CallOptions, LanguageModel, StreamPart } from '../../src/model/language-model.ts';
import { assembler } from '../../src/stream/assemble.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { noUsage } from '../../src/trace/usage.ts';

type Delivery = NonNullable<StagedRetryOptions['delivery']>;

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, n: { type: 'number' }, wet: { type: 'boolean' } },
  required: ['city', 'n'],
} as const;

const prompt: CallOptions['prompt'] = [{ role: 'user', content: [{ type: 'text', text: 'Where?' }] }];
const asJson: CallOptions = { prompt, responseFormat: { type: 'json', schema } };
const inChat: CallOptions = { prompt, tools: [{ type: 'function', name: 'look', inputSchema: { type: 'object' } }] };

/** The parts of a block, of which `[` starts it and `]` ends it: `r[`, `t:some text`, `]t`; anything else is a source. */
function parts(...script: readonly string[]): StreamPart[] {
  return script.flatMap((step): StreamPart[] => {
    const [, id = '', delta] = /^(\w+):(.*)$/s.exec(step) ?? [];
    if (delta !== undefined) return inPieces(typeOf(id), id, delta);
    if (step.endsWith('[')) return [{ type: `${typeOf(step)}-start`, id: step.slice(0, -1) }];
    if (step.startsWith(']')) return [{ type: `${typeOf(step.slice(1))}-end`, id: step.slice(1) }];
    return [{ type: 'source', sourceType: 'url', id: step, url: 'https://a.test' } as StreamPart];
  });
}

function typeOf(id: string): 'text' | 'reasoning' {
  return id.startsWith('r') ? 'reasoning' : 'text';
}

function inPieces(type: 'text' | 'reasoning', id: string, text: string): StreamPart[] {
  return (text.match(/.{1,3}/gs) ?? []).map((delta) => ({ type: `${type}-delta`, id, delta }));
}

function answering(...answers: readonly StreamPart[][]) {
  const finish: StreamPart = { type: 'finish', usage: noUsage, finishReason: { unified: 'stop', raw: undefined } };
  return scriptedModel(answers.map((given) => ({ parts: [{ type: 'stream-start', warnings: [] }, ...given, finish] })));
}

async function streamed(model: unknown, params: CallOptions): Promise<StreamPart[]> {
  const { stream } = await (model as LanguageModel).doStream(params);
  const read: StreamPart[] = [];
  for await (const part of stream as unknown as AsyncIterable<StreamPart>) read.push(part);
  return read;
}

/** The parts without our marks, the pieces of a text joined. */
function shown(given: readonly StreamPart[]): string[] {
  const steps: string[] = [];
  for (const part of given) {
    const last = steps.at(-1);
    if (!('id' in part)) continue;
    if (part.type.endsWith('-start')) steps.push(`${part.id}[`);
    else if (part.type.endsWith('-end')) steps.push(`]${part.id}`);
    else if (!('delta' in part)) steps.push(String(part.id));
    else if (last?.startsWith(`${part.id}:`) === true) steps[steps.length - 1] = `${last}${part.delta}`;
    else if (part.delta !== '') steps.push(`${part.id}:${part.delta}`);
  }
  return steps;
}

describe.each<Delivery>(['auto', 'live', 'buffer'])('parts keep their order (%s)', (delivery) => {
  test.each<[what: string, params: CallOptions, script: readonly string[]]>([
    [
      'sources and thoughts inside a text',
      asJson,
      ['t[', 't:{"city":"Ly', 's1', 't:on","n"', 'r[', 'r:Hm', ']r', 't::1', 's2', 't:}', ']t', 's3'],
    ],
    [
      'thoughts that go on beside the text',
      asJson,
      ['r[', 'r:one', 't[', 't:{"city":"Lyon",', 'r:two', ']r', 't:"n":1}', ']t'],
    ],
    [
      'empty texts',
      asJson,
      ['e[', ']e', 's1', 't[', 't:{"city":"Lyon",', ']t', 'f[', ']f', 'u[', 'u:"n":1}', ']u', 'g[', ']g'],
    ],
    ['texts that take turns', asJson, ['t[', 't:{"city":"Ly', 'u[', 'u:"n":1', 't:on",', ']t', 'u:}', ']u']],
    [
      'texts that take turns in a chat',
      inChat,
      ['t[', 'u[', 'u:It is', 't:Sun ', 's1', 'u: fine', ']t', 't2[', 't2:!', ']u', ']t2'],
    ],
    [
      'ids that come again',
      asJson,
      ['r[', 'r:a', ']r', 't[', 't:{"city":"Lyon",', ']t', 'r[', 'r:b', ']r', 't[', 't:"n":1}', ']t', 'r[', ']r'],
    ],
    ['white space', asJson, ['w[', 'w:\n', ']w', 't[', 't:\n\n  \n {"city":"Lyon","n":1}\n', ']t']],
    ['a text that does not end', asJson, ['t[', 't:{"city":"Lyon","n":1}']],
  ])('%s', async (_, params, script) => {
    const model = withStagedRetry(answering(parts(...script)), { delivery });
    expect(shown(await streamed(model, params))).toEqual(shown(parts(...script)));
  });
});

test.each<[what: string, options: StagedRetryOptions, params: CallOptions, half: string, whole: string]>([
  ['JSON', {}, asJson, '{"city":"Ly', '{"city":"Lyon","n":1}'],
  ['text', { checks: [length({ min: 12 })], delivery: 'live' }, { prompt }, 'Sun and', 'Sun and rain.'],
])('an answer that stops too early goes on in its own block: %s', async (_, options, params, half, whole) => {
  const providerMetadata = { openai: { itemId: 'msg_1' } };
  const first = parts('t[', `t:${half}`, ']t').map((part) => ('delta' in part ? part : { ...part, providerMetadata }));
  const model = withStagedRetry(answering(first, parts('t[', `t:${whole}`, ']t')), options);
  const all = await streamed(model, params);
  expect(shown(all)).toEqual(['t[', `t:${whole}`, ']t']);
  expect(all.find(({ type }) => type === 'text-end')).toEqual({
    type: 'text-end',
    id: 't',
    providerMetadata: { stagedRetry: { spliced: true } },
  });
});

describe('an earlier answer that goes out in the end shows nothing twice', () => {
  const more = check('more', ({ value }) => (value as { n: number }).n > 5 || 'Make n more than 5.');
  test.each<[what: string, options: StagedRetryOptions, n: string]>([
    ['delivered when the attempts are over', { checks: [more], delivery: 'live', whenExhausted: 'deliver' }, '1'],
    ['unchanged', {}, '"x"'],
  ])('%s', async (_, options, n) => {
    const first = parts('r[', 'r:a', 's1', 't[', 't:{"city":"Lyon",', 's2', `t:"n":${n}}`, ']t', 's3');
    const other = parts('r[', 'r:b', ']r', 's4', 't[', `t:{"city":"Paris","n":${n}}`, ']t', 's5');
    const all = await streamed(withStagedRetry(answering(first, other), options), asJson);
    expect(shown(all).filter((step) => /^s|:/.test(step))).toEqual([
      ...['r:a', 's1', 't:{"city":"Lyon"', 'r-2:b', `t:,"n":${n}}`, 's2', 's3'],
    ]);
  });
});

test('a value that is released whole comes in one piece', async () => {
  const pieces = [...'{"city":"Lyon","n":1.25,"o":"x.","m":2.5}'].flatMap((piece) => parts(`t:${piece}`));
  const model = withStagedRetry(answering([...parts('t['), ...pieces, ...parts(']t')]));
  const deltas = (await streamed(model, asJson)).map((part) => ('delta' in part ? part.delta : ''));
  expect(deltas.filter((delta) => /[\d.]/.test(delta))).toEqual([
    expect.stringContaining('1.25'),
    expect.stringContaining('x'),
  ]);
});

/** A stage that adds a member to the model's answer. */
const longer: Stage = {
  ...retry({ attempts: 1 }),
  isPlainCall: false,
  async propose({ params, call }) {
    const answer = await call(params);
    return { ...answer, text: answer.text.replace('}', ',"m":2}') };
  },
};

describe('an answer that is read loses none of its thoughts', () => {
  test.each<[what: string, script: readonly string[]]>([
    [
      'ids that come again, behind prose',
      ['r[', 'r:a', ']r', 't[', 't:Here: {"city":"Ly', 'r[', 'r:b', ']r', 't:on","n":1} ok', ']t', 'r[', 'r:c', ']r'],
    ],
    [
      'ids that come again, around a fence',
      [
        'r[',
        'r:a',
        ']r',
        't[',
        't:```json\n{"city":"Lyon","n":1}\n',
        'r[',
        'r:b',
        ']r',
        't:```',
        ']t',
        'r[',
        'r:c',
        ']r',
      ],
    ],
    [
      'ids that come again, beside a value that is read',
      ['r[', 'r:a', ']r', 't[', 't:{"n":"1","city":"Ly', 'r[', 'r:b', ']r', 't:on"}', ']t', 'r[', 'r:c', ']r'],
    ],
    [
      'thoughts that go on beside prose',
      ['r[', 'r:one', 't[', 't:Sure: ', 'r:two', 't:{"city":"Lyon","n":1}', ']t', 'r:three', ']r'],
    ],
    [
      'thoughts that go on beside a fence',
      ['r[', 'r:one', 't[', 't:```json\n{"city":"Ly', 'r:two', 't:on","n":1}\n```', ']t', 'r:three', ']r', 's1'],
    ],
    ['a source behind prose', ['t[', 't:Here it is:', ']t', 's1', 'u[', 'u:{"city":"Lyon","n":1}', ']u', 's2']],
    [
      'a source inside the opening of a fence',
      ['t[', 't:```j', ']t', 's1', 'u[', 'u:son\n{"city":"Lyon","n":1}\n```', ']u'],
    ],
    ['a source behind it', ['t[', 't:```', ']t', 's1', 'u[', 'u:\n{"n":"1","city":"Lyon"}\n```', ']u', 's2']],
  ])('%s', async (_, script) => {
    const content = async (delivery: Delivery) => {
      const assembled = assembler();
      const model = withStagedRetry(answering(parts(...script)), { delivery });
      for (const part of await streamed(model, asJson)) assembled.push(part);
      return assembled.result().content.map((part) => ('text' in part ? `${part.type} ${part.text}` : part.type));
    };
    expect(await content('live')).toEqual(await content('buffer'));
    expect(await content('auto')).toEqual(await content('buffer'));
  });

  test.each<[what: string, stage: Stage, texts: readonly string[]]>([
    ['an answer that goes out unchanged', retry({ attempts: 1 }), ['{"n":"1","city":"Lyon","wet":[]}']],
    ['an answer that a stage edits', longer, ['Lyon.', '{"n":1,"city":"Lyon"}']],
  ])('nor is any said twice: %s', async (_, stage, texts) => {
    const answers = texts.map((text, index) => parts('r[', 'r:a', ']r', 't[', `t:${text}`, ']t', `s${index}`));
    const model = withStagedRetry(answering(...answers), { stages: [stage], delivery: 'live' });
    const all = shown(await streamed(model, asJson));
    expect(all).toContain(`s${texts.length - 1}`);
    expect(all).toEqual([...new Set(all)]);
  });

  test.each<Delivery | 'generated'>(['generated', 'buffer', 'live'])('and stands where it begins: %s', async (how) => {
    const script = parts('t[', 't:Here it is:', ']t', 's1', 'u[', 'u:{"city":"Lyon","n":1}', ']u');
    const assembled = assembler();
    if (how === 'generated') {
      for (const part of script) assembled.push(part);
      const model = withStagedRetry(scriptedModel([{ content: assembled.result().content }])) as LanguageModel;
      expect((await model.doGenerate(asJson)).content.map(({ type }) => type)).toEqual(['source', 'text']);
      return;
    }
    const model = withStagedRetry(answering(script), { delivery: how });
    for (const part of await streamed(model, asJson)) assembled.push(part);
    expect(assembled.result().content.map(({ type }) => type)).toEqual(['source', 'text']);
  });

  test('nor what came with the pieces of its text', async () => {
    const signature = { google: { thoughtSignature: 'x' } };
    const script = parts('t[', 't:{"city":"Lyon"', 't:,"n":1}', ']t').map((part, index) =>
      index === 2 ? { ...part, providerMetadata: signature } : part,
    );
    const all = await streamed(withStagedRetry(answering(script)), asJson);
    expect(all.filter((part) => 'providerMetadata' in part && 'id' in part)).toMatchObject([{ type: 'text-delta' }]);
  });

  test('nor what came with an empty text before it', async () => {
    const providerMetadata = { google: { thoughtSignature: 'x' } };
    const [start = { type: 'raw' }, ...rest] = parts('e[', ']e', 't[', 't:It is fine.', ']t');
    const script = [{ ...start, providerMetadata }, ...rest] as StreamPart[];
    const all = await streamed(withStagedRetry(answering(script), { checks: [excludes('rain')] }), { prompt });
    expect(shown(all)).toEqual(shown(script));
    expect(all.find(({ type }) => type === 'text-start')).toMatchObject({ providerMetadata });
  });

  test('and all those of an answer that is refused are kept out of the next prompt', async () => {
    const thoughts = ['r[', 'r:a', ']r', 'r[', 'r:b', ']r'];
    const model = answering(
      parts(...thoughts, 't[', 't:{"n":"x"}', ']t'),
      parts('r[', 'r:c', ']r', 't[', 't:{"city":"Lyon","n":1}', ']t'),
    );
    const all = await streamed(withStagedRetry(model), asJson);
    expect(all.find(({ type }) => type === 'text-end')).toMatchObject({
      providerMetadata: { stagedRetry: { discardedReasoning: 2 } },
    });
  });
});

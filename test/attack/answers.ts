import { fallback, repair, retry, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import type { Random } from '../faults/simulation/random.ts';
import { type Attack, lineOf, tried, unhandledOf } from './attack.ts';
import { longestBlock, tooLong } from './longest-block.ts';

const schema = {
  type: 'object',
  properties: { n: { type: 'number' }, text: { type: 'string' }, list: { type: 'array', items: { type: 'number' } } },
  required: ['n'],
};
const good = '{"n":1}';
/** Of 1 MB and less; many sizes find what grows faster than the text. */
const sizes = [100, 10_000, 100_000, 1_000_000];

/** What breaks readers: each repeats a piece of text, at a size. */
const pieces: Readonly<Record<string, readonly [string, string, string]>> = {
  'quotes in a string': ['{"n":1,"text":"', 'x"y', '"}'],
  'numbers without commas': ['{"n":1,"list":[', '1 ', ']}'],
  comments: ['{"list":[', '/a//a/', ']}'],
  'strings in a row': ['{"n":', '"b" ', '}'],
  brackets: ['', '[', ''],
  'closed brackets': ['', '[]', ''],
  'nested objects': ['', '{"n":', ''],
  braces: ['{"n":1} ', '{', ''],
  fences: ['', '```json\n', '{"n":"1"}'],
  think: ['', '<think>', '{"n":1}'],
  backslashes: ['{"text":"', '\\\\\\', '"}'],
  escapes: ['{"text":"', '\\u12', '"}'],
  'names again': ['{', '"n":1,', '"n":1}'],
  'names unquoted': ['{', 'n:1,', '}'],
  commas: ['{"list":[1', ',', ']}'],
  digits: ['{"n":', '9', '}'],
  surrogates: ['{"text":"', '\ud800', '"}'],
  'line breaks': ['{"text":"', '\r\n', '"}'],
  prose: ['', 'Here is [1] and {a}. ', '{"n":"x"}'],
  spaces: ['', ' ', '{"n":1'],
  words: ['{"n":', 'True ', '}'],
  values: ['', '{"n":1}\n', ''],
};

const ladders: Readonly<Record<string, () => StagedRetryOptions>> = {
  retry: () => ({ stages: [retry({ attempts: 3 })] }),
  repair: () => ({
    stages: [retry({ attempts: 1 }), repair({ attempts: 1, maxShare: 1 }), retry({ name: 'again', attempts: 1 })],
  }),
  fallback: () => ({
    stages: [retry({ attempts: 1 }), fallback({ model: scriptedModel([good], { modelId: 'other' }), attempts: 1 })],
  }),
};

/** Hostile answers through every stage and every way of delivery; the longest that one blocks the event loop. */
export const answers: Attack = async (options) => {
  let worst = { ms: 0, what: '' };
  const { result, unhandled } = await unhandledOf(() =>
    tried(options, async (random, number) => {
      const { name, text } = hostileAnswer(random);
      const ladder = random.pick(Object.keys(ladders));
      const delivery = random.pick(['generate', 'buffer', 'live'] as const);
      const what = `${name} of ${text.length} characters, ${ladder}, ${delivery}`;
      const model = scriptedModel([text, good]);
      let failure: string | undefined;
      const ms = await longestBlock(async () => {
        failure = await outcomeOf(
          model,
          { ...ladders[ladder]?.(), ...(delivery === 'generate' ? {} : { delivery }) },
          delivery,
          text,
        );
      });
      // The first one loads what is needed.
      if (number > 0 && ms > worst.ms) worst = { ms, what };
      failure ??= tooLong(ms);
      return failure === undefined ? undefined : `${what}: ${failure}`;
    }),
  );
  const figures = { 'longest block': `${Math.round(worst.ms)} ms (${worst.what})` };
  return { ...result, failures: [...result.failures, ...unhandled], figures };
};

function hostileAnswer(random: Random): { name: string; text: string } {
  const name = random.pick(Object.keys(pieces));
  const [before, piece, after] = pieces[name] ?? ['', '', ''];
  const size = random.pick(sizes);
  const count = Math.max(1, Math.floor(size / piece.length));
  return { name, text: `${before}${piece.repeat(count)}${random.chance(0.7) ? after : ''}` };
}

async function outcomeOf(
  model: ReturnType<typeof scriptedModel>,
  options: StagedRetryOptions,
  delivery: string,
  hostile: string,
): Promise<string | undefined> {
  const wrapped = withStagedRetry(model, options);
  const params = {
    prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Go on.' }] }],
    responseFormat: { type: 'json' as const, schema: schema as never },
  };
  try {
    const text =
      delivery === 'generate'
        ? textOf((await wrapped.doGenerate(params)).content)
        : await streamed(await wrapped.doStream(params));
    const { n } = JSON.parse(text) as { n: unknown };
    // What goes out is what somebody proposed.
    if (n === 1 || hostile.includes(String(n).slice(0, 3)) || hostile.startsWith(text.slice(0, -1))) return undefined;
    return `went out: ${text.slice(0, 60)}`;
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('StagedRetry_')) return undefined;
    return lineOf(error);
  }
}

async function streamed({ stream }: { readonly stream: ReadableStream<unknown> }): Promise<string> {
  let text = '';
  for await (const part of stream as ReadableStream<StreamPart>) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'text-delta') text += part.delta;
  }
  return text;
}

function textOf(content: readonly { readonly type: string }[]): string {
  return content.map((part) => ('text' in part ? String(part.text) : '')).join('');
}

import { incrementalValidator } from '../../src/incremental/index.ts';
import type { Random } from '../faults/simulation/random.ts';
import { type Attack, lineOf, tried } from './attack.ts';
import { longestBlock, tooLong } from './longest-block.ts';

type Case = readonly [schema: unknown, value: unknown];

const nested = (depth: number, inner: string): string => (depth === 0 ? inner : `(${nested(depth - 1, inner)}){3}`);

/** Schemas and patterns that are slow in other validators, each with a value of about `size` characters. */
const cases: Readonly<Record<string, (size: number, random: Random) => Case>> = {
  'nested quantifiers': (size) => [{ pattern: '^(a+)+$' }, `${'a'.repeat(size)}!`],
  'nested counts of an anchor': (size) => [{ pattern: nested(10, '^') }, 'a'.repeat(size)],
  'nested counts': (size, random) => [
    { pattern: nested(random.between(2, 8), random.pick(['a', 'a|b', '[ab]?'])) },
    'ab'.repeat(size / 2),
  ],
  'a class and a count': (size) => [{ pattern: '[a-z]+[a-z]{50}!' }, 'a'.repeat(size)],
  'a long count': (size) => [{ pattern: '\\w+a{1000}b' }, 'a'.repeat(size)],
  alternatives: (size) => [{ pattern: '^(a|aa|aaa)*$' }, `${'a'.repeat(size)}!`],
  'many alternatives': (size) => [
    { pattern: Array.from({ length: 500 }, (_, index) => `x{${index}}y`).join('|') },
    'x'.repeat(size),
  ],
  'a look-ahead': (size) => [{ pattern: '^(?=.*a)(?=.*b)(?=.*c).*$' }, 'd'.repeat(size)],
  'a back-reference': (size) => [{ pattern: '^(a*)\\1*b$' }, 'a'.repeat(size)],
  'dots and stars': (size) => [{ pattern: `${'.*'.repeat(20)}x` }, 'a'.repeat(size)],
  unicode: (size) => [{ pattern: '^\\p{L}+\\p{L}+\\p{N}$' }, 'é'.repeat(size)],
  'unique items': (size) => [{ uniqueItems: true }, Array.from({ length: size / 8 }, (_, index) => ({ a: index }))],
  'a long enum': (size) => [{ enum: Array.from({ length: size / 10 }, (_, index) => `v${index}`) }, 'x'],
  'many branches': (size) => [
    { items: { anyOf: Array.from({ length: 50 }, (_, index) => ({ const: index })) } },
    Array.from({ length: size / 4 }, () => 77),
  ],
  'branches in branches': (size) => [
    {
      $defs: {
        t: {
          anyOf: [{ type: 'number' }, { items: { $ref: '#/$defs/t' } }, { items: { $ref: '#/$defs/t' }, minItems: 1 }],
        },
      },
      $ref: '#/$defs/t',
    },
    deep(Math.min(size / 2, 500)),
  ],
  'a deep value': (size) => [
    { $defs: { t: { items: { $ref: '#/$defs/t' } } }, $ref: '#/$defs/t' },
    deep(Math.min(size / 2, 3_000)),
  ],
  'unevaluated members': (size) => [
    {
      allOf: Array.from({ length: 20 }, (_, index) => ({ properties: { [`a${index}`]: true } })),
      unevaluatedProperties: { type: 'number' },
    },
    Object.fromEntries(Array.from({ length: size / 12 }, (_, index) => [`b${index}`, index])),
  ],
  'patterns of members': (size) => [
    {
      patternProperties: Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [`^(a|b)*${index}$`, { type: 'number' }]),
      ),
    },
    Object.fromEntries(Array.from({ length: size / 12 }, (_, index) => [`ab${index}`, index])),
  ],
  'a reference to itself': () => [{ $ref: '#' }, 1],
  'references in a ring': () => [
    { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' },
    1,
  ],
  'a deep schema': (size) => [
    Array.from({ length: Math.min(size / 20, 3_000) }).reduce<unknown>((inner) => ({ items: inner }), {
      type: 'number',
    }),
    deep(100),
  ],
  'a wide schema': (size) => [
    {
      properties: Object.fromEntries(
        Array.from({ length: size / 40 }, (_, index) => [`name${index}`, { type: 'number' }]),
      ),
    },
    { name1: 'x' },
  ],
  'no schema': (_, random) => [
    random.pick<unknown>([
      null,
      1,
      'x',
      { type: 1 },
      { pattern: '(' },
      { items: 5 },
      { $ref: 7 },
      { enum: 'x' },
      { multipleOf: 0 },
      { required: [1] },
    ]),
    {},
  ],
};

function deep(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
}

const sizes = [1_000, 30_000, 300_000, 1_000_000];

/** Schemas and patterns as tools, MCP servers and users bring them; the longest that one blocks the event loop. */
export const schemas: Attack = async (options) => {
  let worst = { ms: 0, what: '' };
  const result = await tried(options, async (random, number) => {
    const name = random.pick(Object.keys(cases));
    const size = random.pick(sizes);
    let failure: string | undefined;
    const [schema, value] = cases[name]?.(size, random) ?? [{}, 1];
    const text = JSON.stringify(value);
    const ms = await longestBlock(async () => {
      try {
        const judging = incrementalValidator(schema as never).start();
        // As a stream brings it.
        for (let start = 0; start < text.length; start += 4096) {
          judging.push(text.slice(start, start + 4096));
          await new Promise((resolve) => setImmediate(resolve));
        }
        judging.end();
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'AI_InvalidArgumentError') failure = lineOf(error);
      }
    });
    const what = `${name}, ${text.length} characters`;
    // The first one loads what is needed.
    if (number > 0 && ms > worst.ms) worst = { ms, what };
    failure ??= tooLong(ms);
    return failure === undefined ? undefined : `${what}: ${failure}`;
  });
  return { ...result, figures: { 'longest block': `${Math.round(worst.ms)} ms (${worst.what})` } };
};

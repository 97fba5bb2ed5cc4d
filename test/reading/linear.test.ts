import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/reading/index.ts';

const list = { type: 'array' };
const object = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] };
const texts = { type: 'object', properties: { a: { type: 'array', items: { type: 'string' } } } };
const rows = { type: 'array', items: object };
const anything = true;

/** A piece as often as so many characters hold it. */
const filled = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

/** Text that grows by one of its parts, and the schema it is read by. */
const growing: [what: string, schema: unknown, text: (length: number) => string][] = [
  ['spaces behind a number beside a list', list, (n) => `\`\`\`json\n[1]\n\`\`\`\n1${filled(' ', n)}x`],
  ['spaces and a comma behind it', list, (n) => `\`\`\`json\n[1]\n\`\`\`\n1${filled(' ', n)},${filled(' ', n)}x`],
  ['spaces before a name', object, (n) => `\`\`\`json\n{"a":1}\n\`\`\`\n${filled('- ', n)}x`],
  ['names beside an object', object, (n) => `\`\`\`json\n{"a":1}\n\`\`\`\n${filled('-*_', n)}`],
  ['lines of quotes beside a list', list, (n) => `\`\`\`json\n[1]\n\`\`\`\n${filled('"\n', n)}`],
  ['comments that do not end between two values', object, (n) => `x {"a":1} y ${filled('/* ', n)}\n{"a":2}`],
  ['comments that do not end inside a list', list, (n) => `["a" ${filled('/* "a" ', n)}]`],
  ['comments in words', texts, (n) => `{"a":"x ${filled('"y" /* z ', n)}"}`],
  ['comments before names', anything, (n) => `{${filled('"a" /* ', n)}}`],
  ['comments between the strings of a line', list, (n) => `[${filled('"a", /*x*/ ', n)}1]]x`],
  ['comments with quotes', list, (n) => `[${filled('"a", /*"x"*/ ', n)}1]]x`],
  ['comments behind the strings of a line', list, (n) => `[${filled('"a" /*x*/, ', n)}1]]x`],
  ['rows of comments on one line', rows, (n) => filled('{"a":"1" /*x*/}'.padEnd(130), n)],
  ['empty rows', object, (n) => filled(`${'{}'.padEnd(99)}\n`, n)],
  ['empty rows on one line', object, (n) => filled('{}'.padEnd(130), n)],
  ['empty rows in fences', object, (n) => filled('```\n{}\n```\n'.padEnd(130), n)],
  ['rows behind white space', object, (n) => filled(' ', n) + '{"b":1}\n'.repeat(1000)],
  ['rows of a list behind white space', rows, (n) => filled(' ', n) + '{"a":1}\n'.repeat(1000)],
  ['lines of spaces for a list', list, (n) => `- a\n${filled(' ', n)}\n- b`],
  ['words in a row for a list', list, (n) => filled('- a b\n', n)],
  ['rows on one line', rows, (n) => filled('{"a":1},'.padEnd(130), n)],
  ['rows behind words on one line', rows, (n) => filled('w', n) + filled(' {"a":1}', 20_000)],
  ['rows and tags', rows, (n) => filled(`<t>{"a":1}</t>${'<b>'.repeat(40)}`, n)],
  ['brackets of prose', object, (n) => filled(`[a]${'x'.repeat(1000)}`, n)],
  ['brackets before white space', object, (n) => `${filled('[ ', 200)}${filled(' ', n)}x {"a":1}`],
  ['a text of spaces for a list', texts, (n) => `{"a":"${filled(' ', n)}x"}`],
  ['a text of digits for a list', texts, (n) => `{"a":"${filled('1', n)}x"}`],
  ['digits of a number', object, (n) => `{"a":"1${filled('0', n)}1"}`],
  ['digits behind the point', object, (n) => `{"a":"0.${filled('0', n)}1x"}`],
  ['digits before and behind the point', object, (n) => `{"a":"0.1${filled('0', n)}1"}`],
  ['a name of signs', object, (n) => `{"A${filled('_-', n)}":1}`],
  ['a name of spaces', object, (n) => `{"${filled(' ', n)}a":1}`],
  ['a constant of spaces', { enum: ['a', 'b'] }, (n) => `"${filled(' ', 9000)}A"${filled(' ', n)}`],
  ['closers behind a value', object, (n) => `{"a":1}${filled(' }', n)}`],
  ['quotes that lean on words', texts, (n) => `{"a":"${filled('x "y" ', n)}","b":z}`],
  ['quotes and commas', texts, (n) => `{"a":"${filled('x", y ', n)}"}`],
  ['quotes and spaces', texts, (n) => `{"a":"x${filled('"   :', n)}"}`],
  ['lines in a string', texts, (n) => `{"a":"${filled('x\n', n)}","b":z}`],
  ['tags of thoughts', object, (n) => `${filled('<think>{</think>', n)}{"a":1}`],
  ['half a tag', object, (n) => `${filled('<t', n)}\n{"a":1}`],
  ['a long fence', object, (n) => `${filled('`', n)}\n{"a":1}`],
  ['the name of a fence', object, (n) => `\`\`\`${filled('j', n)}{"a":1}`],
  ['JSON in strings', texts, (n) => `{"a":[${filled('"[\\"1\\"]",', n)}{}]}`],
  ['foreign spaces', list, (n) => `[${filled('\u00a0', n)}1,,]`],
  ['lines that lack commas', object, (n) => `{${filled('"b":"c"\n', n)}}`],
  ['hashes behind a bracket', object, (n) => `[${filled('\n#[', n)}`],
  ['comments behind a bracket', object, (n) => `{${filled('//{\n', n)}`],
  ['brackets', object, (n) => filled('[', n)],
  ['quotes', object, (n) => filled('"', n)],
  ['backslashes', object, (n) => `{"a":"${filled('\\', n)}`],
  ['hashes', list, (n) => `[1\n${filled(' #', n)}`],
];

/** Cast: Node 24 has it, and the types here do not. Other threads do not count. */
const thread = process as unknown as { threadCpuUsage(): { user: number; system: number } };

/** What reading costs: the best of some tries, in milliseconds of the processor. */
function cost(text: string, schema: unknown): number {
  const tries = [1, 2, 3].map(() => {
    const start = thread.threadCpuUsage();
    readJson(text, schema);
    const { user, system } = thread.threadCpuUsage();
    return (user + system - start.user - start.system) / 1000;
  });
  return Math.min(...tries);
}

/** A cost that tells something, in milliseconds, and the longest text that is tried for it. */
const telling = 15;
const longest = 120_000;

describe('reading four times as much takes about four times as long', () => {
  test.each(growing)('%s', (_, schema, text) => {
    let length = 2_000;
    while (length < longest && cost(text(length), schema) < telling) length *= 2;
    const before = Math.max(telling, cost(text(length), schema));
    expect(cost(text(4 * length), schema)).toBeLessThan(10 * before);
  });
});

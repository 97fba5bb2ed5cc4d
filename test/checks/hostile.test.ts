import { expect, test } from 'vitest';
import * as factories from '../../src/checks/index.ts';
import type { Check, CheckContext } from '../../src/index.ts';
import type { Answer } from '../../src/model/answer.ts';
import { runCheck } from '../../src/testing/index.ts';
import { saysJson } from '../fixtures.ts';

const second = saysJson({ issues: [] });
const third = saysJson({ contradictions: [] });
const tool = { type: 'function', name: 'find', inputSchema: { type: 'object', properties: { a: {} } } } as const;
const source = 'Acme owes 12.50 EUR since 5 March 2024, "as agreed in writing", see https://example.com/a.';

/** Every built-in check, with options that leave it most to do. */
const checks: Readonly<Record<Exclude<keyof typeof factories, 'safeFunctions'>, readonly Check[]>> = {
  citations: [factories.citations({ sources: { 'doc-1': source }, required: true })],
  code: (['javascript', 'python', 'json', 'yaml', 'html', 'css', 'xml', 'markdown'] as const).map((language) =>
    factories.code({ language }),
  ),
  contains: [factories.contains(['aaab', '((()'], { ignoreCase: true })],
  excludes: [factories.excludes(['aaab', '((()'], { ignoreCase: true })],
  fieldPresent: [factories.fieldPresent('*.*.*.*', { equals: { '*': 1 } })],
  finished: [factories.finished()],
  grounded: [factories.grounded({ sources: [source] })],
  json: [factories.json()],
  judge: [factories.judge({ model: second, rubric: 'Good.' })],
  language: [factories.language('de')],
  length: [factories.length({ max: 9 }), factories.length({ max: 9, unit: 'words' })],
  links: [factories.links(), factories.links({ hosts: ['example.com'] })],
  matches: [
    factories.matches(/^(a+)+$/),
    factories.matches(/^(\w+\s?)*$/i),
    factories.matches(/(.*)*x(.*)*y$/s),
    factories.matches(/^(?=.*a)(?=.*\d)([^"\\]|\\.)*"$/m, { path: '*' }),
  ],
  maxTokens: [factories.maxTokens(9)],
  noContradiction: [factories.noContradiction({ model: third })],
  noRefusal: [factories.noRefusal()],
  noSecrets: [factories.noSecrets()],
  notEmpty: [factories.notEmpty()],
  openApi: [factories.openApi()],
  sql: [factories.sql(), factories.sql({ dialect: 'mysql', schema: { orders: ['id'] } })],
  sqlSafe: [factories.sqlSafe(), factories.sqlSafe({ dialect: 'sqlite', tables: ['orders'], columns: ['id'] })],
  toolInputs: [factories.toolInputs()],
  url: [factories.url(['0.0.0', 'a'])],
};

const many = (text: string) => text.repeat(Math.ceil(30_000 / text.length));
const endless = [
  ...[' ', '\n', '\0', 'a ', 'a!', '1', '1.', '1,', '- ', '0x', '1/2/', '12:34 ', 'é', '٣', 'e\u0301', '漢', '\ud83d'],
  ...[
    '"a" ',
    "'",
    '“a b ',
    '`',
    '```\n',
    '\\\\"',
    '<a>',
    '<!--',
    '/*',
    '--',
    '](',
    '[1',
    '{{',
    'a: {',
    '& *a ',
    'SELECT (',
  ],
  ...['Ab ', '@a', 'a@b.', 'https://', '://a.', 'eyJ.', 'password:', 'AKIA', '4012 ', 'DE89 3704 ', 'I cannot '],
];
const answers: Readonly<Record<string, string>> = {
  'ten megabytes of one letter': 'a'.repeat(10_000_000),
  'ten megabytes in a JSON string': `["${'a'.repeat(10_000_000)}"]`,
  'ten thousand levels': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  'ten thousand levels that stay open': '{"a":['.repeat(10_000),
  'ten thousand levels of groups': `${'('.repeat(10_000)}${')'.repeat(10_000)}`,
  'a megabyte of quotes': '"'.repeat(1_000_000),
  'a megabyte of backslashes': '\\'.repeat(1_000_000),
  'a megabyte of both': '\\"'.repeat(500_000),
  'a long list': `[${'1,'.repeat(100_000)}1]`,
  'many members': `{${Array.from({ length: 30_000 }, (_, index) => `"a${index}":"b${index}"`).join()}}`,
  'halves of pairs in the wrong order': `["${'\ude00\ud83d '.repeat(50_000)}"]`,
  'beginnings of tokens': many('-eyJ'),
  'quotations with references': many('"a b c" [doc-1] '),
  'words that stand before a refusal': `${many('oh, ')}well`,
  'dashes between them': `${many('Sorry ----- ')}done`,
  'almost a match': `${'a'.repeat(100_000)}!`,
  'almost a match of many words': `${'a '.repeat(50_000)}!`,
  ...Object.fromEntries(endless.map((text) => [`${JSON.stringify(text)} without end`, many(text)])),
};

test('every built-in check is in the table', () => {
  const { safeFunctions: _, ...functions } = factories;
  expect(Object.keys(checks).sort()).toEqual(Object.keys(functions).sort());
});

const table = Object.entries(checks).flatMap(([name, made]) =>
  made.map((check, index) => ({ name, number: index + 1, check })),
);

/** What would take minutes ends by the test's deadline. */
test.each(table)('$name ($number) says little of each hostile answer, and soon', async ({ check }) => {
  for (const [name, text] of Object.entries(answers)) {
    const verdict = await judged(check, text);
    const issues = verdict.type === 'fail' ? verdict.issues : [];
    const said = issues.map(({ message }) => message).join('').length;
    expect({ name, count: Math.max(issues.length, 100), said: Math.max(said, 20_000) }).toEqual({
      name,
      count: 100,
      said: 20_000,
    });
  }
});

/** The text as the answer, and as the input of a tool call for a check of those. */
function judged(check: Check, text: string) {
  const calls: Partial<Answer> = { content: [{ type: 'tool-call', toolCallId: '1', toolName: 'find', input: text }] };
  const context: Partial<CheckContext> = { params: { prompt: [], tools: [tool] } };
  return runCheck(check, check.phase === 'tool-input' ? calls : text, context);
}

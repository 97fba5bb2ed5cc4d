import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import * as factories from '../../src/checks/index.ts';
import type { Check, CheckContext } from '../../src/index.ts';
import type { CallOptions, ContentPart } from '../../src/model/language-model.ts';
import { type CheckContractCases, checkContract, scriptedModel } from '../../src/testing/index.ts';
import { petStore } from './openapi/documents.ts';

type Rule = Exclude<keyof typeof factories, 'safeFunctions'>;

const prompt = [
  { role: 'user' as const, content: [{ type: 'text' as const, text: 'Acme owes 12.50 EUR since 5 March 2024.' }] },
];
const context: Partial<CheckContext> = { params: { prompt } };
const asked: Partial<CheckContext> = {
  params: { prompt, tools: [{ type: 'function', name: 'find', inputSchema: { type: 'object', required: ['id'] } }] },
};
const callWith = (input: string, toolName = 'find'): { content: ContentPart[] } => ({
  content: [{ type: 'tool-call', toolCallId: '1', toolName, input }],
});
const document = petStore();
const { info: _, ...untitled } = document;

/** A model that finds fault with what has certain words in it. */
const faultFinder = (words: string, fault: unknown, none: unknown) =>
  scriptedModel([({ prompt: given }) => JSON.stringify(JSON.stringify(given).includes(words) ? fault : none)]);
const silent = scriptedModel([
  ({ abortSignal }: CallOptions) =>
    new Promise<never>((_, reject) => abortSignal?.addEventListener('abort', () => reject(abortSignal.reason))),
]);
const critic = faultFinder('Go away', { issues: [{ message: 'Be polite.', path: [] }] }, { issues: [] });
const pair = { answer: 'It is open.', other: 'It is shut.', message: 'Say which.' };
const reader = faultFinder('It is shut.', { contradictions: [pair] }, { contradictions: [] });
const fetched: typeof fetch = async (link) =>
  new Response(null, { status: String(link).endsWith('/gone') ? 404 : 200 });

const rules: Readonly<Record<Rule, readonly (readonly [Check, CheckContractCases])[]>> = {
  citations: [
    [
      factories.citations({ sources: { a: 'Returns are free of charge.', b: 'We ship in two days.' }, required: true }),
      {
        passes: ['Free [a].', '"Returns are free of charge" [a].', '{"source":"b","quote":"We ship in two days."}'],
        fails: [
          'Free.',
          'Free [c] and [1].',
          { answer: '"Returns are free of charge" [b].', issue: { suggestion: 'a' } },
          '"Returns are never free" [a].',
          { answer: '{"at":[{"source":"b","quote":"We ship in ten days."}]}', issue: { path: ['at', 0, 'quote'] } },
          { answer: '{"source":"c"}', issue: { path: ['source'] } },
        ],
      },
    ],
  ],
  code: [
    [
      factories.code({ language: 'json' }),
      { passes: ['{"a":1}', '```json\n[]\n```'], fails: [{ answer: '{"a":}', issue: { kind: 'syntax' } }, ' '] },
    ],
    [
      factories.code({ language: 'python', path: 'script' }),
      {
        passes: ['{"script":"print(1)"}'],
        fails: [{ answer: '{"script":"print(1"}', issue: { path: ['script'] } }, '{}'],
      },
    ],
  ],
  contains: [
    [
      factories.contains(['Total', 'Terms']),
      {
        passes: ['Total: 12. Terms: none.'],
        fails: [{ answer: 'Total: 12', issue: { kind: 'content' } }, 'total, terms'],
      },
    ],
    [
      factories.contains('eur', { path: 'lines.*.price', ignoreCase: true }),
      {
        passes: ['{"lines":[{"price":"1 EUR"}]}', '{"lines":[]}'],
        fails: [{ answer: '{"lines":[{"price":"EUR"},{"price":"1"}]}', issue: { path: ['lines', 1, 'price'] } }],
      },
    ],
  ],
  excludes: [
    [factories.excludes(['lorem', 'ipsum']), { passes: ['Lorem', ''], fails: ['a lorem', 'ipsum'] }],
    [
      factories.excludes('TODO', { path: 'note', ignoreCase: true }),
      { passes: ['{"note":"done"}'], fails: [{ answer: '{"note":"todo"}', issue: { path: ['note'] } }, '{"note":1}'] },
    ],
  ],
  fieldPresent: [
    [
      factories.fieldPresent(['total', 'lines.*.price'], { absent: 'error', equals: { currency: 'EUR' } }),
      {
        passes: ['{"total":0,"lines":[{"price":false}],"currency":"EUR"}'],
        fails: [
          { answer: '{"total":null,"lines":[],"currency":"EUR"}', issue: { path: ['total'] } },
          { answer: '{"total":" ","lines":[],"currency":"EUR"}', issue: { path: ['total'] } },
          { answer: '{"total":1,"lines":[{"price":1},{}],"currency":"EUR"}', issue: { path: ['lines', 1, 'price'] } },
          { answer: '{"total":1,"lines":[],"currency":"EUR","error":"no"}', issue: { path: ['error'] } },
          { answer: '{"total":1,"lines":[],"currency":"USD"}', issue: { path: ['currency'], suggestion: 'EUR' } },
        ],
      },
    ],
    [
      factories.fieldPresent(['a.b', 'lines.0.price']),
      {
        passes: ['{"a":{"b":1},"lines":[{"price":1}]}'],
        fails: [{ answer: '{"lines":[]}', issue: { path: ['a', 'b'] } }, '{"a":1}', '{}'],
      },
    ],
    [
      factories.fieldPresent('id', { kind: 'missing-information' }),
      { passes: ['{"id":"a"}'], fails: [{ answer: '{}', issue: { kind: 'missing-information' } }] },
    ],
  ],
  finished: [
    [
      factories.finished(),
      {
        passes: ['Done.', { text: 'Done.', finishReason: 'other' }],
        fails: [
          { answer: { text: 'a', finishReason: 'length' }, issue: { kind: 'truncated' } },
          { answer: { text: 'a', finishReason: 'content-filter' }, issue: { kind: 'refused' } },
          { answer: { text: 'a', finishReason: 'error' }, issue: { kind: 'truncated' } },
        ],
      },
    ],
  ],
  grounded: [
    [
      factories.grounded({ ignore: ['note'] }),
      {
        passes: ['{"vendor":"ACME","due":12.5,"date":"2024-03-05","note":"Globex"}', 'Acme owes 12,50 €.'],
        fails: [
          { answer: '{"vendor":"Acne"}', issue: { path: ['vendor'], suggestion: 'Acme' } },
          { answer: '{"due":[12.5,-12.5]}', issue: { path: ['due', 1] } },
          { answer: '{"iban":"DE89 3704 0044"}', issue: { path: ['iban'], kind: 'missing-information' } },
          'Acme owes 13 EUR.',
        ],
        context,
      },
    ],
  ],
  json: [
    [
      factories.json(),
      {
        passes: ['null', '{"a":[1]}'],
        fails: [
          { answer: 'one', issue: { kind: 'syntax' } },
          { answer: '', issue: { kind: 'empty' } },
          { answer: { text: '{"a":', finishReason: 'length' }, issue: { kind: 'truncated' } },
        ],
      },
    ],
  ],
  judge: [
    [
      factories.judge({ model: critic, rubric: 'It is polite.' }),
      {
        passes: ['Good day.'],
        fails: [{ answer: 'Go away.', issue: { message: 'Be polite.' } }],
        stuck: factories.judge({ model: silent, rubric: 'It is polite.' }),
      },
    ],
  ],
  language: [
    [
      factories.language(['de', 'fr']),
      {
        passes: [
          'Das ist ein Satz und er ist auf Deutsch geschrieben.',
          'Yes.',
          'C’est une phrase qui est écrite en français.',
        ],
        fails: [
          'This is a sentence, and it is written in English for the reader.',
          'Это предложение написано на русском языке для читателя.',
        ],
      },
    ],
  ],
  length: [
    [factories.length({ min: 2, max: 3 }), { passes: ['ab', '👍👍👍'], fails: ['a', 'abcd'] }],
    [factories.length({ max: 2, unit: 'words' }), { passes: ['longer words'], fails: ['a b c'] }],
  ],
  links: [
    [
      factories.links({ hosts: ['example.com'] }),
      {
        passes: ['See https://docs.example.com/a.', 'Nothing.'],
        fails: ['https://example.org/', 'http://example.com@evil.example/', '[x](ftp://example.com/a)'],
      },
    ],
    [
      factories.links({ reachable: { fetch: fetched } }),
      {
        passes: ['https://example.com/here', '`https://nowhere/`'],
        fails: ['https://example.com/gone', 'https://nowhere/'],
        stuck: factories.links({ reachable: { fetch: stuckFetch } }),
      },
    ],
  ],
  matches: [
    [factories.matches(/^select\b/i), { passes: ['SELECT 1', 'select'], fails: ['selected', ' select'] }],
    [
      factories.matches(/^[A-Z]{3}$/, { path: 'lines.*.currency' }),
      {
        passes: ['{"lines":[{"currency":"EUR"}]}'],
        fails: [
          { answer: '{"lines":[{"currency":"EUR"},{"currency":"eur"}]}', issue: { path: ['lines', 1, 'currency'] } },
        ],
      },
    ],
  ],
  maxTokens: [[factories.maxTokens(2), { passes: ['12345678'], fails: ['123456789'] }]],
  noContradiction: [
    [
      factories.noContradiction({ model: reader }),
      {
        passes: ['It is open.', 'As they say: It is shut. It is closed.'],
        fails: ['It is open. It is shut.'],
        stuck: factories.noContradiction({ model: silent }),
        context,
      },
    ],
  ],
  noRefusal: [
    [
      factories.noRefusal(),
      {
        passes: ['Sure: 12.', 'Use a strong password. I cannot stress that enough.'],
        fails: [{ answer: "I'm sorry, but I can't help with that.", issue: { kind: 'refused' } }],
      },
    ],
  ],
  noSecrets: [
    [
      factories.noSecrets({ allow: ['AKIAIOSFODNN7REALKEY'] }),
      {
        passes: ['AKIAIOSFODNN7REALKEY', 'password: YOUR_PASSWORD', 'Order 4012 8888 8888 1882.'],
        fails: [
          'The key is AKIAJ5Q2TQ7LW3X4YZ6B.',
          { answer: '{"pay":["4929 7181 2345 6789"]}', issue: { path: ['pay', 0] } },
          '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----',
        ],
      },
    ],
  ],
  notEmpty: [
    [factories.notEmpty(), { passes: ['a'], fails: [{ answer: ' \n', issue: { kind: 'empty' } }, { content: [] }] }],
  ],
  openApi: [
    [
      factories.openApi({ version: '3.1' }),
      {
        passes: [JSON.stringify(document)],
        fails: [
          JSON.stringify(untitled),
          JSON.stringify({ ...document, openapi: '3.0.3' }),
          'openapi: [',
          'A document.',
        ],
      },
    ],
    [
      factories.openApi({ version: '3.1' }),
      {
        passes: [stringify(document)],
        fails: [
          { answer: stringify({ ...document, info: {} }), issue: { path: ['info', 'title'] } },
          `Here:\n\`\`\`yaml\n${stringify(untitled)}\`\`\``,
        ],
      },
    ],
  ],
  sql: [
    [
      factories.sql({ schema: { orders: ['id', 'total'] } }),
      {
        passes: ['SELECT id FROM orders', 'WITH o AS (SELECT total AS t FROM orders) SELECT t FROM o'],
        fails: [
          { answer: 'SELECT FROM WHERE', issue: { kind: 'syntax' } },
          { answer: 'SELECT totl FROM orders', issue: { suggestion: 'total' } },
          { answer: 'SELECT id FROM order_s', issue: { suggestion: 'orders' } },
        ],
      },
    ],
  ],
  sqlSafe: [
    [
      factories.sqlSafe({ tables: ['orders'] }),
      {
        passes: ['SELECT id FROM orders WHERE id = 1'],
        fails: [
          'DELETE FROM orders WHERE id = 1',
          'SELECT 1; SELECT 2',
          'SELECT id FROM customers',
          'SELECT pg_sleep(1)',
          'WITH d AS (DELETE FROM orders RETURNING id) SELECT id FROM d',
        ],
      },
    ],
  ],
  toolInputs: [
    [
      factories.toolInputs(),
      {
        passes: ['Text.', callWith('{"id":1}')],
        fails: [
          { answer: callWith('{}'), issue: { kind: 'tool-input', toolCallId: '1' } },
          callWith('{"id":1}', 'search'),
          callWith('{'),
        ],
        context: asked,
      },
    ],
  ],
  url: [
    [
      factories.url(['home', 'links.0'], { protocols: ['https'] }),
      {
        passes: ['{"home":"https://example.com/","links":["https://example.com/a"]}'],
        fails: [
          { answer: '{"home":"https://example.com/","links":["http://example.com/"]}', issue: { path: ['links', 0] } },
          { answer: '{"links":["https://example.com/"]}', issue: { path: ['home'] } },
        ],
      },
    ],
  ],
};

test('every built-in check is in the table', () => {
  const { safeFunctions: _, ...functions } = factories;
  expect(Object.keys(rules).sort()).toEqual(Object.keys(functions).sort());
});

describe.each(Object.entries(rules))('%s keeps the contract of checks:', (_, made) => {
  const cases = made.flatMap(([check, given], index) =>
    checkContract(check, given).map(({ title, run }) => ({
      title: made.length > 1 ? `${index + 1}. ${title}` : title,
      run,
    })),
  );
  test.each(cases)('$title', ({ run }) => run());
});

/** A server that never answers. */
function stuckFetch(_: unknown, init?: RequestInit): Promise<Response> {
  return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
}

import { type FlexibleSchema, generateText, jsonSchema } from 'ai';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import * as factories from '../../src/checks/index.ts';
import { checkTypes } from '../../src/config/check-types.ts';
import { type CheckConfig, checksFrom } from '../../src/config/index.ts';
import { configSchema } from '../../src/config/json-schema.ts';
import { check, memoryStore, reportOf, withStagedRetry } from '../../src/index.ts';
import { runCheck } from '../../src/testing/index.ts';
import { feedback, says, saysJson } from '../fixtures.ts';

const model = saysJson({ issues: [{ message: 'Be polite.', path: [] }] });
const registry = { models: { second: model }, schemas: { Any: factories.json().schema as never } };

/** An entry of each type, an answer that passes it and one that does not. */
const entries: readonly (readonly [CheckConfig, passes: string | undefined, fails: string])[] = [
  [{ type: 'citations', sources: { a: 'One two three.' } }, 'So [a].', 'So it says: "four five six seven" [a].'],
  [{ type: 'code', language: 'json' }, '{}', '{'],
  [{ type: 'contains', texts: 'Total', ignoreCase: true }, 'total', 'sum'],
  [{ type: 'excludes', texts: ['lorem'] }, 'text', 'lorem ipsum'],
  [{ type: 'fieldPresent', paths: ['total'] }, '{"total":1}', '{}'],
  [
    { type: 'fieldPresent', name: 'fieldPresent', absent: 'error', equals: { 'lines.*.n': 1 } },
    '{"lines":[{"n":1}]}',
    '{"lines":[{"n":2}]}',
  ],
  [{ type: 'grounded', sources: ['Acme owes 12.'], ignore: ['note'] }, '{"vendor":"Acme"}', '{"vendor":"Bolt"}'],
  [{ type: 'json' }, '[]', 'no'],
  [{ type: 'judge', model: 'second', rubric: { polite: 'It is polite.' } }, undefined, 'Go away.'],
  [
    { type: 'language', languages: ['de'] },
    'Das ist ein Satz und er ist auf Deutsch geschrieben, nicht wahr?',
    'This is a sentence and it is written in English, is it not?',
  ],
  [{ type: 'length', max: 2, unit: 'words' }, 'one two', 'one two three'],
  [{ type: 'links', hosts: ['example.com'] }, 'https://example.com/', 'https://example.org/'],
  [{ type: 'matches', pattern: '^select\\b', flags: 'i' }, 'SELECT 1', 'DROP'],
  [{ type: 'maxTokens', tokens: 2 }, 'short', 'rather longer than that'],
  [{ type: 'noContradiction', model: 'second' }, undefined, ''],
  [{ type: 'noRefusal' }, 'Sure: 12.', 'I cannot help with that request.'],
  [{ type: 'noSecrets', allow: ['none'] }, 'fine', 'AKIAIOSFODNN7REALKEY'],
  [{ type: 'notEmpty' }, 'a', ' '],
  [{ type: 'openApi', version: '3.1' }, undefined, 'openapi: 2'],
  [{ type: 'schema', schema: { type: 'object', required: ['a'] } }, '{"a":1}', '{}'],
  [{ type: 'sql', dialect: 'sqlite', schema: { orders: ['id'] } }, 'SELECT id FROM orders', 'SELECT id FROM order'],
  [{ type: 'sqlSafe', dialect: 'sqlite', allow: ['select'] }, 'SELECT 1', 'DROP TABLE a'],
  [
    { type: 'url', paths: 'home', protocols: ['https'] },
    '{"home":"https://example.com"}',
    '{"home":"http://example.com"}',
  ],
];
const others: readonly CheckConfig[] = [{ type: 'finished' }, { type: 'toolInputs', unknownMembers: 'allow' }];
const all = [...entries.map(([entry]) => entry), ...others];

test.each(entries)('%j judges as the check it names', async (entry, passes, fails) => {
  const [made] = checksFrom([entry], { registry });
  expect(made?.name).toBe(entry.type);
  if (made === undefined || entry.type === 'noContradiction') return;
  if (passes !== undefined) expect(await runCheck(made, passes)).toEqual({ type: 'pass' });
  expect(await runCheck(made, fails)).toMatchObject({ type: 'fail', issues: [{ check: entry.type }] });
});

test.each(all)('%j may say what every entry may', (entry) => {
  const shared = { name: 'mine', severity: 'warning', after: ['other'], timeoutMs: 50 } as const;
  const [made] = checksFrom([{ ...entry, ...shared } as CheckConfig], { registry });
  expect(made).toMatchObject(shared);
});

test('every built-in check has a type, and every type an entry here', () => {
  const { safeFunctions: _, ...functions } = factories;
  expect(Object.keys(checkTypes).filter((type) => type !== 'schema')).toEqual(Object.keys(functions).sort());
  expect(new Set(all.map(({ type }) => type))).toEqual(new Set(Object.keys(checkTypes)));
});

test('an entry may say name, severity, after and timeoutMs', () => {
  const [, second] = checksFrom([
    { type: 'notEmpty' },
    { type: 'json', name: 'is-json', severity: 'warning', after: ['notEmpty'], timeoutMs: 50 },
  ]);
  expect(second).toMatchObject({ name: 'is-json', severity: 'warning', after: ['notEmpty'], timeoutMs: 50 });
});

test('a configuration out of a file has an answer asked for again', async () => {
  const file = '[{"type":"json"},{"type":"fieldPresent","paths":["total"],"name":"total"}]';
  const inner = says('{}', '{"total":12}');
  const { text } = await generateText({
    model: withStagedRetry(inner, { checks: checksFrom(JSON.parse(file)) }),
    prompt: '',
  });
  expect(text).toBe('{"total":12}');
  expect(feedback(inner)).toContain('Add total; it is missing.');
});

test('an answer that was cached before an entry changed is judged anew', async () => {
  const store = memoryStore();
  const ask = async (max: number) => {
    const checks = checksFrom([{ type: 'length', max }]);
    const wrapped = withStagedRetry(says('four'), { checks, cache: { store }, scope: 'public' });
    return reportOf((await generateText({ model: wrapped, prompt: '' })).providerMetadata)?.cache;
  };
  const first = await ask(10);
  expect(await ask(10)).not.toEqual(first);
  expect(await ask(9)).toEqual(first);
});

describe('what JSON cannot say stands in the registry', () => {
  const addsUp = check('adds-up', ({ text }) => text === '4' || 'Add up.');
  const atLeast = ({ least }: { readonly least?: unknown }) =>
    check('at-least', ({ text }) => Number(text) >= Number(least) || `Write at least ${least}.`);

  test('a check, or what makes one', async () => {
    const checks = checksFrom(
      [
        { type: 'addsUp', name: 'sum' },
        { type: 'atLeast', least: 5 },
      ],
      {
        registry: { checks: { addsUp, atLeast } },
      },
    );
    expect(checks.map(({ name }) => name)).toEqual(['sum', 'at-least']);
    expect(await Promise.all(checks.map((each) => runCheck(each, '4')))).toMatchObject([
      { type: 'pass' },
      { type: 'fail', issues: [{ message: 'Write at least 5.' }] },
    ]);
  });

  test('a type there goes before a built-in one', () => {
    const [made] = checksFrom([{ type: 'json', strict: true }], { registry: { checks: { json: () => addsUp } } });
    expect(made?.name).toBe('adds-up');
  });

  test('a model, found by a function too', async () => {
    const asked: string[] = [];
    const [made] = checksFrom([{ type: 'judge', model: 'openai:gpt-5', rubric: 'Good.' }], {
      registry: {
        models: (name) => {
          asked.push(name);
          return model;
        },
      },
    });
    expect(asked).toEqual(['openai:gpt-5']);
    expect(await runCheck(made as never, 'a')).toMatchObject({ type: 'fail' });
  });
});

describe('errors name the entry, its type and the option', () => {
  const told = (list: unknown, options?: object) => () => checksFrom(list as never, options as never);
  test.each<[unknown, string]>([
    ['json', 'checks must be a list of entries'],
    [[{ type: 'json' }, 'json'], 'checks[1] must be an object with a type'],
    [[null], 'checks[0] must be an object with a type'],
    [[{ type: 'fieldPresnt' }], 'checks[0]: there is no type "fieldPresnt". Did you mean "fieldPresent"?'],
    [[{ type: 'constructor' }], 'checks[0]: there is no type "constructor".'],
    [
      [{ type: 'json' }, { type: 'fieldPresent', path: ['total'] }],
      'checks[1] (fieldPresent): There is no option "path" of fieldPresent(). Did you mean "paths"?',
    ],
    [[{ type: 'fieldPresent' }], 'checks[0] (fieldPresent): fieldPresent() needs a place'],
    [[{ type: 'contains' }], 'checks[0] (contains): Add texts; it is missing.'],
    [[{ type: 'length', max: '60' }], 'checks[0] (length): Make max a number; it is the string "60".'],
    [[{ type: 'length' }], 'checks[0] (length): length() needs min or max'],
    [[{ type: 'matches', pattern: '(' }], 'checks[0] (matches): Correct pattern: Invalid regular expression'],
    [[{ type: 'matches', pattern: 'a', flags: 'q' }], 'checks[0] (matches): Correct flags: Invalid flags'],
    [
      [{ type: 'matches', pattern: '(a)\\1' }],
      'has a back-reference. Write it otherwise, or put the check into registry',
    ],
    [[{ type: 'json', name: '' }], 'checks[0] (json): Make name at least 1 characters long; it has 0.'],
    ...Object.entries({
      paths: { type: 'url', paths: 'a..b' },
      path: { type: 'sql', path: 'a..b' },
      absent: { type: 'fieldPresent', absent: ['a', 'a..b'] },
      equals: { type: 'fieldPresent', equals: { 'a..b': 1 } },
      ignore: { type: 'grounded', ignore: ['a..b'] },
    }).map(([option, entry]): [object[], string] => [
      [entry],
      `checks[0] (${entry.type}): Correct the place "a..b" in ${option}: it has an empty name. Places are written`,
    ]),
    [[{ type: 'json', after: 'notEmpty' }], 'checks[0] (json): Make after an array; it is the string "notEmpty".'],
    [[{ type: 'json', timeoutMs: 0 }], 'checks[0] (json): Make timeoutMs greater than 0; it is the number 0.'],
    [
      [{ type: 'json', timeoutMs: 1e12 }],
      'checks[0] (json): Make timeoutMs at most 2147483647; it is the number 1000000000000.',
    ],
    [
      [{ type: 'links', reachable: { timeoutMs: -1 } }],
      'checks[0] (links): Make reachable.timeoutMs greater than 0; it is the number -1.',
    ],
    [[{ type: 'contains', texts: [''] }], 'checks[0] (contains): Make texts[0] at least 1 characters long; it has 0.'],
    [[{ type: 'contains', texts: [] }], 'checks[0] (contains): contains() needs a text or a list of texts'],
    [[{ type: 'citations', sources: [] }], 'checks[0] (citations): citations() takes sources: a list of texts'],
    [
      [{ type: 'fieldPresent', paths: [''] }],
      'checks[0] (fieldPresent): Correct the place "" in paths: it has an empty name.',
    ],
    [[{ type: 'url', paths: [] }], "checks[0] (url): url() needs a place: url('homepage')."],
    [
      [{ type: 'matches', pattern: '(a+)+b', backtracking: true }],
      'checks[0] (matches): backtracking: true can block the process for ever, so it works in code alone. Write the pattern without back-references, or put the check into registry.checks.',
    ],
    ...['https://example.com/a.json', 'a.json#/b', '#/$defs/none', '#none', '#/%'].map(
      (reference): [object[], string] => [
        [{ type: 'schema', schema: { items: { $ref: reference } } }],
        `checks[0] (schema): The JSON Schema refers to "${reference}", which is not in it, and nothing is loaded: put that schema into $defs and refer to "#/$defs/…".`,
      ],
    ),
    ...[cyclic(), nested(2000)].map((equals): [object[], string] => [
      [{ type: 'fieldPresent', equals }],
      'checks[0] (fieldPresent): The option "equals" holds itself, or nests more than 1000 levels deep: write it as plain JSON.',
    ]),
    [
      [{ type: 'judge', rubric: 'Good.', model: 'secnd' }],
      'checks[0] (judge): There is no "secnd" among the models of the registry. Did you mean "second"?',
    ],
    [
      [{ type: 'judge', rubric: 'Good.', model: 'second', tools: 'shop' }],
      'There is no "shop" among the tools of the registry. It has none',
    ],
    [[{ type: 'schema', schema: { type: 'strng' } }], 'checks[0] (schema): The JSON Schema is not valid at /type.'],
    [[{ type: 'json' }, { type: 'json' }], 'checks[1] (json): checks[0] is named "json" too'],
  ])('%j', (list, message) => {
    expect(told(list, { registry })).toThrow(message);
  });

  test('of the registry too', () => {
    const own = {
      ready: check('ready', () => true),
      breaks: () => {
        throw new Error('No table.');
      },
    };
    expect(told([{ type: 'ready', least: 1 }], { registry: { checks: own } })).toThrow(
      'checks[0] (ready): There is no option "least"',
    );
    expect(told([{ type: 'breaks' }], { registry: { checks: own } })).toThrow('checks[0] (breaks): No table.');
    expect(told([{ type: 'redy' }], { registry: { checks: own } })).toThrow('Did you mean "ready"?');
  });
});

describe('the JSON Schema for editors', () => {
  const isValid = new Ajv({ strict: false }).compile(configSchema());

  test('takes every entry, and types of the registry', () => {
    expect(isValid({ $schema: 'x', checks: [...all, { type: 'mine', least: 1 }], guards: all.slice(0, 1) })).toBe(true);
  });

  test.each<unknown>([
    { type: 'contains' },
    { type: 'length', max: '60' },
    { type: 'json', strict: true },
    {},
    { type: 1 },
  ])('marks %j', (entry) => {
    expect(isValid({ checks: [entry] })).toBe(false);
  });
});

describe('a schema in a configuration', () => {
  const Total: FlexibleSchema = jsonSchema({ type: 'object', required: ['total'] });

  test('may be named in the registry', async () => {
    const [made] = checksFrom([{ type: 'schema', schema: 'Total' }], { registry: { schemas: { Total } } });
    expect(await runCheck(made as never, '{"total":1}')).toEqual({ type: 'pass' });
    expect(await runCheck(made as never, '{}')).toMatchObject({ issues: [{ check: 'schema' }] });
    expect(() => checksFrom([{ type: 'schema', schema: 'Totl' }], { registry: { schemas: { Total } } })).toThrow(
      'There is no "Totl" among the schemas of the registry. Did you mean "Total"?',
    );
  });

  test('may be judged while it streams', () => {
    const schema = { type: 'object' };
    expect(checksFrom([{ type: 'schema', schema, incremental: true }])).toMatchObject([{ incremental: true }]);
    expect(checksFrom([{ type: 'schema', schema }])[0]).not.toHaveProperty('incremental');
  });
});

test('what is thrown and no error is told too', () => {
  const reason: unknown = 'No table.';
  const breaks = () => {
    throw reason;
  };
  expect(() => checksFrom([{ type: 'breaks' }] as never, { registry: { checks: { breaks } } })).toThrow(
    'checks[0] (breaks): No table.',
  );
});

test('takes references that lead to a schema in the document, and data that only looks like one', () => {
  const schema = {
    $id: 'https://example.com/root',
    $defs: { 'a/b': { type: 'string' }, c: { $anchor: 'here', type: 'number' }, d: { $id: 'https://example.com/d' } },
    properties: {
      one: { $ref: '#/$defs/a~1b' },
      two: { $ref: '#here' },
      three: { $ref: 'https://example.com/d' },
      four: { const: { $ref: 'elsewhere' } },
      five: { $ref: '#' },
      six: { $ref: '#/$defs/a%7E1b' },
    },
  };
  expect(checksFrom([{ type: 'schema', schema }])).toHaveLength(1);
  const shared = { a: 1 };
  expect(checksFrom([{ type: 'fieldPresent', equals: { x: shared, y: [shared, shared] } }])).toHaveLength(1);
});

function cyclic(): object {
  const value: Record<string, unknown> = {};
  value.self = [value];
  return value;
}

function nested(levels: number): object {
  return JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
}

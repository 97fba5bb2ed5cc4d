import { describe, expect, test } from 'vitest';
import { compileSchema, incrementalValidator } from '../../src/incremental/index.ts';
import { seeded } from './pieces.ts';

/** The result of the text in pieces of about a thousand characters. */
function judge(schema: unknown, text: string) {
  const check = incrementalValidator(schema).start();
  for (let position = 0; position < text.length; position += 1_000) check.push(text.slice(position, position + 1_000));
  return check.end();
}

/** JSON text, of values too deep for the language's own writer, too. */
function deepText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '['.repeat(50_000) + ']'.repeat(50_000);
  }
}

/** The letters a and b in no order. */
function letters(count: number): string {
  const random = seeded(1);
  return Array.from({ length: count }, () => (random() < 0.5 ? 'a' : 'b')).join('');
}

const tree = {
  $ref: '#/$defs/tree',
  $defs: { tree: { type: 'object', properties: { child: { $ref: '#/$defs/tree' }, value: { type: 'number' } } } },
};

/** How long an act keeps the processor, in milliseconds; what loads first is left out. */
function spentMs(act: () => void): number {
  act();
  const startedAt = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / 1000;
}

describe('hostile input', () => {
  test('no more is looked for than is told of members that are missing, named wrongly or wrong', () => {
    const names = Array.from({ length: 200_000 }, (_, index) => `name${index}`);
    const value = Object.fromEntries(names.map((name) => [name, 1]));
    const missing = compileSchema({ required: names });
    const named = compileSchema({ propertyNames: { maxLength: 3 } });

    expect(missing.issuesOf({})).toHaveLength(50);
    expect(named.issuesOf(value)).toHaveLength(50);
    // Told one by one, they take some ten times as long as being judged.
    expect(spentMs(() => missing.issuesOf({}))).toBeLessThan(60 + 3 * spentMs(() => missing.isValid({})));
    expect(spentMs(() => named.issuesOf(value))).toBeLessThan(40 + 3 * spentMs(() => named.isValid(value)));
  });

  test('nesting 10,000 deep is judged like any other', () => {
    const brackets = '['.repeat(10_000) + ']'.repeat(10_000);
    const objects = (value: string) => `${'{"child":'.repeat(10_000)}{"value":${value}}${'}'.repeat(10_000)}`;

    expect(judge(true, brackets).valid).toBe(true);
    expect(judge({ type: 'array', uniqueItems: true, items: { type: 'array' } }, brackets).valid).toBe(true);
    expect(judge({ enum: [[[]]] }, brackets).valid).toBe(false);
    expect(judge(tree, objects('1')).valid).toBe(true);
    expect(judge(tree, objects('"x"')).valid).toBe(false);
    expect(compileSchema(tree).isValid(JSON.parse(objects('1')))).toBe(true);
    expect(compileSchema(tree).isValid(JSON.parse(objects('"x"')))).toBe(false);
    expect(compileSchema(tree).issuesOf(JSON.parse(objects('"x"')))).toHaveLength(1);
  });

  test('failures that rise through 10,000 alternatives do not overflow the stack', () => {
    const schema = {
      $ref: '#/$defs/node',
      $defs: {
        node: { anyOf: [{ type: 'object', properties: { a: { $ref: '#/$defs/node' } } }, { const: 1 }] },
      },
    };
    const text = `${'{"a":'.repeat(10_000)}2${'}'.repeat(10_000)}`;

    expect(judge(schema, text).valid).toBe(false);
    expect(compileSchema(schema).isValid(JSON.parse(text))).toBe(false);
    expect(compileSchema(schema).issuesOf(JSON.parse(text))).toHaveLength(1);
  });

  test('a string of 10 MB is judged in linear time', () => {
    const text = JSON.stringify('x'.repeat(10_000_000));

    expect(judge({ type: 'string' }, text).valid).toBe(true);
    expect(judge({ type: 'string', pattern: '^y' }, text).valid).toBe(false);
    expect(judge({ type: 'string', maxLength: 9_999_999 }, text).valid).toBe(false);
    expect(judge({ type: 'string', enum: ['xx'] }, text).valid).toBe(false);
  });

  test('100,000 names are kept apart', () => {
    const members = Array.from({ length: 100_000 }, (_, index) => `"k${index}":${index}`);
    const schema = { type: 'object', additionalProperties: { type: 'integer' } };

    expect(judge(schema, `{${members.join()}}`).valid).toBe(true);
    expect(judge(schema, `{${members.join()},"k77":1}`).valid).toBe(false);
  });

  test('100,000 items are compared in linear time', () => {
    const items = Array.from({ length: 100_000 }, (_, index) => `{"a":[${index}]}`);

    expect(judge({ uniqueItems: true }, `[${items.join()}]`).valid).toBe(true);
    expect(judge({ uniqueItems: true }, `[${items.join()},{"a":[5]}]`).valid).toBe(false);
  });

  test.each([
    ['^(a+)+$', 'a'.repeat(1_000_000), '!'],
    ['^(a|a)*$', 'a'.repeat(1_000_000), '!'],
    ['^(a*)*$', 'a'.repeat(1_000_000), '!'],
    ['^(a|aa)+$', 'a'.repeat(1_000_000), '!'],
    ['^([a-z]+\\s?)*$', 'word '.repeat(200_000), '!'],
    ['(x+x+)+y$', `${'x'.repeat(1_000_000)}y`, 'x'],
    ['^(a?){30}a{30}$', 'a'.repeat(60), 'a'],
    ['^(a{1,9}){1,9}$', 'a'.repeat(81), 'a'],
    ['^.*.*.*.*x$', `${'y'.repeat(1_000_000)}x`, 'y'],
    ['.*a.*b.*c$', `${'ab'.repeat(500_000)}c`, 'a'],
    ['[a-z]+[a-z]{50}!$', `${'a'.repeat(1_000_000)}!`, 'a'],
    ['^(?:(?: ?a){4})*$', 'a a'.repeat(400_000), '!'],
    ['^(?=.*\\d)(?!.*\\s)(?:\\w+\\b)*$', 'word1'.repeat(20_000), ' '],
  ])('the pattern %s is judged on a string of any length', (pattern, right, wrong) => {
    const { isValid, limits } = compileSchema({ pattern });

    expect(isValid(right)).toBe(true);
    expect(isValid(right + wrong)).toBe(false);
    expect(limits).toEqual([]);
  });

  test.each([
    ['(.)\\1', 'ab'],
    ['(a|b)*a(a|b){30}c', letters(200_000)],
    ['\\w+(?:.{1000}b|.{999}a)c', letters(20_000)],
    ['(?:'.repeat(300) + ')'.repeat(300), 'a'],
    ['(?:(?:(?:a{30}){30}){30}){30}', 'a'],
  ])('a string that the pattern %s is too much for is undecided, whatever builds on it, and named', (pattern, text) => {
    const undecided = (schema: object, value: unknown) => {
      const compiled = compileSchema(schema);
      expect([schema, compiled.isValid(value)]).toEqual([schema, true]);
      expect([schema, judge(schema, JSON.stringify(value))]).toEqual([schema, { valid: true, issues: [] }]);
      expect(compiled.limits.join()).toContain(pattern);
    };

    undecided({ pattern }, text);
    undecided({ not: { pattern } }, text);
    undecided({ oneOf: [{ pattern }, { const: text }] }, text);
    undecided({ oneOf: [{ pattern }, { const: '' }] }, text);
    undecided(
      Object.fromEntries([
        ['if', { pattern }],
        ['then', false],
      ]),
      text,
    );
    undecided(
      Object.fromEntries([
        ['if', { pattern }],
        ['else', false],
      ]),
      text,
    );
    undecided({ contains: { pattern } }, [text]);
    undecided({ contains: { pattern }, minContains: 0, maxContains: 0 }, [text]);
    undecided({ patternProperties: { [pattern]: false }, additionalProperties: false }, { [text]: 1 });
    undecided({ patternProperties: { [pattern]: true }, unevaluatedProperties: false }, { [text]: 1 });
    undecided({ propertyNames: { not: { pattern } } }, { [text]: 1 });
    undecided({ anyOf: [{ pattern }, { not: { pattern } }], maxLength: text.length }, text);
    expect(compileSchema({ pattern, maxLength: 0 }).isValid(text)).toBe(false);
    expect(judge({ anyOf: [{ pattern, maxLength: 0 }, { not: {} }] }, JSON.stringify(text)).valid).toBe(false);
  });

  test.each(['^([a-z]+-)*[a-z]+$', '^(/[^/]+)+$', '^\\d+(\\.\\d+)*$'])(
    'the pattern %s, whose repetitions are told apart by a separator, is run',
    (pattern) => {
      expect(incrementalValidator({ type: 'string', pattern }).limits).toEqual([]);
      expect(judge({ type: 'string', pattern }, '"!"').valid).toBe(false);
    },
  );

  test('an alternative that is not run is not held against its neighbours', () => {
    const risky = { type: 'string', pattern: '^(a)\\1$' };
    const conditional = Object.fromEntries([
      ['if', risky],
      ['then', { const: 'a' }],
      ['else', { const: 'b' }],
    ]);

    expect(judge({ not: risky }, '"b"').valid).toBe(true);
    expect(judge({ oneOf: [risky, { const: 'b' }] }, '"b"').valid).toBe(true);
    expect(judge(conditional, '"b"').valid).toBe(true);
    expect(judge(conditional, '"c"').valid).toBe(false);
  });

  test('references that lead nowhere accept, and are named', () => {
    for (const schema of [
      { $ref: '#' },
      { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
      { anyOf: [{ $ref: '#' }, { type: 'string' }] },
      { $ref: 'https://example.com/elsewhere.json' },
      { $ref: '#/$defs/missing' },
    ]) {
      expect(incrementalValidator(schema).limits).toHaveLength(1);
      expect(judge(schema, '[1]').valid).toBe(true);
    }
  });

  test('alternatives that meet again below are judged once', () => {
    const schema = {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          anyOf: [
            { type: 'object', properties: { a: { $ref: '#/$defs/node' }, x: { type: 'string' } }, required: ['x'] },
            { type: 'object', properties: { a: { $ref: '#/$defs/node' } } },
            { type: 'null' },
          ],
        },
      },
    };
    const text = `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`;

    expect(judge(schema, text).valid).toBe(false);
    expect(compileSchema(schema).isValid(JSON.parse(text))).toBe(false);
    expect(compileSchema(schema).issuesOf(JSON.parse(text))).not.toEqual([]);
  });

  test('a value that many alternatives lead to is judged once by each', () => {
    const names = Array.from({ length: 40 }, (_, index) => `n${index}`);
    const $defs = Object.fromEntries(
      names.map((name, index) => {
        const next = index + 1 < names.length ? { $ref: `#/$defs/n${index + 1}` } : { type: 'string' };
        return [name, { anyOf: [next, { ...next }] }];
      }),
    );

    expect(judge({ $ref: '#/$defs/n0', $defs, unevaluatedProperties: false }, '{"a":1}').valid).toBe(false);
    expect(judge({ $ref: '#/$defs/n0', $defs }, '1').valid).toBe(false);
    expect(judge({ $ref: '#/$defs/n0', $defs }, '[1]').valid).toBe(false);
    expect(compileSchema({ $ref: '#/$defs/n0', $defs }).isValid(1)).toBe(false);
    expect(compileSchema({ $ref: '#/$defs/n0', $defs }).issuesOf(1)).not.toEqual([]);
  });

  test('a schema that one alternative gives up is still judged for the other', () => {
    const shared = { $ref: '#/$defs/shared' };
    const schema = {
      anyOf: [
        { properties: { a: shared }, patternProperties: { '^a': { type: 'string' } } },
        { properties: { a: shared } },
      ],
      $defs: { shared: { type: 'object', required: ['z'] } },
    };

    expect(judge(schema, '{"a":{}}').valid).toBe(false);
    expect(judge(schema, '{"a":{"z":1}}').valid).toBe(true);
  });

  test('names that objects inherit are names like others', () => {
    const schema = {
      type: 'object',
      required: ['__proto__', 'toString'],
      properties: { constructor: { type: 'number' } },
    };

    expect(judge(schema, '{}').valid).toBe(false);
    expect(judge(schema, '{"__proto__":{"a":1},"toString":1}').valid).toBe(true);
    expect(judge(schema, '{"__proto__":1,"__proto__":1,"toString":1}').valid).toBe(false);
    expect(compileSchema(schema).isValid({})).toBe(false);
    expect(compileSchema(schema).isValid(JSON.parse('{"__proto__":{"a":1},"toString":1}'))).toBe(true);
    expect(judge({ const: JSON.parse('{"__proto__":1}') }, '{"__proto__":1}').valid).toBe(true);
    expect(judge({ const: JSON.parse('{"__proto__":1}') }, '{}').valid).toBe(false);
    expect(judge(JSON.parse('{"properties":{"__proto__":{"type":"number"}}}'), '{"__proto__":"x"}').valid).toBe(false);
  });

  test('lone surrogates are characters', () => {
    for (const text of ['"\\ud800"', '"\\udc00\\ud800"', '"\ud800"', '"\\ud83d\\ude00"', '"\ud83d\ude00"']) {
      expect(judge({ type: 'string', minLength: 1, maxLength: 2 }, text).valid).toBe(true);
      const check = incrementalValidator({ type: 'string', maxLength: [...JSON.parse(text)].length }).start();
      for (let position = 0; position < text.length; position++) check.push(text[position] ?? '');
      expect(check.end().valid).toBe(true);
    }
  });

  test('numbers of 10,000 digits are numbers', () => {
    const digits = '9'.repeat(10_000);

    expect(judge({ type: 'number' }, digits).valid).toBe(true);
    expect(judge({ type: 'number', maximum: 5 }, `0.${digits}`).valid).toBe(true);
    expect(judge({ type: 'number', multipleOf: 0.01 }, `1e-${digits}`).valid).toBe(true);
    expect(judge({ type: 'integer' }, `${digits}x`).valid).toBe(false);
  });
});

describe('what takes too much judging', () => {
  const fan = (count: number) => ({
    allOf: Array.from({ length: count }, (_, index) => ({ properties: { [`k${index}`]: { type: 'number' } } })),
  });
  const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));

  test('leaves the value undecided, and is named', () => {
    const schema = { ...fan(1_000), $comment: 'judged once' };
    const compiled = compileSchema(schema);
    const value = members(5_000);

    expect(compiled.limits).toEqual([]);
    expect(compiled.isValid(value)).toBe(true);
    expect(compiled.limits).toHaveLength(1);
    expect(judge(schema, JSON.stringify(value))).toEqual({ valid: true, issues: [] });
    expect(compileSchema({ not: schema }).isValid(value)).toBe(true);
  });

  const counted = (count: number, make: (index: number) => unknown) =>
    Array.from({ length: count }, (_, index) => make(index));
  const named = (count: number, make: (index: number) => unknown) =>
    Object.fromEntries(counted(count, (index) => [`k${index}`, make(index)]) as [string, unknown][]);

  test.each<[string, object, unknown]>([
    ['items that are compared', { uniqueItems: true }, counted(100_000, (index) => [index])],
    [
      'conditions',
      { items: { dependentSchemas: named(1_000, () => ({ required: ['a'] })) } },
      counted(5_000, () => ({})),
    ],
    [
      'names that ask for others',
      { items: { dependentRequired: named(2_000, () => ['a']) } },
      counted(5_000, () => ({})),
    ],
    [
      'what is left over',
      {
        allOf: counted(50, (index) => ({ properties: { [`a${index}`]: true } })),
        unevaluatedProperties: { type: 'number' },
      },
      named(10_000, () => 1),
    ],
    [
      'levels',
      { $ref: '#/$defs/t', $defs: { t: { type: 'array', items: { $ref: '#/$defs/t' } } } },
      JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)),
    ],
  ])('bounds the work for many %s, and names what is left undecided', (_, schema, value) => {
    const whole = compileSchema({ ...schema, $comment: 'whole' });
    const streamed = incrementalValidator({ ...schema, $comment: 'streamed' });
    const not = compileSchema({ not: schema });

    expect(whole.isValid(value)).toBe(true);
    expect(whole.limits).toHaveLength(1);
    expect(not.isValid(value)).toBe(true);
    expect(streamed.start().push(deepText(value)).state).toBe('complete');
    expect(streamed.limits).toHaveLength(1);
  });

  test('bounds the work for a schema: what is too large, too long or too deep accepts, and is named', () => {
    const chain = named(5_000, (index) => ({ anyOf: [{ $ref: `#/$defs/k${index + 1}` }, false] }));
    const schemas = [
      { $ref: '#/$defs/k0', $defs: { ...chain, k5000: { type: 'number' } } },
      { allOf: counted(60_000, (index) => ({ minimum: index })) },
      { items: { enum: counted(60_000, (index) => ({ index })) } },
      { pattern: 'a'.repeat(200_000) },
      { properties: named(60_000, () => ({ type: 'string' })) },
    ];

    for (const schema of schemas) {
      const { limits, isValid } = compileSchema(schema);
      expect(limits.length).toBeGreaterThan(0);
      expect([isValid('x'), isValid([{ index: -1 }]), judge(schema, '[{"index":-1}]').valid]).toEqual([
        true,
        true,
        true,
      ]);
    }
  });

  test('does not hide what is wrong before that', () => {
    const schema = { ...fan(1_000), required: ['missing'] };
    const compiled = compileSchema(schema);

    expect(compiled.isValid(members(5_000))).toBe(false);
    expect(compiled.issuesOf(members(5_000))).not.toEqual([]);
    expect(judge(schema, JSON.stringify(members(5_000))).valid).toBe(false);
  });

  test('leaves no value wrong without an issue', () => {
    const objects = counted(60_000, (index) => ({ index }));
    const { isValid, issuesOf } = compileSchema({ items: { enum: objects } });
    const value = [...counted(50_000, () => ({ a: -1 })), 1];

    expect(isValid(value)).toBe(false);
    expect(issuesOf(value)).not.toEqual([]);
  });

  test('is not what patterns, listed strings or required names come to', () => {
    const names = Array.from({ length: 3_000 }, (_, index) => `k${index}`);
    const text = JSON.stringify(Object.fromEntries(names.map((name) => [name, 1])));
    const list = JSON.stringify(names);

    expect(judge({ required: names, maxProperties: 3_000, additionalProperties: true }, text).valid).toBe(true);
    expect(judge({ required: [...names, 'z'], maxProperties: 3_000 }, text).valid).toBe(false);
    expect(judge({ items: { enum: names }, uniqueItems: true }, list).valid).toBe(true);
    expect(judge({ items: { enum: names.slice(1) } }, list).valid).toBe(false);
  });
});

test('says once that a schema has too many patterns, and judges the first of them', () => {
  const patterns = Array.from({ length: 20_000 }, (_, index) => [`^[a-z]{2,8}-${index}$`, { type: 'string' }]);
  const { limits, isValid } = compileSchema({ patternProperties: Object.fromEntries(patterns) });
  expect([isValid({ 'ab-1': 1 }), isValid({ 'ab-19000': 1 })]).toEqual([false, true]);
  expect(limits.length).toBeLessThan(10);
});

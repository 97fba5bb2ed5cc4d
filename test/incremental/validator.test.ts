import { InvalidArgumentError } from '@ai-sdk/provider';
import { jsonSchema } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { compileSchema, incrementalValidator, readJson } from '../../src/incremental/index.ts';

const invoice = {
  type: 'object',
  properties: {
    currency: { enum: ['EUR', 'USD'] },
    total: { type: 'number', minimum: 0 },
    note: { type: 'string' },
    lines: {
      type: 'array',
      maxItems: 2,
      items: { type: 'object', properties: { code: { type: 'string', maxLength: 3 } } },
    },
  },
  required: ['currency', 'total'],
  additionalProperties: false,
};

/** The state after the text, given as one piece. */
function stateAfter(schema: unknown, text: string, options = {}) {
  return incrementalValidator(schema, options).start().push(text);
}

function issuesAfter(schema: unknown, text: string) {
  const check = incrementalValidator(schema).start();
  check.push(text);
  return check.end().issues.map(({ path, message }) => [path.join('/'), message]);
}

describe('the state', () => {
  test.each([
    ['', 'open'],
    ['  {', 'open'],
    ['{"currency":"EUR","total":3}', 'complete'],
    ['{"currency":"EUR","total":3} \n', 'complete'],
    ['{"currency":"EUR","total":3} x', 'dead'],
    ['{"currency":"EUR","total":3', 'open'],
    ['{"currency":"EUR"}', 'dead'],
    ['[', 'dead'],
    ['{"currency":"G', 'dead'],
    ['{"total":"', 'dead'],
    ['{"total":t', 'dead'],
    ['{"total":-', 'open'],
    ['{"total":-1', 'open'],
    ['{"total":-1,', 'dead'],
    ['{"other"', 'dead'],
    ['{"total":1,"total"', 'dead'],
    ['{"lines":[{"code":"abcd', 'dead'],
    ['{"lines":[{},{},{', 'dead'],
    ['{"total":01}', 'dead'],
    ["{'total'", 'dead'],
  ])('after %j is %s', (text, state) => {
    expect(stateAfter(invoice, text).state).toBe(state);
  });

  test('a number is judged when it is complete', () => {
    expect(stateAfter({ type: 'integer', maximum: 9 }, '[').state).toBe('dead');
    expect(stateAfter({ type: 'integer' }, '15e-1').state).toBe('open');
    expect(stateAfter({ type: 'integer' }, '15e-1 ').state).toBe('dead');
    expect(stateAfter({ maximum: 9 }, '15').state).toBe('open');
    expect(stateAfter({ maximum: 9 }, '15e-9\n').state).toBe('complete');
  });

  test('an alternative dies with its last branch', () => {
    const circle = { properties: { kind: { const: 'circle' }, radius: { type: 'number' } }, required: ['kind'] };
    const square = { properties: { kind: { const: 'square' }, side: { type: 'number' } }, required: ['kind'] };
    const schema = { type: 'object', oneOf: [circle, square] };

    expect(stateAfter(schema, '{"kind":"cir').state).toBe('open');
    expect(stateAfter(schema, '{"kind":"tri').state).toBe('dead');
    expect(stateAfter(schema, '{"kind":"circle","radius":"').state).toBe('dead');
    expect(stateAfter(schema, '{"kind":"circle","side":"x","radius":1}').state).toBe('complete');
  });

  test('a text that ends early is wrong at its end only', () => {
    const check = incrementalValidator(invoice).start();

    expect(check.push('{"total":1,"note":"so far').state).toBe('open');
    expect(check.end()).toEqual({
      valid: false,
      issues: [
        { path: ['note'], check: 'schema', kind: 'truncated', message: 'Finish the JSON; the text ends too early.' },
      ],
    });
  });

  test('no text at all is empty', () => {
    expect(incrementalValidator(invoice).start().end().issues).toMatchObject([{ kind: 'empty' }]);
  });
});

describe('what is safe', () => {
  const shown = (schema: unknown, text: string) => text.slice(0, stateAfter(schema, text).safeLength);

  test.each([
    ['{', '{'],
    ['{ "note"', '{'],
    ['{ "note": "He', '{ "note": "He'],
    ['{ "note": "He\\', '{ "note": "He'],
    ['{ "note": "He\\u00e', '{ "note": "He'],
    ['{ "note": "He\\ud83d', '{ "note": "He'],
    ['{ "note": "He\\ud83d\\ude00', '{ "note": "He\\ud83d\\ude00'],
    ['{ "note": "He\ud83d', '{ "note": "He'],
    ['{ "note": "He", ', '{ "note": "He"'],
    ['{"total":12', '{'],
    ['{"total":12,', '{"total":12'],
    ['{"currency":"EU', '{'],
    ['{"currency":"EUR"', '{"currency":"EUR"'],
    ['{"currency":"EUR","total":1}', '{"currency":"EUR","total":1}'],
    ['{"lines":[{"code":"ab', '{"lines":[{'],
    ['{"lines":[{"code":"ab"', '{"lines":[{"code":"ab"'],
    ['{"lines":[{"code":"ab"} ]', '{"lines":[{"code":"ab"} ]'],
  ])('of %j is %j', (text, safe) => {
    expect(shown(invoice, text)).toBe(safe);
  });

  test('a scalar at the top waits until it is complete', () => {
    expect(shown({ type: 'string' }, '"some')).toBe('');
    expect(shown({ type: 'string' }, '"some"')).toBe('"some"');
    expect(shown({ type: 'number' }, '12')).toBe('');
    expect(shown({ type: 'number' }, '12 ')).toBe('12');
  });

  test('a nullable value does not wait', () => {
    const schema = { properties: { a: { anyOf: [{ type: 'string' }, { type: 'null' }] } } };

    expect(shown(schema, '{"a":"He')).toBe('{"a":"He');
  });

  test('an alternative waits until it is decided', () => {
    const branch = (kind: string) => ({
      type: 'object',
      properties: { kind: { const: kind }, text: { type: 'string' } },
    });
    const schema = { type: 'array', items: { anyOf: [branch('a'), branch('b')] } };

    expect(shown(schema, '[{"text":"He')).toBe('[');
    expect(shown(schema, '[{"text":"He","kind":"a"')).toBe('[{"text":"He","kind":"a"');
    expect(shown(schema, '[{"text":"He"}')).toBe('[{"text":"He"}');
  });

  test.each([
    [{ uniqueItems: true }],
    [{ contains: { type: 'array' } }],
    [{ not: { minItems: 7 } }],
    [{ if: { maxItems: 5 }, else: { maxItems: 7 } }],
    [{ enum: [[1, 2]] }],
  ])('a value that %j asks about waits until it is decided', (schema) => {
    expect(shown(schema, '[1,2')).toBe('');
    expect(shown(schema, '[1')).toBe('');
  });
});

describe('the issues', () => {
  test.each([
    [{ type: 'number' }, '"12"', '', 'Make the answer a number; it is a string.'],
    [
      { properties: { total: { type: ['number', 'null'] } } },
      '{"total":"12"}',
      'total',
      'Make total a number or null; it is a string.',
    ],
    [
      { items: { properties: { n: { type: 'integer' } } } },
      '[{},{"n":1.5}]',
      '1/n',
      'Make [1].n an integer; it is the number 1.5.',
    ],
    [invoice, '{"currency":"Euro"', 'currency', 'Make currency one of "EUR" or "USD"; it is the string "Eu".'],
    [invoice, '{"total":-3}', 'total', 'Make total at least 0; it is the number -3.'],
    [invoice, '{"vat":1}', 'vat', 'Remove vat; only currency, total, note, lines are allowed there.'],
    [invoice, '{"total":3}', 'currency', 'Add currency; it is missing.'],
    [
      invoice,
      '{"lines":[{"code":"abcde"}]}',
      'lines/0/code',
      'Make lines[0].code at most 3 characters long; it has 4.',
    ],
    [invoice, '{"lines":[{},{},{}]}', 'lines', 'Keep at most 2 items in lines; it has 3.'],
    [invoice, '{"total":1,"total":2}', 'total', 'Give total only once; its name is repeated.'],
    [{ pattern: '^a' }, '"b"', '', 'Make the answer match the pattern ^a; it is the string "b".'],
    [{ uniqueItems: true }, '[1,2,1]', '2', 'Change [2]; it repeats [0].'],
    [{ not: { minLength: 1 } }, '"a"', '', 'Change the answer; it is what the schema rules out.'],
    [{ contains: { const: 1 } }, '[2]', '', 'Give the answer an item that matches what it must contain; it has none.'],
    [{ minProperties: 2 }, '{"a":1}', '', 'Give the answer at least 2 members; it has 1.'],
    [{ dependentRequired: { a: ['b'] } }, '{"a":1}', 'b', 'Add b; a asks for it.'],
    [
      { propertyNames: { maxLength: 2 } },
      '{"abc":1}',
      'abc',
      'Rename abc. Make the name at most 2 characters long; it has 3.',
    ],
    [{ type: 'object' }, '{"a" 1}', 'a', 'Write valid JSON; "1" is not expected here.'],
  ])('of %j for %s', (schema, text, path, message) => {
    expect(issuesAfter(schema, text)).toEqual([[path, message]]);
  });

  test('of an alternative are those of the branch that held out longest', () => {
    const schema = {
      oneOf: [
        { properties: { kind: { const: 'circle' }, radius: { type: 'number' } }, required: ['kind', 'radius'] },
        { properties: { kind: { const: 'square' }, side: { type: 'number' } }, required: ['kind', 'side'] },
      ],
    };
    const expected = [['radius', 'Make radius a number; it is a string.']];

    expect(issuesAfter(schema, '{"kind":"circle","radius":"3"}')).toEqual(expected);
    expect(compileSchema(schema).issuesOf({ kind: 'circle', radius: '3' })).toEqual([
      { path: ['radius'], check: 'schema', kind: 'schema', message: 'Make radius a number; it is the string "3".' },
    ]);
  });

  test('of a whole value are all there are, each once, and not too many', () => {
    const messages = compileSchema({ allOf: [invoice, { required: ['total'] }] })
      .issuesOf({ currency: 'EUR', vat: 1, lines: [{ code: 'abcd' }, {}, {}] })
      .map(({ message }) => message);

    expect(messages).toEqual([
      'Add total; it is missing.',
      'Remove vat; only currency, total, note, lines are allowed there.',
      'Keep at most 2 items in lines; it has 3.',
      'Make lines[0].code at most 3 characters long; it has 4.',
    ]);
    expect(compileSchema({ items: { type: 'string' } }).issuesOf(Array.from({ length: 99 }, () => 1))).toHaveLength(50);
  });

  test('show no more than a part of what was received', () => {
    const [issue] = compileSchema({ const: 'a' }).issuesOf('x'.repeat(1_000));

    expect(issue?.message.length).toBeLessThan(120);
  });
});

describe('the options', () => {
  test('formats are judged when they are asserted', () => {
    const schema = { type: 'string', format: 'date' };

    expect(stateAfter(schema, '"2024-02-30"').state).toBe('complete');
    expect(stateAfter(schema, '"2024-02-30"', { formats: 'assert' }).state).toBe('dead');
    expect(stateAfter(schema, '"2024-02-29"', { formats: 'assert' }).state).toBe('complete');
    expect(stateAfter({ format: 'no-such-format' }, '"x"', { formats: 'assert' }).state).toBe('complete');
  });

  test('unknown members are let through when they may be', () => {
    const options = { additionalMembers: 'allow' } as const;
    const strict = { properties: { a: { type: 'number' } }, additionalProperties: false };

    expect(stateAfter(strict, '{"b":1}', options).state).toBe('complete');
    expect(stateAfter(strict, '{"a":""}', options).state).toBe('dead');
    expect(compileSchema(strict, options).isValid({ b: 1 })).toBe(true);
    expect(compileSchema(strict).isValid({ b: 1 })).toBe(false);
    expect(compileSchema({ additionalProperties: { type: 'string' } }, options).isValid({ b: 1 })).toBe(false);
    expect(compileSchema({ unevaluatedProperties: false }, options).isValid({ b: 1 })).toBe(true);
    expect(compileSchema({ oneOf: [strict, { ...strict, required: ['b'] }] }, options).isValid({ a: 1, b: 2 })).toBe(
      true,
    );
  });

  test.each([
    ['Here it is:\n```json\n{"total":1,"currency":"EUR"}\n```\nAnything else?', 'complete'],
    ['[see below] {"total":1,"currency":"EUR"} Done [1].', 'complete'],
    ['In {braces}: { "total":1,"currency":"EUR"}', 'complete'],
    ['Sure! {"total":"', 'dead'],
    ['Sure, here you are', 'open'],
  ])('prose around the JSON is skipped when it may be: %j', (text, state) => {
    const one = incrementalValidator(invoice, { lenient: true }).start();
    const many = incrementalValidator(invoice, { lenient: true }).start();

    expect(one.push(text).state).toBe(state);
    expect(Array.from(text, (character) => many.push(character)).at(-1)?.state).toBe(state);
    expect(many.end()).toEqual(one.end());
    expect(one.end().valid).toBe(state === 'complete');
    expect(stateAfter(invoice, text).state).toBe('dead');
  });

  test('after prose, what is safe is counted from the start of the text', () => {
    const prose = 'Sure: ';
    const state = stateAfter(invoice, `${prose}{"note":"He`, { lenient: true });

    expect(state).toMatchObject({ jsonStart: prose.length, safeLength: `${prose}{"note":"He`.length });
  });
});

test.each<[options: unknown, message: string]>([
  [{ leniant: true }, 'There is no option "leniant" of incrementalValidator(). Did you mean "lenient"?'],
  [{ lenient: 'no' }, 'lenient of incrementalValidator() must be a boolean.'],
  [{ formats: true }, 'formats must be "annotate" or "assert".'],
  [null, 'incrementalValidator() takes options: { lenient, formats, additionalMembers }.'],
])('the options %j are refused', (options, message) => {
  expect(() => incrementalValidator(invoice, options as object)).toThrow(message);
});

describe('a schema', () => {
  test.each([[undefined], [null], ['string'], [42], [[]], [Number.NaN], [() => true]])('is not %o', (schema) => {
    expect(() => incrementalValidator(schema)).toThrow(InvalidArgumentError);
    expect(() => compileSchema(schema)).toThrow(InvalidArgumentError);
  });

  test.each<[what: string, schema: unknown]>([
    ['zod', z.object({ a: z.string() })],
    ['another library', { '~standard': { version: 1, vendor: 'x', validate: () => ({ value: 1 }) } }],
    ['a library whose schemas are functions', Object.assign(() => true, { '~standard': { version: 1 } })],
    ['the SDK', jsonSchema({ type: 'object' })],
  ])('of %s is none: its JSON Schema is asked for', (_, schema) => {
    for (const use of [incrementalValidator, compileSchema, (given: unknown) => readJson('{', given)])
      expect(() => use(schema)).toThrow(/^Give the JSON Schema: z\.toJSONSchema\(schema, /);
  });

  test('is not what contains itself', () => {
    const schema: Record<string, unknown> = {};
    schema.not = schema;

    expect(() => compileSchema(schema)).toThrow(InvalidArgumentError);
  });

  test('is compiled once, by identity and by content', () => {
    const compiled = compileSchema(invoice);

    expect(compileSchema(invoice)).toBe(compiled);
    expect(compileSchema(structuredClone(invoice))).toBe(compiled);
    expect(compileSchema(invoice, { formats: 'assert' })).not.toBe(compiled);
    expect(compileSchema(invoice, { additionalMembers: 'allow' })).not.toBe(compiled);
  });

  test('is read by its draft', () => {
    const judges = (schema: object, value: unknown) => compileSchema(schema).isValid(value);
    const draft4 = { $schema: 'http://json-schema.org/draft-04/schema#' };
    const draft7 = { $schema: 'http://json-schema.org/draft-07/schema#' };
    const draft2020 = { $schema: 'https://json-schema.org/draft/2020-12/schema' };

    expect(judges({ ...draft4, minimum: 1, exclusiveMinimum: true }, 1)).toBe(false);
    expect(judges({ ...draft4, const: 1 }, 2)).toBe(true);
    expect(judges({ ...draft7, prefixItems: [false] }, [1])).toBe(true);
    expect(judges({ ...draft7, $ref: '#/$defs/a', type: 'string', $defs: { a: {} } }, 1)).toBe(true);
    expect(judges({ ...draft2020, $ref: '#/$defs/a', type: 'string', $defs: { a: {} } }, 1)).toBe(false);
    expect(judges({ items: [{ type: 'string' }], additionalItems: false }, ['a', 1])).toBe(false);
    expect(judges({ prefixItems: [{ type: 'string' }], items: false }, ['a', 1])).toBe(false);
    expect(judges({ dependencies: { a: ['b'] }, dependentRequired: { c: ['d'] } }, { c: 1 })).toBe(false);
  });

  test('says what of it is not judged', () => {
    const { limits } = incrementalValidator({
      pattern: '(a)\\1',
      properties: { a: { $ref: 'https://example.com/a.json' }, b: { type: 'text' } },
    });

    expect(limits).toHaveLength(3);
    expect(limits.join()).toMatch(/\(a\)\\1.*a\.json|a\.json.*\(a\)\\1/s);
  });
});

describe('what cannot be judged', () => {
  test('never makes a member or item count as unevaluated', () => {
    const schema = { $ref: 'https://example.com/unknown', unevaluatedProperties: false };
    const validator = incrementalValidator(schema);
    const check = validator.start();
    check.push('{"a":1}');
    expect(check.end().valid).toBe(true);
    expect(validator.limits).not.toEqual([]);
  });

  test('is no item that contains matches, whatever the draft', () => {
    const $schema = 'https://json-schema.org/draft/2019-09/schema';
    expect(compileSchema({ $schema, contains: {}, unevaluatedItems: false }).isValid([2])).toBe(true);
  });

  test('is no object of an enum, written in another order', () => {
    const schema = { enum: [{ a: 1, b: [{ c: 2 }] }, [3]] };
    const { isValid } = compileSchema(schema);
    expect([{ b: [{ c: 2 }], a: 1 }, [3], { a: 1 }, [[3]], { a: 1, b: [{ c: 3 }] }].map(isValid)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test('is named, for formats that are judged on some strings only', () => {
    for (const format of ['iri', 'iri-reference', 'idn-email', 'idn-hostname', 'regex']) {
      expect(incrementalValidator({ format }, { formats: 'assert' }).limits.join()).toContain(format);
    }
  });

  test('is not held to be right or wrong: text in other scripts, long text and expressions for other flags', () => {
    const judges = (format: string, text: string) => {
      const accepts = (schema: object) => compileSchema(schema, { formats: 'assert' }).isValid(text);
      return [accepts({ format }), accepts({ not: { format } })];
    };
    const [right, wrong, undecided] = [
      [true, false],
      [false, true],
      [true, true],
    ];

    expect(judges('iri', 'https://example.com/a')).toEqual(right);
    expect(judges('iri', 'no iri')).toEqual(wrong);
    expect(judges('iri', 'https://example.com/ä')).toEqual(undecided);
    expect(judges('idn-email', 'jo@example.com')).toEqual(right);
    expect(judges('idn-email', 'jo')).toEqual(wrong);
    expect(judges('idn-hostname', 'bücher.example')).toEqual(undecided);
    expect(judges('regex', '^a+$')).toEqual(right);
    expect(judges('regex', '^(a')).toEqual(wrong);
    expect(judges('regex', '\\-')).toEqual(undecided);
    expect(judges('uri', `https://example.com/${'a'.repeat(20_000)}`)).toEqual(undecided);
  });

  test('is no excuse for a date and a time without a T', () => {
    const check = incrementalValidator({ format: 'date-time' }, { formats: 'assert' }).start();
    check.push('"2024-01-01 10:00:00Z"');
    expect(check.end().valid).toBe(false);
  });
});

describe('a pattern', () => {
  test('that repeats groups inside groups is bounded, and named', () => {
    let pattern = '^a';
    for (let level = 0; level < 25; level++) pattern = `(?:${pattern}){3}`;
    expect(incrementalValidator({ pattern }).limits.join()).toContain('is not run');
  });

  test('of groups too deep to follow is named', () => {
    const pattern = `${'('.repeat(4_000)}a+${')'.repeat(4_000)}`;
    expect(incrementalValidator({ pattern }).limits.join()).toContain('is not run');
  });

  test('is asked about long strings too', () => {
    expect(compileSchema({ not: { pattern: '^a*$' } }).isValid('b'.repeat(10_001))).toBe(true);
    expect(compileSchema({ pattern: '^a*$' }).isValid('b'.repeat(10_001))).toBe(false);
  });
});

test('values that nest deeper than the call stack would go through are compared whole', () => {
  const nested = (depth: number, inmost: unknown) => {
    let value = inmost;
    for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value, b: 'x' };
    return value;
  };
  const list = compileSchema({ uniqueItems: true });
  expect(list.issuesOf([nested(1000, 1), nested(1000, 2)])).toEqual([]);
  expect(list.issuesOf([nested(1000, 1), nested(1000, 1)])).toMatchObject([{ path: [1] }]);
  const constant = compileSchema({ const: nested(1000, [{}, {}]) });
  expect(constant.issuesOf(nested(1000, [{}, {}]))).toEqual([]);
  expect(constant.issuesOf(nested(1000, [{}, []]))).toHaveLength(1);
});

import { describe, expect, test } from 'vitest';
import { compileSchema, incrementalValidator } from '../../src/incremental/index.ts';

const drafts = {
  4: 'http://json-schema.org/draft-04/schema#',
  6: 'http://json-schema.org/draft-06/schema#',
  7: 'http://json-schema.org/draft-07/schema',
  2019: 'https://json-schema.org/draft/2019-09/schema',
  2020: 'https://json-schema.org/draft/2020-12/schema',
} as const;
type Year = keyof typeof drafts;

/** Whether a value is valid, whole and as text, of a schema that is judged without limits. */
function judge(schema: unknown, value: unknown): boolean {
  const check = incrementalValidator(schema).start();
  check.push(JSON.stringify(value));
  const { valid } = check.end();
  const compiled = compileSchema(schema);
  expect(compiled.isValid(value)).toBe(valid);
  expect(compiled.limits).toEqual([]);
  return valid;
}

const string = { type: 'string' };
const text = { $anchor: 'text', ...string };

describe('an anchor is found', () => {
  test.each([
    ...['additionalItems', 'additionalProperties', 'contains', 'else', 'if', 'items', 'not', 'propertyNames', 'then'],
    ...['unevaluatedItems', 'unevaluatedProperties'],
  ])('in the schema of %s', (keyword) => {
    const schema = { $ref: '#text', $defs: { holder: { [keyword]: text } } };
    expect([judge(schema, 'x'), judge(schema, 1)]).toEqual([true, false]);
  });

  test.each(['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems'])('among the schemas that %s lists', (keyword) => {
    const schema = { $ref: '#text', $defs: { holder: { [keyword]: [true, { type: 'null' }, text] } } };
    expect([judge(schema, 'x'), judge(schema, 1)]).toEqual([true, false]);
  });

  test.each(['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'])(
    'among the schemas that %s names',
    (keyword) => {
      const schema = { $ref: '#text', $defs: { holder: { [keyword]: { a: false, b: ['c'], text } } } };
      expect([judge(schema, 'x'), judge(schema, 1)]).toEqual([true, false]);
    },
  );

  test.each(['enum', 'const', 'default', 'examples', 'unknown'])('but not in %s, which holds values', (keyword) => {
    const { limits } = compileSchema({ $ref: '#text', $defs: { holder: { [keyword]: text } } });
    expect(limits).toEqual(['the reference #text cannot be resolved and is not judged']);
  });
});

/** Each refers to a schema that only strings fit. */
describe('a reference leads to', () => {
  const base = 'https://example.com/root.json';
  test.each<[what: string, schema: object]>([
    ['a pointer', { $ref: '#/$defs/a', $defs: { a: string } }],
    ['a pointer through a list', { $ref: '#/$defs/a/anyOf/1', $defs: { a: { anyOf: [true, string] } } }],
    ['a pointer through a keyword that is unknown', { $ref: '#/x/y', x: { y: string } }],
    ['a pointer with escapes', { $ref: '#/$defs/a~1b~0c%25d%22', $defs: { 'a/b~c%d"': string } }],
    ['a pointer with a stray %', { $ref: '#/$defs/100%', $defs: { '100%': string } }],
    ['a pointer with ~01', { $ref: '#/$defs/~01', $defs: { '~1': string } }],
    ['an empty name', { $ref: '#/$defs/', $defs: { '': string } }],
    ['an id that is relative', { $id: base, $ref: 'a.json', $defs: { a: { $id: 'a.json', ...string } } }],
    ['an id that is absolute', { $ref: 'https://a.example/', $defs: { a: { $id: 'https://a.example/', ...string } } }],
    ['an id with an empty fragment', { $ref: 'urn:a', $defs: { a: { $id: 'urn:a#', ...string } } }],
    ['an id, by an empty fragment', { $ref: 'urn:a#', $defs: { a: { $id: 'urn:a', ...string } } }],
    ['a pointer in an id', { $ref: 'urn:a#/$defs/b', $defs: { a: { $id: 'urn:a', $defs: { b: string } } } }],
    [
      'a pointer in an id with an empty fragment',
      { $ref: 'urn:a#/$defs/b', $defs: { a: { $id: 'urn:a#', $defs: { b: string } } } },
    ],
    ['the document, by a relative path', { $ref: './#/$defs/a', $defs: { a: string } }],
    ['the document, by an id that is relative', { $id: 'x/y', $ref: '../x/y#/$defs/a', $defs: { a: string } }],
    ['an anchor in an id', { $ref: 'urn:a#text', $defs: { a: { $id: 'urn:a', $defs: { b: text } } } }],
    [
      'a pointer of the document, from inside an id',
      { $ref: 'urn:a', $defs: { a: { $id: 'urn:a', $ref: '#/$defs/b' }, b: string } },
    ],
    [
      'the pointer of the id around it first',
      { $ref: 'urn:a', $defs: { a: { $id: 'urn:a', $ref: '#/$defs/b', $defs: { b: string } }, b: { type: 'null' } } },
    ],
    [
      'an anchor of the id around it, not of the document',
      {
        $ref: 'urn:a',
        $defs: { a: { $id: 'urn:a', $ref: '#text', $defs: { b: text } }, b: { $anchor: 'text', type: 'null' } },
      },
    ],
    [
      'an id that is relative to the id around it',
      {
        $ref: 'https://a.example/x/y',
        $defs: {
          a: { $id: 'https://a.example/x/', $ref: 'y', $defs: { y: { $id: 'y', ...string } } },
          b: { $id: 'https://a.example/y', type: 'null' },
        },
      },
    ],
    [
      'a schema that a pointer enters an id for',
      {
        $ref: '#/$defs/a/$defs/b',
        $defs: { a: { $id: 'urn:a', $defs: { b: { $ref: '#/$defs/c' }, c: string } }, c: { type: 'null' } },
      },
    ],
    ['the first of two that have an anchor', { $ref: '#text', allOf: [text], $defs: { b: { $anchor: 'text' } } }],
    ['a dynamic anchor', { $ref: '#text', $defs: { a: { $dynamicAnchor: 'text', ...string } } }],
    [
      'an id of draft-04',
      { $schema: drafts[4], allOf: [{ $ref: 'urn:a' }], definitions: { a: { id: 'urn:a', ...string } } },
    ],
    [
      'a name of draft-04',
      { $schema: drafts[4], allOf: [{ $ref: '#a' }], definitions: { a: { id: '#a', ...string } } },
    ],
    [
      'a name of draft-07',
      { $schema: drafts[7], allOf: [{ $ref: '#a' }], definitions: { a: { $id: '#a', ...string } } },
    ],
    ['the document', { properties: { a: { $ref: '#' } }, type: ['string', 'object'], required: ['b'] }],
    ['the document, by its id', { $id: base, properties: { a: { $ref: base } }, type: ['string', 'object'] }],
    ['the document, by an empty text', { properties: { a: { $ref: '' } }, type: ['string', 'object'] }],
  ])('%s', (_, schema) => {
    expect([judge(schema, 'x'), judge(schema, 1)]).toEqual([true, false]);
    if ('properties' in schema)
      expect([judge(schema, { a: 'x', b: 1 }), judge(schema, { a: 1, b: 1 })]).toEqual([true, false]);
  });

  test.each<[reference: string, document: object]>([
    ['#/$defs/b', { $defs: { a: string } }],
    ['#/$defs/a/type', { $defs: { a: string } }],
    ['#/$defs/toString', { $defs: {} }],
    ['#b', { $defs: { a: text } }],
    ['urn:b', { $defs: { a: { $id: 'urn:a' } } }],
    ['urn:a#b', { $defs: { a: { $id: 'urn:a' }, b: { $anchor: 'b' } } }],
    ['urn:a#/$defs/b', { $defs: { a: { $id: 'urn:a' }, b: string } }],
  ])('nothing by %s in %j, and it is not judged', (reference, document) => {
    const { limits, isValid } = compileSchema({ allOf: [{ $ref: reference }], ...document });
    expect(limits).toEqual([`the reference ${reference} cannot be resolved and is not judged`]);
    expect(isValid(1)).toBe(true);
  });
});

describe('a keyword is read from the draft on that has it', () => {
  // biome-ignore lint/suspicious/noThenProperty: it is the keyword
  const conditional = { if: true, then: false };
  test.each<[keyword: string, since: Year, schema: object, wrong: unknown, until?: Year]>([
    ['type', 4, { type: 'string' }, 1],
    ['exclusiveMinimum as a boolean', 4, { minimum: 1, exclusiveMinimum: true }, 1],
    ['const', 6, { const: 1 }, 2],
    ['contains', 6, { contains: string }, [1]],
    ['propertyNames', 6, { propertyNames: { maxLength: 1 } }, { ab: 1 }],
    ['if', 7, conditional, 1],
    ['dependentRequired', 2019, { dependentRequired: { a: ['b'] } }, { a: 1 }],
    ['dependentSchemas', 2019, { dependentSchemas: { a: false } }, { a: 1 }],
    ['unevaluatedItems', 2019, { unevaluatedItems: false }, [1]],
    ['unevaluatedProperties', 2019, { unevaluatedProperties: false }, { a: 1 }],
    ['minContains', 2019, { contains: string, minContains: 2 }, ['a']],
    ['maxContains', 2019, { contains: string, maxContains: 1 }, ['a', 'b']],
    ['prefixItems', 2020, { prefixItems: [string] }, [1]],
    ['what stands beside $ref', 2019, { $ref: '#/x', x: {}, type: 'string' }, 1],
    ['dependencies', 4, { dependencies: { a: ['b'] } }, { a: 1 }],
    ['items as a list', 4, { items: [string], additionalItems: false }, ['a', 1]],
  ])('%s, from %s', (_, since, schema, wrong) => {
    for (const [year, $schema] of Object.entries(drafts))
      expect([year, judge({ $schema, ...schema }, wrong)]).toEqual([year, Number(year) < since]);
    expect(judge(schema, wrong)).toBe(false);
    expect(judge({ $schema: 'https://example.com/own', ...schema }, wrong)).toBe(false);
  });

  test.each([
    ['http://json-schema.org/draft-03/schema#', true],
    ['https://json-schema.org/draft-04/schema', true],
    ['http://json-schema.org/draft-04/hyper-schema#', true],
    ['http://json-schema.org/draft-05/schema#', false],
    ['http://json-schema.org/schema#', false],
    ['x http://json-schema.org/draft-04/schema#', false],
    [4, false],
  ])('of $schema %j, draft-04 is meant: %s', ($schema, isMeant) => {
    expect(judge({ $schema, const: 1 }, 2)).toBe(isMeant);
  });

  test('of the schema with an id that stands around it', () => {
    const inner = { $id: 'urn:inner', $schema: drafts[4], id: 'urn:inner', const: 1 };
    expect(judge({ allOf: [inner] }, 2)).toBe(true);
    expect(judge({ $schema: drafts[2020], allOf: [{ $id: 'urn:inner', const: 1 }] }, 2)).toBe(false);
  });
});

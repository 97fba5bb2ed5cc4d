import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type OpenApiVersion, openApi } from '../../src/checks/index.ts';
import { toPath } from '../../src/checks/places/place.ts';
import { CheckCrashedError } from '../../src/index.ts';
import { runCheck } from '../../src/testing/index.ts';
import { jsonPointer } from '../../src/trace/json-pointer.ts';
import { errorOf } from '../fixtures.ts';
import { setAt } from '../support/set-at.ts';
import { mistakes, petStore, swaggerStore } from './openapi/documents.ts';

const versions = ['3.0.3', '3.1.1', '3.2.0'];
const written = {
  JSON: JSON.stringify,
  YAML: (document: unknown) => stringify(document, { aliasDuplicateObjects: false }),
};

const places = async (text: string, judge = openApi()) => {
  const verdict = await runCheck(judge, text);
  return verdict.type === 'pass' ? [] : verdict.issues.map(({ path }) => jsonPointer(path));
};

const changed = (document: object, pointer: string, value: unknown): object =>
  JSON.parse(JSON.stringify(setAt(document, toPath(pointer), value)));

describe.each(Object.entries(written))('openApi of %s', (_, write) => {
  test.each(versions)('lets a right document of %s pass', async (version) => {
    expect(await runCheck(openApi(), write(petStore(version)))).toEqual({ type: 'pass' });
    expect(await runCheck(openApi(), write(swaggerStore()))).toEqual({ type: 'pass' });
  });

  describe.each(versions)('of version %s', (version) => {
    test.each(mistakes)('points at %s', async (_, pointer, value, place) => {
      expect(await places(write(changed(petStore(version), pointer, value)))).toContain(place);
    });
  });
});

const lines = (count: number, line: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => `${line(number)}\n`).join('');

describe('openApi', () => {
  test('says what to change', async () => {
    const document = changed(petStore(), '/components/schemas/Pet/type', 'objekt');
    expect(await runCheck(openApi(), JSON.stringify(document))).toEqual({
      type: 'fail',
      issues: [
        {
          message: expect.stringMatching(
            /^Make components\.schemas\.Pet\.type one of .*; it is the string "objekt"\.$/,
          ),
          path: ['components', 'schemas', 'Pet', 'type'],
          check: 'openApi',
          kind: 'schema',
        },
      ],
    });
  });

  test.each<[OpenApiVersion, string, string[]]>([
    ['3.1', '3.1.0', []],
    ['3.1.1', '3.1.1', []],
    ['3.1', '3.0.3', ['/openapi']],
    ['3.1.1', '3.1.0', ['/openapi']],
    ['2.0', '3.1.0', ['']],
  ])('wants version %s, given %s', async (version, given, expected) => {
    expect(await places(JSON.stringify(petStore(given)), openApi({ version }))).toEqual(expected);
  });

  test.each(['openapi: 3.1\ninfo: {}', 'swagger: 2.0', 'openapi: 4.0.0', '{"info": {}}', 'openapi: "2.0"'])(
    'asks for a version it knows in %j',
    async (text) => {
      expect(await runCheck(openApi(), text)).toMatchObject({
        issues: [{ message: expect.stringMatching(/^Write an OpenAPI 3\.1\.1 document: make its member openapi/) }],
      });
    },
  );

  test('reads the document in a fence, or at a place of a JSON answer', async () => {
    const broken = changed(petStore(), '/info/title', undefined);
    expect(await places(`Here it is:\n\`\`\`yaml\n${written.YAML(broken)}\`\`\`\nEnjoy.`)).toEqual(['/info/title']);
    const yaml = written.YAML(broken);
    for (const label of ['yml', 'openapi', '']) {
      expect(await places(`\`\`\`ts\nopenapi\n\`\`\`\n\`\`\`${label}\n${yaml}\`\`\``)).toEqual(['/info/title']);
    }
    expect(await places(`\`\`\`json\n${JSON.stringify(broken)}\n\`\`\``)).toEqual(['/info/title']);
    expect(await places(`\`\`\`yaml\na: 1\n\`\`\`\n\`\`\`yaml\n${yaml}\`\`\`\n\`\`\`yaml\nopenapi: 2\n\`\`\``)).toEqual(
      ['/info/title'],
    );
    expect(await places(JSON.stringify({ spec: broken }), openApi({ path: 'spec' }))).toEqual(['/spec/info/title']);
    expect(await places(JSON.stringify({ spec: written.YAML(broken) }), openApi({ path: 'spec' }))).toEqual(['/spec']);
    expect(await places(JSON.stringify({ spec: null }), openApi({ path: 'spec' }))).toEqual(['/spec']);
    expect(await places(JSON.stringify([petStore(), broken]), openApi({ path: '*' }))).toEqual(['/1/info/title']);
  });

  test.each([
    ['{"openapi": "3.1.0", "paths": {"/a": {}, "/a": {}}}', 'only once'],
    ['openapi: 3.1.0\npaths:\n  /a: {}\n  /a: {}\n', 'line 4, column 3'],
    ['openapi: 3.1.0\npaths: [\n', 'line 3'],
    ['openapi: 3.1.0\npaths: &a\n  /a: *a\n', 'without anchors'],
    ['Sorry, I cannot.', 'Answer with an OpenAPI document'],
    ['[]', 'Answer with an OpenAPI document'],
    [' ', 'there is none'],
  ])('tells what is wrong with the text %j', async (text, words) => {
    expect(await runCheck(openApi(), text)).toMatchObject({ issues: [{ message: expect.stringContaining(words) }] });
  });

  test('follows references to anchors, and none into other documents', async () => {
    const document = changed(petStore(), '/components/schemas/Pet/properties', {
      id: { $ref: '#name' },
      owner: { $ref: './owner.yaml#/Owner' },
      name: { $anchor: 'name', type: 'string' },
    });
    expect(await places(JSON.stringify(document))).toEqual([]);
    expect(await places(JSON.stringify(document).replace('"$ref":"#name"', '"$ref":"#mane"'))).toEqual([
      '/components/schemas/Pet/properties/id/$ref',
    ]);
  });

  test('takes its schema and its parser from the caller, for bundles', async () => {
    const bundled = openApi({
      schema: () => import('@seriousme/openapi-schema-validator/schemas/v3.1/schema.json', { with: { type: 'json' } }),
      yaml: () => import('yaml'),
    });
    expect(await places(written.YAML(changed(petStore(), '/info', undefined)), bundled)).toEqual(['/info']);
  });

  test.each<[string, string]>([
    ['10 MB', `{"openapi":"3.1.0","x-a":"${'a'.repeat(10_000_000)}"}`],
    ['deep JSON', `{"openapi":"3.1.0","components":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}`],
    ['deep JSON that stays open', '{"a":'.repeat(100_000)],
    ['deep YAML', `openapi: 3.1.0\ncomponents: ${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`],
    [
      'many issues',
      JSON.stringify({ ...petStore(), paths: Object.fromEntries([...Array(9_000).keys()].map((n) => [n, {}])) }),
    ],
    [
      'a bomb of aliases',
      `openapi: 3.1.0\na: &a [1,1,1,1,1,1,1,1]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(8)}]`).join('\n')}`,
    ],
    ['many aliases', `${lines(3_000, (n) => `a${n}: &a${n} 1`)}${lines(3_000, (n) => `b${n}: *a${n}`)}`],
    ['too much YAML', `openapi: 3.1.0\nx-a: [${'a,'.repeat(260_000)}a]`],
  ])('comes to an end on %s', async (_, text) => {
    expect(await runCheck(openApi(), text)).toMatchObject({ type: 'fail' });
  });

  test('knows its versions', () => {
    expect(() => openApi({ version: '1.2' as OpenApiVersion })).toThrow('"1.2" is none');
  });

  test("passes what the schema's own package passes, and fails what it fails, its schemas' objects and references aside", async () => {
    const documents = [...versions.map((version) => petStore(version)), swaggerStore()].flatMap((document) => [
      document,
      ...withoutOneMember(document),
    ]);
    const validator = new Validator();
    for (const document of documents) {
      const { valid, errors } = await validator.validate(structuredClone(document) as never);
      if (String(errors).startsWith('Cannot find')) continue;
      // Its errors are a text when a reference leads nowhere.
      const verdict = await runCheck(openApi(), JSON.stringify(document));
      const found = verdict.type === 'fail' ? verdict.issues.filter(({ kind }) => kind === 'schema') : [];
      expect([document, found.length === 0]).toEqual([document, valid || typeof errors === 'string']);
    }
  });
});

/** The document without one of its members or elements, for each of them. */
function withoutOneMember(document: unknown): object[] {
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([key, inner]) => {
    const rest = Array.isArray(document)
      ? document.toSpliced(Number(key), 1)
      : Object.fromEntries(Object.entries(document).filter(([name]) => name !== key));
    const inside = withoutOneMember(inner).map((changed) =>
      Array.isArray(document) ? document.with(Number(key), changed) : { ...document, [key]: changed },
    );
    return [rest, ...inside];
  });
}

test('finds references that lead back to themselves, and lets a schema contain itself', async () => {
  const document = (schemas: object) =>
    JSON.stringify({ openapi: '3.0.3', info: { title: 'A', version: '1' }, paths: {}, components: { schemas } });
  const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  expect(await places(document({ A: to('B'), B: to('A') }))).toEqual([
    '/components/schemas/A/$ref',
    '/components/schemas/B/$ref',
  ]);
  expect(await places(document({ A: { type: 'object', properties: { child: to('A') } }, B: to('A') }))).toEqual([]);
});

describe('openApi, of references and levels', () => {
  const document = (rest: object) =>
    JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: {}, ...rest });
  const to = (pointer: string) => ({ $ref: pointer });

  test.each<[string, object, string[]]>([
    [
      'a reference to one that is broken is told once',
      { components: { schemas: { A: to('#/components/schemas/B'), B: to('#/components/schemas/C') } } },
      ['/components/schemas/B/$ref'],
    ],
    ['a reference may be to the document', { components: { schemas: { A: { properties: { all: to('#') } } } } }, []],
    [
      'a document in the document has its own places',
      { components: { schemas: { A: { $id: 'https://a.example/a', properties: { b: to('#/nowhere') } } } } },
      [],
    ],
    ['examples have none', { components: { schemas: { A: { examples: [to('#/nowhere')] } } } }, []],
    [
      'a list of examples that is a map of names has some',
      { components: { examples: { A: to('#/nowhere') } } },
      ['/components/examples/A/$ref'],
    ],
    [
      'a parameter of another document may be the one of the path',
      { paths: { '/a/{b}': { get: { parameters: [to('b.yaml#/b')], responses: { 200: { description: 'A' } } } } } },
      [],
    ],
    [
      'a parameter of the path must be there',
      { paths: { '/a/{b}': { get: { responses: { 200: { description: 'A' } } } } } },
      ['/paths/~1a~1{b}/get'],
    ],
  ])('%s', async (_, rest, expected) => {
    expect(await places(document(rest))).toEqual(expected);
  });

  test.each([
    ['YAML', `openapi: 3.1.0\nx-a: ${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['JSON', `{"openapi":"3.1.0","x-a":${'['.repeat(1_001)}${']'.repeat(1_001)}}`],
  ])('asks for less deep %s', async (_, deep) => {
    expect(await runCheck(openApi(), deep)).toMatchObject({ issues: [{ message: 'Nest the document less deeply.' }] });
  });

  test('takes long lists, levels that the schema allows, and aliases', async () => {
    const deep = '['.repeat(900) + ']'.repeat(900);
    const items = `[${'{"$ref":"[\\"["},'.repeat(30_000)}1]`;
    expect(await places(document({ 'x-deep': JSON.parse(deep), 'x-items': JSON.parse(items) }))).toEqual([]);
    const list = document({ 'x-list': Array(200_000).fill(1) });
    expect(await places(list)).toEqual([]);
    const aliases = `${lines(1_000, (n) => `  a${n}: &a${n} 1`)}${lines(1_000, (n) => `  b${n}: *a${n}`)}`;
    expect(await places(`${written.YAML(petStore())}x-a:\n${aliases}`)).toEqual([]);
  });

  test('is at fault itself when its schema does not come', async () => {
    const missing = openApi({ schema: () => Promise.reject(new Error('not in the bundle')) });
    expect(CheckCrashedError.isInstance(await errorOf(runCheck(missing, document({}))))).toBe(true);
  });

  test('finds no document in a comment', async () => {
    expect(await runCheck(openApi(), '# openapi: 3.1.0')).toMatchObject({
      issues: [{ message: 'Answer with an OpenAPI document: an object, in JSON or YAML.' }],
    });
  });

  test('takes a schema that comes without a module around it', async () => {
    const path = '@seriousme/openapi-schema-validator/schemas/v3.1/schema.json';
    const bundled = openApi({ schema: async () => (await import(path, { with: { type: 'json' } })).default });
    expect(await places('{"openapi":"3.1.0"}', bundled)).toEqual(['/info', '/paths']);
  });
});

test('a text of more than a million characters is not read', async () => {
  const text = JSON.stringify({ ...petStore('3.1.1'), 'x-note': 'x'.repeat(1_000_000) });
  const verdict = await runCheck(openApi(), text);
  expect(verdict).toMatchObject({ issues: [{ message: 'Shorten the document to 1000000 characters.' }] });
});

test('it has its own name, or the one that is given', () => {
  expect([openApi().name, openApi({ name: 'api' }).name]).toEqual(['openApi', 'api']);
});

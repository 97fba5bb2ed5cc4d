import { expect, test } from 'vitest';
import { operationsOf } from '../../../src/checks/openapi/operations.ts';
import { type OpenApiVersion, refuseUnknownVersion, versionOf } from '../../../src/checks/openapi/versions.ts';

test.each<[document: object, wanted: OpenApiVersion | undefined, version: string]>([
  [{ openapi: '3.1.0' }, undefined, '3.1'],
  [{ openapi: '3.0.3' }, '3.0', '3.0'],
  [{ swagger: '2.0' }, '2.0', '2.0'],
  [{ openapi: '3.2' }, undefined, '3.2'],
  [{ openapi: '3.0.3' }, '3.0.3', '3.0'],
  [{ openapi: '3.1.0', swagger: '2.0' }, undefined, '3.1'],
])('%j, where %s is wanted, is of %s', (document, wanted, version) => {
  expect(versionOf(document, wanted)).toBe(version);
});

test.each<[document: object, wanted: OpenApiVersion | undefined, message: string, path: string[], suggestion: string]>([
  [
    { openapi: '3.1.0' },
    '3.1.1',
    'Write an OpenAPI 3.1.1 document: make its member openapi the string "3.1.1"; it has openapi "3.1.0".',
    ['openapi'],
    '3.1.1',
  ],
  [
    {},
    undefined,
    'Write an OpenAPI 3.1.1 document: make its member openapi the string "3.1.1"; it is missing.',
    [],
    '3.1.1',
  ],
  [{}, '3.0', 'Write an OpenAPI 3.0 document: make its member openapi the string "3.0.0"; it is missing.', [], '3.0.0'],
  [
    {},
    '3.1.1',
    'Write an OpenAPI 3.1.1 document: make its member openapi the string "3.1.1"; it is missing.',
    [],
    '3.1.1',
  ],
  [{}, '2.0', 'Write an OpenAPI 2.0 document: make its member swagger the string "2.0"; it is missing.', [], '2.0'],
  [
    { swagger: '3.0.0' },
    undefined,
    'Write an OpenAPI 3.1.1 document: make its member openapi the string "3.1.1"; it has swagger "3.0.0".',
    [],
    '3.1.1',
  ],
  [
    { openapi: '2.0' },
    undefined,
    'Write an OpenAPI 3.1.1 document: make its member openapi the string "3.1.1"; it has openapi "2.0".',
    ['openapi'],
    '3.1.1',
  ],
  [
    { openapi: '2.0' },
    '2.0',
    'Write an OpenAPI 2.0 document: make its member swagger the string "2.0"; it has openapi "2.0".',
    [],
    '2.0',
  ],
  [
    { openapi: 3.1 },
    undefined,
    'Write an OpenAPI 3.1.1 document: make its member openapi the string "3.1.1"; it has openapi as number.',
    ['openapi'],
    '3.1.1',
  ],
  [
    { swagger: '2.0' },
    '3.1',
    'Write an OpenAPI 3.1 document: make its member openapi the string "3.1.0"; it has swagger "2.0".',
    [],
    '3.1.0',
  ],
  [
    { openapi: '4.0' },
    '3.0',
    'Write an OpenAPI 3.0 document: make its member openapi the string "3.0.0"; it has openapi "4.0".',
    ['openapi'],
    '3.0.0',
  ],
  [
    { openapi: '3.10.0' },
    undefined,
    'Write an OpenAPI 3.1.1 document: make its member openapi the string "3.1.1"; it has openapi "3.10.0".',
    ['openapi'],
    '3.1.1',
  ],
  [
    { openapi: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' },
    undefined,
    'Write an OpenAPI 3.1.1 document: make its member openapi the string "3.1.1"; it has openapi "xxxxxxxxxxxxxxxxxxxx".',
    ['openapi'],
    '3.1.1',
  ],
  [
    { openapi: '3.1.10' },
    '3.1.1',
    'Write an OpenAPI 3.1.1 document: make its member openapi the string "3.1.1"; it has openapi "3.1.10".',
    ['openapi'],
    '3.1.1',
  ],
  [
    { swagger: 2 },
    '2.0',
    'Write an OpenAPI 2.0 document: make its member swagger the string "2.0"; it has swagger as number.',
    ['swagger'],
    '2.0',
  ],
  [
    { openapi: null },
    undefined,
    'Write an OpenAPI 3.1.1 document: make its member openapi the string "3.1.1"; it has openapi as object.',
    ['openapi'],
    '3.1.1',
  ],
])('%j, where %s is wanted: %s', (document, wanted, message, path, suggestion) => {
  expect(versionOf(document, wanted)).toEqual({ message, path, suggestion, kind: 'schema' });
});

test('knows the versions of the specification', () => {
  for (const version of ['2.0', '3.0', '3.0.4', '3.1', '3.1.1', '3.2', '3.2.0']) refuseUnknownVersion(version);
  for (const version of ['3', '1.2', '3.3', '3.10', '4.0', ''])
    expect(() => refuseUnknownVersion(version)).toThrow(`knows the versions 2.0, 3.0, 3.1, 3.2; "${version}" is none.`);
});

test('finds each operation of a document, with the parameters of its path', () => {
  const shared = { name: 'id', in: 'path' };
  const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];
  const document = {
    paths: {
      '/pets/{id}': {
        ...Object.fromEntries(methods.map((method) => [method, { operationId: method }])),
        parameters: [shared],
        summary: 'no operation',
        additionalOperations: {
          COPY: { security: [{ key: [] }], parameters: [{ $ref: '#/components/parameters/to' }] },
        },
      },
      '/foreign': { get: { parameters: [{ $ref: 'other.yaml#/to' }] }, put: { parameters: [{ $ref: '#/nowhere' }] } },
      'x-own': { get: {} },
    },
    webhooks: { born: { post: { operationId: 'born' } } },
    components: { parameters: { to: { name: 'to', in: 'query' } } },
  };
  const operations = operationsOf(document);
  expect(operations.map(({ path }) => path.slice(1).join(' '))).toEqual([
    ...methods.map((method) => `/pets/{id} ${method}`),
    '/pets/{id} additionalOperations COPY',
    '/foreign get',
    '/foreign put',
    'born post',
  ]);
  const [first, copy, foreign, nowhere, webhook] = [0, 9, 10, 11, 12].map((index) => operations[index]);
  expect(first).toEqual({
    path: ['paths', '/pets/{id}', 'get'],
    template: '/pets/{id}',
    operationId: 'get',
    security: undefined,
    parameters: [shared],
  });
  expect(copy).toMatchObject({ security: [{ key: [] }], parameters: [shared, { name: 'to', in: 'query' }] });
  expect([foreign?.parameters, nowhere?.parameters]).toEqual([undefined, undefined]);
  expect(webhook).toMatchObject({ path: ['webhooks', 'born', 'post'], template: undefined, parameters: [] });
  expect(operationsOf({})).toEqual([]);
});

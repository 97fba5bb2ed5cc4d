/** A small document that is right in every 3.x version; each call makes it anew. */
export function petStore(version = '3.1.1') {
  return {
    openapi: version,
    info: { title: 'Pets', version: '1.0.0' },
    security: [{ key: [] }],
    paths: {
      '/pets': {
        get: {
          operationId: 'listPets',
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }],
          responses: {
            '200': {
              description: 'The pets.',
              content: {
                'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } },
              },
            },
          },
        },
      },
      '/pets/{petId}': {
        parameters: [{ $ref: '#/components/parameters/petId' }],
        get: {
          operationId: 'getPet',
          responses: {
            '200': {
              description: 'The pet.',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
            },
          },
        },
      },
    },
    components: {
      parameters: { petId: { name: 'petId', in: 'path', required: true, schema: { type: 'string' } } },
      schemas: {
        Pet: {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'string' }, $ref: { type: 'string' }, example: { type: 'number' } },
          example: { id: 'a', $ref: '#/not/a/reference' },
        },
      },
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    },
  };
}

/** The same in Swagger 2.0. */
export function swaggerStore() {
  return {
    swagger: '2.0',
    info: { title: 'Pets', version: '1.0.0' },
    paths: {
      '/pets/{petId}': {
        get: {
          operationId: 'getPet',
          security: [{ key: [] }],
          parameters: [{ name: 'petId', in: 'path', required: true, type: 'string' }],
          responses: { '200': { description: 'The pet.', schema: { $ref: '#/definitions/Pet' } } },
        },
      },
    },
    definitions: { Pet: { type: 'object', properties: { id: { type: 'string' } } } },
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  };
}

/** One mistake each, and where it is: as `[what, changed member, new value, place of the issue]`. */
export const mistakes: readonly (readonly [string, string, unknown, string])[] = [
  ['no info', '/info', undefined, '/info'],
  ['a title that is no text', '/info/title', 7, '/info/title'],
  ['an unknown member', '/paths/~1pets/get/respones', {}, '/paths/~1pets/get/respones'],
  ['an unknown method', '/paths/~1pets/fetch', {}, '/paths/~1pets/fetch'],
  ['a path without a slash', '/paths/pets', {}, '/paths/pets'],
  ['an unknown place of a parameter', '/components/parameters/petId/in', 'body', '/components/parameters/petId/in'],
  [
    'a path parameter that may be absent',
    '/components/parameters/petId/required',
    false,
    '/components/parameters/petId/required',
  ],
  ['an unknown type in a schema', '/components/schemas/Pet/type', 'objekt', '/components/schemas/Pet/type'],
  [
    'a wrong keyword in a schema',
    '/components/schemas/Pet/properties/id/minLength',
    -1,
    '/components/schemas/Pet/properties/id/minLength',
  ],
  ['a required that is no list', '/components/schemas/Pet/required', true, '/components/schemas/Pet/required'],
  [
    'an incomplete security scheme',
    '/components/securitySchemes/key/name',
    undefined,
    '/components/securitySchemes/key/name',
  ],
  [
    'a reference to nothing',
    '/paths/~1pets/get/responses/200/content/application~1json/schema/items/$ref',
    '#/components/schemas/Cat',
    '/paths/~1pets/get/responses/200/content/application~1json/schema/items/$ref',
  ],
  [
    'a reference to nothing, in a property called example',
    '/components/schemas/Pet/properties/example',
    { $ref: '#/components/schemas/Cat' },
    '/components/schemas/Pet/properties/example/$ref',
  ],
  ['a reference that was removed', '/components/parameters', undefined, '/paths/~1pets~1{petId}/parameters/0/$ref'],
  ['a path parameter that is not declared', '/paths/~1pets~1{petId}/parameters', [], '/paths/~1pets~1{petId}/get'],
  ['a declared one that the path lacks', '/components/parameters/petId/name', 'id', '/paths/~1pets~1{petId}/get'],
  [
    'an operation id that stands twice',
    '/paths/~1pets~1{petId}/get/operationId',
    'listPets',
    '/paths/~1pets~1{petId}/get/operationId',
  ],
  ['a security scheme that is not defined', '/security', [{ oauth: [] }], '/security/0/oauth'],
];

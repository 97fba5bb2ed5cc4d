import type { CompiledSchema } from '../../incremental/index.ts';
import { needPackage } from '../parsers/need-package.ts';
import { schemaObject } from './schema-object.ts';
import type { OpenApiMinor } from './versions.ts';

/** How the schema of a version comes: `() => import('@seriousme/openapi-schema-validator/schemas/v3.1/schema.json')`. */
export type OpenApiSchemaLoader = (version: OpenApiMinor) => PromiseLike<unknown>;

interface JsonSchema extends Readonly<Record<string, unknown>> {
  readonly $defs?: Readonly<Record<string, unknown>>;
  readonly oneOf?: readonly JsonSchema[];
}

/** The OpenAPI Initiative's schema of a version, as the package keeps it. */
export async function loadSchema(version: OpenApiMinor, given?: OpenApiSchemaLoader): Promise<CompiledSchema> {
  const name = `@seriousme/openapi-schema-validator/schemas/v${version}/schema.json`;
  const load = given === undefined ? undefined : () => given(version);
  const module = await needPackage<{ default?: JsonSchema }>(name, load, { with: { type: 'json' } });
  const published = module.default ?? (module as JsonSchema);
  const known = compiled.get(published) ?? (await compile(published));
  compiled.set(published, known);
  return known;
}

const compiled = new WeakMap<JsonSchema, CompiledSchema>();

async function compile(published: JsonSchema): Promise<CompiledSchema> {
  const { compileSchema } = await import('../../incremental/index.ts');
  return compileSchema('$defs' in published ? withSchemaObjects(published) : withTellingReferences(published));
}

/** From 3.1 on, the published schema takes any object for a Schema Object. */
function withSchemaObjects(schema: JsonSchema): JsonSchema {
  return { ...schema, $defs: { ...schema.$defs, schema: schemaObject } };
}

/** Up to 3.0, whether a thing is a reference is left open; that it has a `$ref` tells, and so what is wrong with it. */
function withTellingReferences({ $schema: _, id: __, ...schema }: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    const { oneOf, ...rest } = (value ?? {}) as JsonSchema;
    const reference = Array.isArray(oneOf) ? oneOf.find(isReference) : undefined;
    if (reference === undefined) return value;
    const others = oneOf?.filter((branch) => branch !== reference);
    const other = others?.length === 1 ? others[0] : { oneOf: others };
    return {
      ...rest,
      dependentSchemas: { $ref: reference },
      if: { type: 'object', required: ['$ref'] },
      else: other,
    };
  });
}

function isReference({ $ref }: JsonSchema): boolean {
  return $ref === '#/definitions/Reference' || $ref === '#/definitions/jsonReference';
}

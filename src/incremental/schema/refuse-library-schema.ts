import { InvalidArgumentError } from '@ai-sdk/provider';

/** @throws InvalidArgumentError for a schema of zod, of another library, or of the SDK: as JSON Schema it says nothing. */
export function refuseLibrarySchema(schema: object): void {
  const isOfSdk = 'jsonSchema' in schema && 'validate' in schema;
  if (!isOfSdk && !isStandard(schema)) return;
  throw new InvalidArgumentError({
    argument: 'schema',
    message: "Give the JSON Schema: z.toJSONSchema(schema, { io: 'input' }), or schema.jsonSchema of the SDK.",
  });
}

/** The JSON Schema that zod writes has a hidden `~standard` too. */
function isStandard(schema: object): boolean {
  if (!('~standard' in schema)) return false;
  return Object.getPrototypeOf(schema) !== Object.prototype || Object.keys(schema).includes('~standard');
}

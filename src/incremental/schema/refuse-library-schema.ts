import { InvalidArgumentError } from '@ai-sdk/provider';
import { isLibrarySchema } from './is-library-schema.ts';

/** @throws InvalidArgumentError for a schema of zod, of another library, or of the SDK: as JSON Schema it says nothing. */
export function refuseLibrarySchema(schema: object): void {
  if (!isLibrarySchema(schema)) return;
  throw new InvalidArgumentError({
    argument: 'schema',
    message: "Give the JSON Schema: z.toJSONSchema(schema, { io: 'input' }), or schema.jsonSchema of the SDK.",
  });
}

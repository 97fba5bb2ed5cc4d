/** Whether it is a schema of zod, of another library, or of the SDK, where JSON Schema is meant. */
export function isLibrarySchema(schema: object): boolean {
  if ('jsonSchema' in schema && 'validate' in schema) return true;
  if (!('~standard' in schema)) return false;
  // The JSON Schema that zod writes has a hidden `~standard` too.
  return Object.getPrototypeOf(schema) !== Object.prototype || Object.keys(schema).includes('~standard');
}

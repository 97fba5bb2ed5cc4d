import type { compileSchema } from '../incremental/schema/compiled-schema.ts';

type CompileSchema = typeof compileSchema;

let loaded: CompileSchema | undefined;

/**
 * Does something with the compiler of JSON Schemas. It is the heaviest part of the package, so it loads when the first
 * schema is judged by it; from then on the result comes at once.
 */
export function withCompiler<RESULT>(use: (compile: CompileSchema) => RESULT): RESULT | Promise<RESULT> {
  return loaded === undefined ? load().then(use) : use(loaded);
}

async function load(): Promise<CompileSchema> {
  const { compileSchema } = await import('../incremental/schema/compiled-schema.ts');
  loaded = compileSchema;
  return compileSchema;
}

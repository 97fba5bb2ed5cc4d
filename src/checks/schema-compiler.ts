import type { compileForSdk } from '../incremental/prototype-member.ts';

type CompileSchema = typeof compileForSdk;

let loaded: CompileSchema | undefined;

/**
 * Does something with the compiler of JSON Schemas. It is the heaviest part of the package, so it loads when the first
 * schema is judged by it; from then on the result comes at once.
 */
export function withCompiler<RESULT>(use: (compile: CompileSchema) => RESULT): RESULT | Promise<RESULT> {
  return loaded === undefined ? load().then(use) : use(loaded);
}

async function load(): Promise<CompileSchema> {
  const { compileForSdk } = await import('../incremental/prototype-member.ts');
  loaded = compileForSdk;
  return compileForSdk;
}

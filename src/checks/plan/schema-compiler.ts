import type { CompiledForSdk, compileForSdk } from '../../incremental/prototype-member.ts';

type Given = Parameters<typeof compileForSdk>;

let loaded: typeof compileForSdk | undefined;

/**
 * Does something with a compiled JSON Schema. The compiler is the heaviest part of the package, so it loads when the first
 * schema is judged by it; from then on the result comes at once, unless the schema is long and new.
 */
export function withCompiled<RESULT>(
  given: Given,
  use: (compiled: CompiledForSdk | undefined) => RESULT,
): RESULT | Promise<RESULT> {
  const compiled = loaded === undefined ? load(given) : loaded(...given);
  return compiled instanceof Promise ? compiled.then(use) : use(compiled);
}

async function load(given: Given): Promise<CompiledForSdk | undefined> {
  ({ compileForSdk: loaded } = await import('../../incremental/prototype-member.ts'));
  return await loaded(...given);
}

/** A value that follows the asynchronous calls made within `run`. */
export interface AsyncContext<VALUE> {
  get(): VALUE | undefined;
  run<RESULT>(value: VALUE, code: () => RESULT): RESULT;
}

interface AsyncLocalStorage<VALUE> {
  getStore(): VALUE | undefined;
  run<RESULT>(value: VALUE, code: () => RESULT): RESULT;
}

type Constructor = new <VALUE>() => AsyncLocalStorage<VALUE>;

/** Such a context, where the runtime has any: as a global in edge runtimes, as a built-in module in Node, Deno and Bun. */
export function asyncContext<VALUE>(): AsyncContext<VALUE> | undefined {
  const { AsyncLocalStorage = builtIn() } = globalThis as { AsyncLocalStorage?: Constructor };
  if (AsyncLocalStorage === undefined) return undefined;
  const storage = new AsyncLocalStorage<VALUE>();
  return { get: () => storage.getStore(), run: (value, code) => storage.run(value, code) };
}

/** Not an import, since browsers and bundlers know no such module. */
function builtIn(): Constructor | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => object | undefined } };
  const module = process?.getBuiltinModule?.('node:async_hooks');
  return (module as { AsyncLocalStorage?: Constructor } | undefined)?.AsyncLocalStorage;
}

import * as specification from '@ai-sdk/provider';

type Version = 'v3' | 'v4';

let learned: Version | undefined;

/**
 * The specification version of the installed `ai`: npm may put an `@ai-sdk/provider` of another major beside it, so that
 * this package's own says little. `ai` itself is not loaded for it.
 */
export function installedVersion(): Version {
  learned ??= versionOfPackage();
  return learned ?? ('NoSuchProviderReferenceError' in specification ? 'v4' : 'v3');
}

/** Has `ai` tell it where its package cannot be looked at: whoever names a model by its id has it loaded, or soon will. */
export function learnInstalledVersion(): void {
  learned ??= versionOfPackage();
  if (learned !== undefined) return;
  import('ai').then(
    ({ gateway }) => {
      const { specificationVersion } = gateway.languageModel('any') as { specificationVersion: unknown };
      learned = specificationVersion === 'v3' ? 'v3' : 'v4';
    },
    () => {}, // then nobody can ask by an id either
  );
}

/** Node alone can look at a package without loading it; it is asked for by name, for elsewhere there is none. */
function versionOfPackage(): Version | undefined {
  try {
    const { process } = globalThis as { process?: { getBuiltinModule?(name: string): NodeModule | undefined } };
    const load = process?.getBuiltinModule?.('node:module')?.createRequire(import.meta.url);
    const major = Number.parseInt(load?.('ai/package.json').version ?? '', 10);
    return Number.isNaN(major) ? undefined : major >= 7 ? 'v4' : 'v3';
  } catch {
    return undefined;
  }
}

/** The part of Node's `module` that is used. */
interface NodeModule {
  createRequire(url: string): (name: string) => { readonly version?: string };
}

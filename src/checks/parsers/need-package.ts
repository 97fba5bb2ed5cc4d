import { PackageMissingError } from '../../errors/package-missing-error.ts';

/** Loads a check's parser, if your bundler must see the import: `() => import('yaml')`. */
export type ParserLoader = () => PromiseLike<unknown>;

/**
 * An optional package, loaded on first use. No bundler looks for it, so that whoever does not use the check need not have
 * the package, nor ship it.
 *
 * @throws PackageMissingError when it cannot be loaded.
 */
export async function needPackage<MODULE>(
  name: string,
  given: ParserLoader | undefined,
  options: ImportCallOptions = {},
): Promise<MODULE> {
  // Here and below: the module's name vouches for its type.
  if (given !== undefined) return (await given()) as MODULE;
  try {
    return (await import(
      /* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ name,
      options
    )) as MODULE;
  } catch (cause) {
    const advice = 'in a bundle, hand it to the check as an option';
    throw new PackageMissingError({ package: packageOf(name), cause, advice });
  }
}

/** The package of a module: `@scope/name` of `@scope/name/file.json`. */
function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

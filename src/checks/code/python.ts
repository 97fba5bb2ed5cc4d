import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { FindCodeErrors } from './code-error.ts';
import { offsetAt } from './position.ts';

interface Diagnostic {
  readonly code: string | null;
  readonly message: string;
  readonly start_location: { readonly row: number; readonly column: number };
}

/** Python 3, by Ruff's parser. */
export async function python(parser?: ParserLoader): Promise<FindCodeErrors> {
  const { Workspace, PositionEncoding } = await needPackage<typeof import('@astral-sh/ruff-wasm-nodejs')>(
    '@astral-sh/ruff-wasm-nodejs',
    parser,
  );
  return (code) => {
    // A workspace does not outlive a parse that ran out of stack.
    const workspace = new Workspace({ 'target-version': 'py314', lint: { select: [] } }, PositionEncoding.Utf16);
    const diagnostics: readonly Diagnostic[] = workspace.check(code);
    return diagnostics
      .filter((diagnostic) => diagnostic.code === null || diagnostic.code === 'invalid-syntax')
      .map(({ message, start_location: { row, column } }) => ({
        message,
        offset: offsetAt(code, { line: row, column }),
      }));
  };
}

import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { CodeError, FindCodeErrors } from './code-error.ts';
import { offsetAt } from './position.ts';

interface Diagnostic {
  readonly code: string | null;
  readonly message: string;
  readonly start_location: { readonly row: number; readonly column: number };
}

/** What Ruff's checking may cost: it takes time by the square of a line's length. */
const mostWork = 100_000_000;

/** Python 3, by Ruff's parser. */
export async function python(parser?: ParserLoader): Promise<FindCodeErrors> {
  const { Workspace, PositionEncoding } = await needPackage<typeof import('@astral-sh/ruff-wasm-nodejs')>(
    '@astral-sh/ruff-wasm-nodejs',
    parser,
  );
  // A workspace does not outlive a parse that ran out of stack.
  const workspace = () => new Workspace({ 'target-version': 'py314', lint: { select: [] } }, PositionEncoding.Utf16);
  return (code) => {
    const errorIn = (text: string) => parseError(() => workspace().comments(inAscii(text)), text);
    const error = errorIn(code);
    if (error !== undefined) return dedented(code) !== code && errorIn(dedented(code)) === undefined ? [] : [error];
    // What the grammar allows and Python does not: two parameters of one name.
    if (workOf(code) > mostWork) return [];
    const diagnostics: readonly Diagnostic[] = workspace().check(code);
    return diagnostics
      .filter((diagnostic) => diagnostic.code === null || diagnostic.code === 'invalid-syntax')
      .map(({ message, start_location: { row, column } }) => ({
        message,
        offset: offsetAt(code, { line: row, column }),
      }));
  };
}

/** A piece of a function or a class, as far to the left as all of its lines allow. */
function dedented(code: string): string {
  const [, indent = ''] = /^(?:[ \t]*\n)*([ \t]+)\S/.exec(code) ?? [];
  const lines = code.split('\n');
  if (!lines.every((line) => line.startsWith(indent) || line.trim() === '')) return code;
  return lines.map((line) => line.slice(indent.length)).join('\n');
}

/**
 * The same program in ASCII, of the same length: other letters as capitals, all else as a sign that is none of Python's. What
 * `comments` shows of a text it cuts within a character, which ends in a panic on the console.
 */
function inAscii(code: string): string {
  return code.replace(/\P{ASCII}/gu, (character) => {
    const isLetter = /\p{ID_Continue}/u.test(character);
    const capital = String.fromCharCode(65 + ((character.codePointAt(0) as number) % 26));
    return (isLetter ? capital : '?').repeat(character.length);
  });
}

/** The first error of a parse; `check` would look up the line of every one. */
function parseError(parse: () => unknown, code: string): CodeError | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    const [, message, byte] = /^([\s\S]*) at byte range (\d+)\.\.\d+$/.exec((error as Error).message) ?? [];
    if (message === undefined) {
      if (error instanceof RangeError) throw error;
      return undefined;
    }
    const offset = Number(byte);
    const [sign = '?'] = /^\P{ASCII}/u.exec(code.slice(offset, offset + 2)) ?? [];
    return { message: message.replace('?', sign), offset };
  }
}

function workOf(code: string): number {
  return code.split('\n').reduce((work, { length }) => work + length * length, 0);
}

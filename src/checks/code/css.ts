import type { Root } from 'postcss';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { CodeError, FindCodeErrors } from './code-error.ts';
import { offsetAt } from './position.ts';

/** CSS, by PostCSS, and the brackets that it passes over. */
export async function css(parser?: ParserLoader): Promise<FindCodeErrors> {
  const { parse, CssSyntaxError } = await needPackage<typeof import('postcss')>('postcss', parser);
  return (code) => {
    try {
      const root = parse(code);
      const [error] = unbalanced(code);
      return [error ?? brokenSelector(root)].filter((found) => found !== undefined);
    } catch (error) {
      if (!(error instanceof CssSyntaxError)) throw error;
      const { reason, line = 1, column = 1 } = error;
      return [{ message: reason, offset: offsetAt(code, { line, column }) }];
    }
  };
}

const token =
  /\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|url\(\s*[^"')\s][^)]*\)|\\[\s\S]|[()[\]{}]/gi;
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** A rule without a selector, or with one that a comma ends, or `//`, which begins no comment in CSS. */
function brokenSelector(root: Root): CodeError | undefined {
  let found: CodeError | undefined;
  root.walkRules(({ selector, source }) => {
    const plain = selector.replace(token, ' ');
    const message =
      selector.trim() === '' ? 'expected a selector' : selectorFaults.find(([form]) => form.test(plain))?.[1];
    if (message !== undefined) found = { message, offset: source?.start?.offset ?? 0 };
    return found === undefined ? undefined : false;
  });
  return found;
}

const selectorFaults: readonly (readonly [form: RegExp, message: string])[] = [
  [/^\s*,|,\s*(?:,|$)/, 'expected a selector beside the comma'],
  [/\/\//, '`//` begins no comment in CSS'],
];

function unbalanced(code: string): CodeError[] {
  const open: { closer: string; offset: number }[] = [];
  for (const { 0: text, index } of code.matchAll(token)) {
    const closer = closers[text];
    if (closer !== undefined) open.push({ closer, offset: index });
    else if (/^[)\]}]$/.test(text) && open.pop()?.closer !== text)
      return [{ message: `unexpected ${text}`, offset: index }];
  }
  return open.map(({ closer, offset }) => ({ message: `expected ${closer} for this bracket`, offset }));
}

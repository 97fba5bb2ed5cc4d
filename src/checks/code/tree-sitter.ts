import type { Node, Parser } from '@vscode/tree-sitter-wasm';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { CodeError, FindCodeErrors } from './code-error.ts';
import { withoutMacros } from './guess-macros.ts';
import { javaError } from './java.ts';
import { readingsOf, type TreeSitterLanguage } from './snippets.ts';
import { idleExpression, looseBody } from './statements.ts';
import { isInOrder, mayBeOfMacro, tokensOf } from './unknown-macros.ts';

/** A third of it is enough for every right program; recovery from errors can take the square of a text's length. */
const longestParseMs = (code: string) => 1_000 + code.length / 200;

const tooSlow: CodeError = { message: 'it takes too long to parse; write less of it', offset: 0, isUndecided: true };

type TreeSitter = typeof import('@vscode/tree-sitter-wasm');

/** Go, Rust, Java, C++ and PHP, by the grammars that VS Code uses. */
export async function treeSitter(language: TreeSitterLanguage, parser?: ParserLoader): Promise<FindCodeErrors> {
  await parserOf(language, parser);
  return async (code) => {
    try {
      return errorsOf(code, await parserOf(language, parser), language);
    } catch (error) {
      // A module that ran out of memory is of no use to any parser.
      forgetParsers();
      throw error instanceof WebAssembly.RuntimeError ? new RangeError('out of memory', { cause: error }) : error;
    }
  };
}

function errorsOf(code: string, parser: Parser, language: TreeSitterLanguage): CodeError[] {
  if (isTooDeep(code)) return [{ message: 'it is nested too deeply', offset: 0 }];
  let first: CodeError | undefined;
  for (const { source, placeOf, hintAt = () => '' } of readingsOf(code, language)) {
    const error = errorIn(source, parser, language);
    if (error === undefined) return [];
    if (error.isUndecided === true) return [error];
    first ??= { message: error.message + hintAt(error.offset), offset: placeOf(error.offset) };
  }
  if (first === undefined || language !== 'cpp') return first === undefined ? [] : [first];
  const error = errorIn(withoutMacros(code, guessing(parser)), parser, language);
  // Brackets and quotes hold whatever macros come to.
  const tokens = tokensOf(code);
  if (isInOrder(tokens) && (error === undefined || mayBeOfMacro(tokens, code, error.offset))) return [];
  return [error === undefined || error.isUndecided === true ? first : error];
}

/** How many characters of C++ are parsed while macros are guessed at. */
const mostGuessed = 2_000_000;

function guessing(parser: Parser): (code: string) => number | undefined {
  let left = mostGuessed;
  return (code) => {
    left -= code.length;
    const error = left < 0 ? tooSlow : errorIn(code, parser, 'cpp');
    if (error?.isUndecided === true) left = 0;
    return error?.offset;
  };
}

function errorIn(source: string, parser: Parser, language: TreeSitterLanguage): CodeError | undefined {
  const deadline = Date.now() + longestParseMs(source);
  const tree = parser.parse(source, null, { progressCallback: () => Date.now() > deadline });
  if (tree === null) {
    parser.reset();
    return tooSlow;
  }
  const { rootNode } = tree;
  const error = rootNode.hasError
    ? firstError(rootNode)
    : (strayStatement(rootNode, language) ??
      (language === 'go' ? looseBody(rootNode) : undefined) ??
      idleExpression(rootNode, language) ??
      (language === 'java' ? javaError(rootNode) : undefined));
  tree.delete();
  return error;
}

/** The module's stack holds no more. */
const deepest = 500;

function isTooDeep(code: string): boolean {
  let depth = 0;
  /** Of what may be lists of type arguments: each `<` doubles the readings of what follows. */
  let angles = 0;
  for (const { 0: bracket } of code.matchAll(/[()[\]{};>]|(?<!<)<(?![<=])/g)) {
    if (bracket === '<') angles += 1;
    else if (bracket === '>') angles = Math.max(0, angles - 1);
    else if (/[{};]/.test(bracket)) angles = 0;
    if ('([{'.includes(bracket)) depth += 1;
    else if (')]}'.includes(bracket)) depth = Math.max(0, depth - 1);
    if (depth > deepest || angles > deepest) return true;
  }
  return false;
}

/** One module for all: to initialize it again leaves the parsers of before without their memory. */
let initialized: Promise<TreeSitter> | undefined;
const parsers = new Map<TreeSitterLanguage, Promise<Parser>>();

function parserOf(language: TreeSitterLanguage, parser: ParserLoader | undefined): Promise<Parser> {
  const known = parsers.get(language);
  if (known !== undefined) return known;
  initialized ??= initialize(parser);
  const making = initialized.then(async ({ Parser, Language }) => {
    const grammar = await Language.load(grammarPath(language));
    return new Parser().setLanguage(grammar);
  });
  parsers.set(language, making);
  making.catch(forgetParsers);
  return making;
}

function forgetParsers(): void {
  initialized = undefined;
  parsers.clear();
}

async function initialize(parser: ParserLoader | undefined): Promise<TreeSitter> {
  const loaded = await needPackage<TreeSitter | { readonly default: TreeSitter }>('@vscode/tree-sitter-wasm', parser);
  // A UMD module: where its names are depends on who loads it.
  const module = 'Parser' in loaded ? loaded : loaded.default;
  await module.Parser.init();
  return module;
}

function grammarPath(language: TreeSitterLanguage): string {
  const { pathname } = new URL(import.meta.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${language}.wasm`));
  // On Windows the path of a file URL begins with a slash before the drive.
  return decodeURIComponent(pathname).replace(/^\/(?=[A-Za-z]:)/, '');
}

/** The first token that is missing or unexpected. */
function firstError(root: Node): CodeError {
  let node = root;
  // Looked up from below, the parent of a deep node would run out of the module's stack.
  let siblings: readonly Node[] = [];
  for (;;) {
    if (node.isMissing) return { message: missing(node, siblings), offset: node.startIndex };
    const children = node.children.filter((child) => child !== null);
    const next = children.find((child) => child.hasError || child.isMissing);
    if (next === undefined) return { message: unexpected(node), offset: node.startIndex };
    node = next;
    siblings = children;
  }
}

function unexpected({ text }: Node): string {
  const [first = ''] = text.trimStart().split('\n');
  return first === '' ? 'unexpected text' : `unexpected \`${first.slice(0, 40)}\``;
}

const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '"': '"', "'": "'" };

function missing({ type }: Node, siblings: readonly Node[]): string {
  const opener = siblings.find((sibling) => sibling.type === openers[type] && !sibling.isMissing);
  const of = opener === undefined ? '' : ` that closes the \`${opener.type}\` of line ${opener.startPosition.row + 1}`;
  return /^\w+$/.test(type) ? `expected ${type.replaceAll('_', ' ')}` : `expected \`${type}\`${of}`;
}

/** A statement outside a function, in what is a file by its package or its `main` and no snippet: no compiler takes it. */
function strayStatement(root: Node, language: TreeSitterLanguage): CodeError | undefined {
  const isFile = files[language];
  const parts = root.namedChildren.filter((child) => child !== null);
  if (isFile === undefined || !parts.some(isFile)) return undefined;
  const stray = parts.find(
    ({ type, text }) => /statement$|expression|^(?:local_variable|short_var)/.test(type) && !/^[\w:]+!/.test(text),
  );
  return stray === undefined ? undefined : { message: unexpected(stray), offset: stray.startIndex };
}

const files: Readonly<Partial<Record<TreeSitterLanguage, (node: Node) => boolean>>> = {
  go: ({ type }) => type === 'package_clause',
  java: ({ type }) => type === 'package_declaration',
  rust: (node) => node.type === 'function_item' && node.childForFieldName('name')?.text === 'main',
};

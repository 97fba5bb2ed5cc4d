import type { Node, Parser } from '@vscode/tree-sitter-wasm';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { CodeError, FindCodeErrors } from './code-error.ts';
import { javaError } from './java.ts';
import { withoutMacros } from './preprocessor.ts';

export type TreeSitterLanguage = 'go' | 'rust' | 'java' | 'cpp' | 'php';

const maxParseMs = 1_000;

type TreeSitter = typeof import('@vscode/tree-sitter-wasm');

/** Go, Rust, Java, C++ and PHP, by the grammars that VS Code uses. */
export async function treeSitter(language: TreeSitterLanguage, parser?: ParserLoader): Promise<FindCodeErrors> {
  const own = await parserOf(language, parser);
  return (code) => errorsOf(code, own, language);
}

function errorsOf(code: string, parser: Parser, language: TreeSitterLanguage): CodeError[] {
  const source = wholeFile(code, language);
  if (isTooDeep(source)) return [{ message: 'it is nested too deeply', offset: 0 }];
  const deadline = Date.now() + maxParseMs;
  const find = (text: string) => errorIn(text, { parser, language, deadline });
  const error = find(source);
  if (error === undefined) return [];
  if (language === 'cpp') {
    const guessing = { parser, language, deadline: Date.now() + maxParseMs };
    const guessed = withoutMacros(source, (text) => errorIn(text, guessing)?.offset);
    const first = errorIn(guessed, { ...guessing, deadline: guessing.deadline + maxParseMs });
    return first === undefined ? [] : [first];
  }
  return [{ ...error, offset: Math.max(0, error.offset - source.indexOf(code)) }];
}

/** As a file has it: PHP opens with its tag, and a last line of Go, which ends its statement, with a line break. */
function wholeFile(code: string, language: TreeSitterLanguage): string {
  if (language === 'php' && !code.includes('<?')) return `<?php ${code}`;
  return language === 'go' ? `${code}\n` : code;
}

interface Parsing {
  readonly parser: Parser;
  readonly language: TreeSitterLanguage;
  /** When parsing is given up, in milliseconds of the epoch. */
  readonly deadline: number;
}

function errorIn(source: string, { parser, language, deadline }: Parsing): CodeError | undefined {
  const tree = parser.parse(source, null, { progressCallback: () => Date.now() > deadline });
  if (tree === null) {
    parser.reset();
    return { message: 'it takes too long to parse', offset: 0 };
  }
  const { rootNode } = tree;
  const error = rootNode.hasError
    ? firstError(rootNode)
    : (strayStatement(rootNode, language) ?? (language === 'java' ? javaError(rootNode) : undefined));
  tree.delete();
  return error;
}

/** The module's stack holds no more. */
const deepest = 500;

function isTooDeep(code: string): boolean {
  let depth = 0;
  for (const { 0: bracket } of code.matchAll(/[()[\]{}]/g)) {
    depth = '([{'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return true;
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
  making.catch(() => {
    initialized = undefined;
    parsers.clear();
  });
  return making;
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

/** What makes a program of a text; variables stand in snippets too. */
const isDeclaration = /^(?!local_|short_var_|var_|const_declaration|let_).*(?:declaration|package|import|item)/;

/** A statement among declarations: these grammars take it for a snippet, compilers do not. */
function strayStatement(root: Node, language: TreeSitterLanguage): CodeError | undefined {
  if (language === 'cpp' || language === 'php') return undefined;
  const parts = root.namedChildren.filter((child) => child !== null);
  if (!parts.some(({ type }) => isDeclaration.test(type))) return undefined;
  const stray = parts.find(
    ({ type, text }) => /statement$|expression|^(?:local_variable|short_var)/.test(type) && !/^[\w:]+!/.test(text),
  );
  return stray === undefined ? undefined : { message: unexpected(stray), offset: stray.startIndex };
}

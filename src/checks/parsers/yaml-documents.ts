import type { CST, Document, ParsedNode } from 'yaml';
import type { CodeError } from '../code/code-error.ts';

type Yaml = typeof import('yaml');
type Documents = readonly Document.Parsed[];

/** The documents of a YAML text, or its first error: a parse that told all of them could take minutes. */
export function yamlDocuments(yaml: Yaml, text: string): Documents | CodeError {
  let first: CodeError | undefined;
  const fail = (message: string, offset: number): never => {
    // The package tells of an error that its stack ended.
    if (message.startsWith('Maximum call stack')) throw new RangeError(message);
    first ??= { message, offset };
    throw new Error(message);
  };
  try {
    const documents = [...composed(yaml, text, fail)];
    const [error] = documents.flatMap((document) => document.errors);
    if (error !== undefined) return { message: error.message, offset: error.pos[0] };
    return brokenName(yaml, documents) ?? documents;
  } catch (error) {
    if (first !== undefined) return first;
    throw error;
  }
}

type Fail = (message: string, offset: number) => never;

function composed(yaml: Yaml, text: string, fail: Fail) {
  // The package compares each key with all before it.
  const composer = new yaml.Composer<ParsedNode>({ prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  const onError = (source: unknown, _: string, message: string, isWarning?: boolean) => {
    if (isWarning !== true) fail(message, offsetOf(source));
  };
  // A property that is not public; without it, all errors are told.
  Object.assign(composer, { onError });
  return composer.compose(tokensOf(yaml, text, fail), true, text.length);
}

/** Deeper levels would end the stack, after a long time. */
const mostLevels = 1_000;

function* tokensOf({ Lexer, Parser }: Yaml, text: string, fail: Fail) {
  const parser = new Parser();
  const checked = (token: CST.Token) => (token.type === 'error' ? fail(token.message, token.offset) : token);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) yield checked(token);
    if (parser.stack.length > mostLevels) throw new RangeError('nested too deeply');
  }
  for (const token of parser.end()) yield checked(token);
}

/** Where something of a document begins: a token, a node's range, or an offset. */
export function offsetOf(source: unknown): number {
  const offset = typeof source === 'object' && source !== null && 'offset' in source ? source.offset : source;
  return Number(Array.isArray(offset) ? offset[0] : offset);
}

/** A key that stands twice in one mapping, or an alias whose anchor does not stand before it. */
function brokenName({ visit, isAlias, isMap, isPair, isScalar }: Yaml, documents: Documents): CodeError | undefined {
  let found: CodeError | undefined;
  for (const document of documents) {
    const anchors = new Set<string>();
    visit(document, {
      Node(_, node) {
        if (isAlias(node)) {
          if (!anchors.has(node.source))
            found ??= { message: `there is no anchor &${node.source} before this alias`, offset: offsetOf(node.range) };
        } else if (node.anchor !== undefined) anchors.add(node.anchor);
        if (isMap(node)) {
          const keys = node.items.filter(isPair).map(({ key }) => key);
          const seen = new Set<unknown>();
          const doubled = keys.filter(isScalar).find(({ value }) => seen.size === seen.add(value).size);
          if (doubled !== undefined) found ??= { message: 'Map keys must be unique', offset: offsetOf(doubled.range) };
        }
        return found === undefined ? undefined : visit.BREAK;
      },
    });
  }
  return found;
}

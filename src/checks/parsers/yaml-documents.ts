import type { CST, Document, ParsedNode } from 'yaml';
import type { Steps } from '../../effects/in-turns.ts';
import type { CodeError } from '../code/code-error.ts';

type Yaml = typeof import('yaml');
type Documents = readonly Document.Parsed[];

/** The documents of a YAML text, or its first error: a parse that told all of them could take minutes. */
export function* yamlDocuments(yaml: Yaml, text: string): Steps<Documents | CodeError> {
  let first: CodeError | undefined;
  const fail = (error: CodeError): never => {
    // The package tells of an error that its stack ended.
    if (error.message.startsWith('Maximum call stack')) throw new RangeError(error.message);
    first ??= error;
    throw new Error(error.message);
  };
  try {
    const documents = yield* composed(yaml, text, fail);
    const [error] = documents.flatMap((document) => document.errors);
    if (error !== undefined) return { message: error.message, offset: error.pos[0] };
    return (yield* brokenName(yaml, documents)) ?? documents;
  } catch (error) {
    if (first !== undefined) return first;
    throw error;
  }
}

type Fail = (error: CodeError) => never;

/** Deeper levels would end the stack, after a long time. */
const mostLevels = 1_000;
/** One document is composed in one step. A megabyte of an ordinary one has 300,000. */
const mostTokens = 500_000;
const tokensAStep = 500;

function* composed(yaml: Yaml, text: string, fail: Fail): Steps<Document.Parsed[]> {
  // The package compares each key with all before it.
  const composer = new yaml.Composer<ParsedNode>({ prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  const onError = (source: unknown, _: string, message: string, isWarning?: boolean) => {
    if (isWarning !== true) fail({ message, offset: offsetOf(source) });
  };
  // A property that is not public; without it, all errors are told.
  Object.assign(composer, { onError });
  const parser = new yaml.Parser();
  const documents: Document.Parsed[] = [];
  const compose = (tokens: Iterable<CST.Token>) => {
    for (const token of tokens) {
      if (token.type === 'error') fail(token);
      documents.push(...composer.next(token));
    }
  };
  let count = 0;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    compose(parser.next(lexeme));
    if (parser.stack.length > mostLevels) throw new RangeError('nested too deeply');
    count += 1;
    if (count > mostTokens)
      fail({ message: 'it takes too long to parse; write less of it', offset: 0, isUndecided: true });
    if (count % tokensAStep === 0) yield;
  }
  compose(parser.end());
  documents.push(...composer.end(true, text.length));
  return documents;
}

/** Where something of a document begins: a token, a node's range, or an offset. */
export function offsetOf(source: unknown): number {
  const offset = typeof source === 'object' && source !== null && 'offset' in source ? source.offset : source;
  return Number(Array.isArray(offset) ? offset[0] : offset);
}

/** A key that stands twice in one mapping, or an alias whose anchor does not stand before it. */
function* brokenName(
  { visit, isAlias, isMap, isPair, isScalar }: Yaml,
  documents: Documents,
): Steps<CodeError | undefined> {
  let found: CodeError | undefined;
  for (const document of documents) {
    yield;
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

import type { Document, ParsedNode } from 'yaml';
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
    return doubledKey(yaml, documents) ?? documents;
  } catch (error) {
    if (first !== undefined) return first;
    throw error;
  }
}

type Fail = (message: string, offset: number) => never;

function composed({ Parser, Composer }: Yaml, text: string, fail: Fail) {
  // The package compares each key with all before it.
  const composer = new Composer<ParsedNode>({ prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  const onError = (source: unknown, _: string, message: string, isWarning?: boolean) => {
    if (isWarning !== true) fail(message, offsetOf(source));
  };
  // A property that is not public; without it, all errors are told.
  Object.assign(composer, { onError });
  return composer.compose(tokensOf(new Parser(), text, fail), true, text.length);
}

function* tokensOf(parser: InstanceType<Yaml['Parser']>, text: string, fail: Fail) {
  for (const token of parser.parse(text)) yield token.type === 'error' ? fail(token.message, token.offset) : token;
}

/** Where something of a document begins: a token, a node's range, or an offset. */
export function offsetOf(source: unknown): number {
  const offset = typeof source === 'object' && source !== null && 'offset' in source ? source.offset : source;
  return Number(Array.isArray(offset) ? offset[0] : offset);
}

/** A key that stands twice in one mapping. */
function doubledKey({ visit, isScalar, isPair }: Yaml, documents: Documents): CodeError | undefined {
  let found: CodeError | undefined;
  for (const document of documents) {
    visit(document, {
      Map(_, { items }) {
        const keys = items.filter(isPair).map(({ key }) => key);
        const seen = new Set<unknown>();
        const doubled = keys.filter(isScalar).find(({ value }) => seen.size === seen.add(value).size);
        if (doubled !== undefined) found ??= { message: 'Map keys must be unique', offset: offsetOf(doubled.range) };
        return found === undefined ? undefined : visit.BREAK;
      },
    });
  }
  return found;
}

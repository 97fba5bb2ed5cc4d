import type { ParseResult, ParserOptions } from '@babel/parser';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { CodeError, FindCodeErrors } from './code-error.ts';
import { wrongRegularExpression } from './regular-expressions.ts';

type Plugins = NonNullable<ParserOptions['plugins']>;

/** A snippet may stand where a whole program could not: it is judged for its own syntax. */
const snippet: ParserOptions = {
  sourceType: 'unambiguous',
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowSuperOutsideMethod: true,
  allowUndeclaredExports: true,
  allowNewTargetOutsideFunction: true,
};

/** What each language may be read as; a program is right when one reading is. */
const readings: Readonly<Record<'javascript' | 'typescript', readonly [Plugins, ...Plugins[]]>> = {
  javascript: [['jsx', 'decorators'], ['decorators']],
  typescript: [
    ['typescript', 'decorators'],
    ['typescript', 'jsx', 'decorators'],
    ['typescript', 'decorators-legacy'],
    [['typescript', { dts: true }], 'decorators'],
  ],
};

/** What is not in a standard yet, and in compilers already: `accessor`, `import defer` and `import source`. */
const ahead: Plugins = ['decoratorAutoAccessors', 'deferredImportEvaluation', 'sourcePhaseImports'];

/** JavaScript and TypeScript, by Babel. */
export async function javascript(
  language: 'javascript' | 'typescript',
  parser?: ParserLoader,
  /** In a document, two ways to write a thing may stand in one block. */
  isExample?: 'example',
): Promise<FindCodeErrors> {
  const mayMerge = isExample !== undefined || language === 'typescript';
  const { parse } = await needPackage<typeof import('@babel/parser')>('@babel/parser', parser);
  return (code) => {
    const errors: CodeError[] = [];
    for (const plugins of readings[language]) {
      const { tree, error } = reading(
        (recovery) => parse(code, { ...snippet, ...recovery, plugins: [...plugins, ...ahead] }),
        mayMerge || (/^\s*import\b/m.test(code) && /\brequire\(/.test(code)),
      );
      if (error === undefined) {
        const wrong = wrongRegularExpression(tree?.program);
        return wrong === undefined ? [] : [wrong];
      }
      errors.push(error);
    }
    if (isObject(code, (text) => parse(text, { ...snippet, plugins: [...readings[language][0], ...ahead] }))) return [];
    // The reading that came farthest is the one that was meant.
    return errors.sort((one, other) => other.offset - one.offset).slice(0, 1);
  };
}

/** Options, a request's body: an object that stands alone is no block of statements. */
function isObject(code: string, parse: (text: string) => ParseResult): boolean {
  if (!/^\s*(?:\/\/[^\n]*\n\s*)*\{/.test(code)) return false;
  try {
    const [statement, ...others] = parse(`(${code.trimEnd().replace(/[;,]$/, '')}\n)`).program.body;
    return (
      others.length === 0 &&
      statement?.type === 'ExpressionStatement' &&
      statement.expression.type === 'ObjectExpression'
    );
  } catch {
    return false;
  }
}

/** A declaration may add to another one. */
const mergers = ['VarRedeclaration', 'DuplicateExport'];

interface Reading {
  readonly tree?: ParseResult;
  readonly error?: CodeError | undefined;
}

/** The tree of a right program, or the first error of another; what comes after it is not read. */
function reading(parse: (recovery: Pick<ParserOptions, 'errorRecovery'>) => ParseResult, mayMerge: boolean): Reading {
  try {
    return { tree: parse({}) };
  } catch (error) {
    if ((error as Partial<BabelError>).pos === undefined) throw error;
    const isMerger = ({ reasonCode }: BabelError) => mayMerge && mergers.includes(reasonCode);
    if (!isMerger(error as BabelError)) return { error: toCodeError(error as BabelError) };
    return withoutMergers(parse, isMerger);
  }
}

function withoutMergers(
  parse: (recovery: Pick<ParserOptions, 'errorRecovery'>) => ParseResult,
  isMerger: (error: BabelError) => boolean,
): Reading {
  try {
    const tree = parse({ errorRecovery: true });
    // Whoever asks for recovery gets a list.
    const counted = (tree.errors as readonly unknown[] as readonly BabelError[]).find((error) => !isMerger(error));
    return counted === undefined ? { tree } : { error: toCodeError(counted) };
  } catch (error) {
    if ((error as Partial<BabelError>).pos === undefined) throw error;
    return { error: toCodeError(error as BabelError) };
  }
}

/** What Babel throws and collects, beyond what its types say of it. */
interface BabelError {
  readonly pos: number;
  readonly message: string;
  readonly reasonCode: string;
}

function toCodeError({ pos, message }: BabelError): CodeError {
  return { offset: pos, message: message.replace(/\s*\(\d+:\d+\)$/, '') };
}

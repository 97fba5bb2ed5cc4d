import type { ParserOptions } from '@babel/parser';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { CodeError, FindCodeErrors } from './code-error.ts';

type Plugins = NonNullable<ParserOptions['plugins']>;

/** A snippet may stand where a whole program could not: it is judged for its own syntax. */
const snippet: ParserOptions = {
  sourceType: 'unambiguous',
  errorRecovery: true,
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowSuperOutsideMethod: true,
  allowUndeclaredExports: true,
  allowNewTargetOutsideFunction: true,
};

/** What each language may be read as; a program is right when one reading is. */
const readings: Readonly<Record<'javascript' | 'typescript', readonly Plugins[]>> = {
  javascript: [['jsx', 'decorators'], ['decorators']],
  typescript: [
    ['typescript', 'decorators'],
    ['typescript', 'jsx', 'decorators'],
    ['typescript', 'decorators-legacy'],
    [['typescript', { dts: true }], 'decorators'],
  ],
};

/** JavaScript and TypeScript, by Babel. */
export async function javascript(
  language: 'javascript' | 'typescript',
  parser?: ParserLoader,
): Promise<FindCodeErrors> {
  const { parse } = await needPackage<typeof import('@babel/parser')>('@babel/parser', parser);
  return (code) => {
    let farthest: CodeError | undefined;
    for (const plugins of readings[language]) {
      const error = errorOf(() => parse(code, { ...snippet, plugins: [...plugins] }).errors ?? [], language);
      if (error === undefined) return [];
      if (farthest === undefined || error.offset > farthest.offset) farthest = error;
    }
    return farthest === undefined ? [] : [farthest];
  };
}

/** A declaration may add to another one. */
const mergers = ['VarRedeclaration', 'DuplicateExport'];

function errorOf(parse: () => readonly object[], language: 'javascript' | 'typescript'): CodeError | undefined {
  try {
    const errors = parse() as readonly BabelError[];
    const counted = errors.filter(({ reasonCode }) => language === 'javascript' || !mergers.includes(reasonCode));
    return counted[0] && toCodeError(counted[0]);
  } catch (error) {
    if ((error as Partial<BabelError>).pos === undefined) throw error;
    return toCodeError(error as BabelError);
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

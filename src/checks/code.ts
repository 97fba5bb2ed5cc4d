import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { IssuePath } from '../trace/issue.ts';
import type { Check, FoundIssue } from './check.ts';
import { blocksOf } from './code/blocks.ts';
import type { CodeError, FindCodeErrors } from './code/code-error.ts';
import { correction } from './code/correction.ts';
import { type CodeLanguage, type Language, languages } from './code/languages.ts';
import type { ParserLoader } from './parsers/need-package.ts';
import { eachParsed } from './places/each-parsed.ts';
import type { Place } from './places/place.ts';

export type { CodeLanguage } from './code/languages.ts';

/** The language of the code, and where the answer has it. */
export interface CodeOptions {
  /** The language of the code. */
  readonly language: CodeLanguage;
  /**
   * The place of the code in a JSON answer: `snippet.code`, `/snippet/code` or `files.*.content`.
   * @default the whole text, or its fences
   */
  readonly path?: Place;
  /** The check's name; unique on a model. @default 'code' */
  readonly name?: string;
  /** Loads the parser, if your bundler must see the import: `() => import('@babel/parser')`. */
  readonly parser?: ParserLoader;
}

/** The longest code that is judged, in UTF-16 units. */
const longestCode = 1_000_000;

const mostBlocks = 100;

/**
 * The code parses: the whole text, or the code in its fences of that language. The code is not run, and types and names
 * are not checked. The parser is an optional package, loaded on first use.
 *
 * @throws InvalidArgumentError for an unknown language.
 * @example code({ language: 'python' })
 * @example code({ language: 'typescript', path: 'files.*.content' })
 */
export function code(options: CodeOptions): Check {
  refuseBadOptions('code', options, { language: true, path: 'string', name: 'string', parser: true });
  const { language, path, name = 'code', parser } = options;
  const known: Language | undefined = Object.hasOwn(languages, language) ? languages[language] : undefined;
  if (known === undefined) {
    throw new InvalidArgumentError({ argument: 'language', message: unknownLanguage(String(language)) });
  }
  let loading: Promise<FindCodeErrors> | undefined;
  return {
    name,
    ...eachParsed(path, async (text, at) => {
      if (typeof text !== 'string')
        return [{ message: `Put the ${known.title} code there, as a string.`, path: at, kind: 'syntax' }];
      loading ??= Promise.resolve(known.load(parser));
      return await judge(text, known, { find: await loading, path: at });
    }),
  };
}

function unknownLanguage(language: string): string {
  const said = `code() knows ${Object.keys(languages).join(', ')}; "${language}" is none.`;
  if (language.toLowerCase() === 'sql') return `${said} SQL has a check of its own: sql({ dialect: 'postgresql' }).`;
  const known: readonly (readonly [string, Language])[] = Object.entries(languages);
  const meant = known.find(([, { labels }]) => labels.includes(language.toLowerCase()));
  return meant === undefined ? said : `${said} Did you mean "${meant[0]}"?`;
}

interface Judging {
  readonly find: FindCodeErrors;
  readonly path: IssuePath;
}

async function judge(text: string, language: Language, { find, path }: Judging): Promise<FoundIssue[]> {
  const issue = (message: string): FoundIssue => ({ message, path, kind: 'syntax' });
  if (text.length > longestCode) return [issue(`Shorten the code to at most ${longestCode} characters.`)];
  if (text.trim() === '') return [{ ...issue(`Answer with ${language.title} code: there is none.`), kind: 'empty' }];
  const blocks = blocksOf(text, language).filter((block) => block.trim() !== '');
  if (blocks.length > mostBlocks) return [issue(`Answer with at most ${mostBlocks} code blocks.`)];
  if (blocks.length === 0 || language.takesProse !== true) {
    const error = await firstError(text, find);
    if (error === undefined) return [];
    if (blocks.length === 0 || error.isUndecided === true) return [issue(correction(error, text, language.title))];
  }
  const issues: FoundIssue[] = [];
  for (const [index, block] of blocks.entries()) {
    const error = await firstError(block, find);
    const where = blocks.length === 1 ? '' : ` of code block ${index + 1}`;
    if (error !== undefined) issues.push(issue(correction(error, block, language.title, where)));
    // Each further block could take as long.
    if (error?.isUndecided === true) break;
  }
  return issues;
}

async function firstError(code: string, find: FindCodeErrors): Promise<CodeError | undefined> {
  const tooDeep = { message: 'it is nested too deeply', offset: 0 };
  try {
    const [error] = await find(code);
    return error?.message.startsWith('Maximum call stack') === true ? tooDeep : error;
  } catch (error) {
    // Parsers recurse: their stack ends where brackets are nested too deeply.
    if (error instanceof RangeError) return tooDeep;
    throw error;
  }
}

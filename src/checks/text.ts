import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { compileRegExp } from '../incremental/patterns/compile-pattern.ts';
import { allowSteps } from '../incremental/patterns/effort.ts';
import type { Answer } from '../model/answer.ts';
import type { IssuePath } from '../trace/issue.ts';
import type { Check, FoundIssue } from './check.ts';
import { type Place, placesAt, toPath } from './place.ts';

export interface TextOptions {
  /** Unique on a model, for a model with two of them. @default the function's name */
  readonly name?: string;
  /** What to tell the model instead. */
  readonly message?: string;
  /** Where a JSON answer has the text; `lines.*.name` is that of each line. @default the whole text */
  readonly path?: Place;
  /** @default false */
  readonly ignoreCase?: boolean;
}

export interface MatchesOptions extends Omit<TextOptions, 'ignoreCase'> {
  /**
   * Lets the language's own engine run a pattern with a back-reference or the `v` flag, and any other. It tries ways one
   * after the other: an answer made for it can keep it busy for ever.
   * @default false
   */
  readonly backtracking?: boolean;
}

/**
 * The text matches a pattern, which is run in time linear in the text.
 *
 * @throws InvalidArgumentError for what is no regular expression, and for one that only backtracking can run.
 * @example matches(/^SELECT\b/i, { message: 'Begin with SELECT.' })
 * @example matches(/^[A-Z]{3}$/, { path: 'lines.*.currency' })
 */
export function matches(pattern: RegExp, options: MatchesOptions = {}): Check {
  refuseBadOptions('matches', options, { name: true, message: true, path: true, backtracking: true });
  const { name = 'matches', message, path, backtracking = false } = options;
  if (!(pattern instanceof RegExp)) {
    const given =
      typeof pattern === 'string'
        ? `: /${pattern}/ for a pattern, contains(${JSON.stringify(pattern)}) for a text`
        : '';
    throw invalid('matches', `matches() needs a regular expression${given}.`);
  }
  const what = path === undefined ? 'the answer' : 'this';
  const isMatch = backtracking ? nativeTest(pattern) : linearTest(pattern);
  const judge = eachText(path, (text) => {
    const truth = isMatch(text);
    if (truth === undefined) return [`Shorten ${what}; it is too long to be compared with ${pattern}.`];
    return truth ? [] : [message ?? `Make ${what} match ${pattern}.`];
  });
  return {
    name,
    test(answer) {
      allowSteps(stepsPerAnswer + stepsPerCharacter * answer.text.length);
      return judge(answer);
    },
  };
}

/** What comparing an answer may take; a text that takes more is too long. */
const stepsPerAnswer = 20_000_000;
const stepsPerCharacter = 10;

function linearTest(pattern: RegExp): (text: string) => boolean | undefined {
  const compiled = compileRegExp(pattern);
  if (compiled.type === 'runs') return compiled.test;
  const message = `matches() does not run ${pattern}: ${compiled.reason}. Write it otherwise, or say backtracking: true; then an answer made for it can keep it busy for ever.`;
  throw invalid('matches', message);
}

function nativeTest({ source, flags }: RegExp): (text: string) => boolean {
  const stateless = new RegExp(source, flags.replace(/[gy]/g, ''));
  return (text) => stateless.test(text);
}

/**
 * The text contains each of the given texts.
 *
 * @throws InvalidArgumentError for what is no text.
 */
export function contains(texts: string | readonly string[], options: TextOptions = {}): Check {
  refuseNoTexts('contains', texts);
  refuseBadOptions('contains', options, { name: true, message: true, path: true, ignoreCase: true });
  const { name = 'contains', message, path, ignoreCase = false } = options;
  const what = path === undefined ? ' in the answer' : '';
  return {
    name,
    test: eachText(path, (text) => {
      const missing = listOf(texts).filter((wanted) => !fold(text, ignoreCase).includes(fold(wanted, ignoreCase)));
      return missing.map((wanted) => message ?? `Include ${JSON.stringify(wanted)}${what}.`);
    }),
  };
}

/**
 * The text contains none of the given texts.
 *
 * @throws InvalidArgumentError for what is no text.
 */
export function excludes(texts: string | readonly string[], options: TextOptions = {}): Check {
  refuseNoTexts('excludes', texts);
  refuseBadOptions('excludes', options, { name: true, message: true, path: true, ignoreCase: true });
  const { name = 'excludes', message, path, ignoreCase = false } = options;
  const unwanted = listOf(texts).filter((text) => text !== '');
  const longest = Math.max(0, ...unwanted.map(({ length }) => length));
  const found = (text: string, from: string) => {
    const present = unwanted.filter((each) => fold(text, ignoreCase).includes(fold(each, ignoreCase)));
    return present.map((each) => message ?? `Leave ${JSON.stringify(each)} out${from}.`);
  };
  if (path !== undefined) return { name, test: eachText(path, (text) => found(text, '')) };
  return {
    name,
    start() {
      let tail = '';
      return {
        // The beginning of an unwanted text is not shown before it turns out to be none.
        holdBack: Math.max(0, longest - 1),
        push(piece) {
          const seen = tail + piece;
          tail = longest > 1 ? seen.slice(1 - longest) : '';
          return found(seen, ' of the answer').map((each) => ({ message: each }));
        },
        end: () => true,
      };
    },
  };
}

const mostIssues = 50;

/** Judges the whole text, or each string at a place. */
function eachText(place: Place | undefined, judge: (text: string) => readonly string[]) {
  if (place === undefined) return ({ text }: Answer) => judge(text).map((message) => ({ message }));
  const path = toPath(place);
  return ({ value }: Answer): FoundIssue[] =>
    placesAt(value, path)
      .flatMap(({ value: found, path: at }) => {
        const messages = typeof found === 'string' ? judge(found) : [noText(at)];
        return messages.map((message) => ({ message, path: at }));
      })
      .slice(0, mostIssues);
}

function noText(path: IssuePath): string {
  return `Put a text at ${path.length === 0 ? 'the top' : path.join('.')}, as a string.`;
}

function refuseNoTexts(name: string, texts: string | readonly string[]): void {
  const list: unknown = typeof texts === 'string' ? [texts] : texts;
  if (Array.isArray(list) && list.every((text) => typeof text === 'string')) return;
  const given = (texts as unknown) instanceof RegExp ? '; matches() takes a pattern' : '';
  throw invalid(name, `${name}() needs a text or a list of texts${given}.`);
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}

function listOf(texts: string | readonly string[]): readonly string[] {
  return typeof texts === 'string' ? [texts] : texts;
}

function fold(text: string, ignoreCase: boolean): string {
  return ignoreCase ? text.toLowerCase() : text;
}

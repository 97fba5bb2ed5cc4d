import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Check } from './check.ts';

export interface TextOptions {
  /** Unique on a model, for a model with two of them. @default the function's name */
  readonly name?: string;
  /** What to tell the model instead. */
  readonly message?: string;
  /** @default false */
  readonly ignoreCase?: boolean;
}

/**
 * The text matches a pattern.
 *
 * @throws InvalidArgumentError for what is no regular expression.
 * @example matches(/^SELECT\b/i, { message: 'Begin with SELECT.' })
 */
export function matches(pattern: RegExp, { name = 'matches', message }: Omit<TextOptions, 'ignoreCase'> = {}): Check {
  if (!(pattern instanceof RegExp)) {
    const given =
      typeof pattern === 'string'
        ? `: /${pattern}/ for a pattern, contains(${JSON.stringify(pattern)}) for a text`
        : '';
    throw invalid('matches', `matches() needs a regular expression${given}.`);
  }
  const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  return { name, test: ({ text }) => stateless.test(text) || (message ?? `Make the answer match ${pattern}.`) };
}

/**
 * The text contains each of the given texts.
 *
 * @throws InvalidArgumentError for what is no text.
 */
export function contains(texts: string | readonly string[], options: TextOptions = {}): Check {
  refuseNoTexts('contains', texts);
  const { name = 'contains', message, ignoreCase = false } = options;
  return {
    name,
    test: ({ text }) => {
      const missing = listOf(texts).filter((wanted) => !fold(text, ignoreCase).includes(fold(wanted, ignoreCase)));
      return missing.map((wanted) => ({ message: message ?? `Include ${JSON.stringify(wanted)} in the answer.` }));
    },
  };
}

/**
 * The text contains none of the given texts.
 *
 * @throws InvalidArgumentError for what is no text.
 */
export function excludes(texts: string | readonly string[], options: TextOptions = {}): Check {
  refuseNoTexts('excludes', texts);
  const { name = 'excludes', message, ignoreCase = false } = options;
  const unwanted = listOf(texts).filter((text) => text !== '');
  const longest = Math.max(0, ...unwanted.map(({ length }) => length));
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
          const present = unwanted.filter((text) => fold(seen, ignoreCase).includes(fold(text, ignoreCase)));
          return present.map((text) => ({ message: message ?? `Leave ${JSON.stringify(text)} out of the answer.` }));
        },
        end: () => true,
      };
    },
  };
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

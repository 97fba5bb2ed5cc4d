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
 * @example matches(/^SELECT\b/i, { message: 'Begin with SELECT.' })
 */
export function matches(pattern: RegExp, { name = 'matches', message }: Omit<TextOptions, 'ignoreCase'> = {}): Check {
  const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  return { name, test: ({ text }) => stateless.test(text) || (message ?? `Make the answer match ${pattern}.`) };
}

/** The text contains each of the given texts. */
export function contains(texts: string | readonly string[], options: TextOptions = {}): Check {
  const { name = 'contains', message, ignoreCase = false } = options;
  return {
    name,
    test: ({ text }) => {
      const missing = listOf(texts).filter((wanted) => !fold(text, ignoreCase).includes(fold(wanted, ignoreCase)));
      return missing.map((wanted) => ({ message: message ?? `Include ${JSON.stringify(wanted)} in the answer.` }));
    },
  };
}

/** The text contains none of the given texts. */
export function excludes(texts: string | readonly string[], options: TextOptions = {}): Check {
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

function listOf(texts: string | readonly string[]): readonly string[] {
  return typeof texts === 'string' ? [texts] : texts;
}

function fold(text: string, ignoreCase: boolean): string {
  return ignoreCase ? text.toLowerCase() : text;
}

import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Check } from './check.ts';
import { configuredBy } from './configured.ts';
import { eachText } from './places/each-text.ts';
import { unescaped, unescaping } from './places/escapes.ts';
import type { Place } from './places/place.ts';

/** Where a text check looks, and what it tells the model. */
export interface TextOptions {
  /** The check's name; unique on a model, so name a second check of the same type. @default the function's name */
  readonly name?: string;
  /** What the model is told instead of the built-in message. */
  readonly message?: string;
  /** The place of the text in a JSON answer; `lines.*.name` is the name of each line. @default the whole text */
  readonly path?: Place;
  /** Whether upper and lower case are equal. @default false */
  readonly ignoreCase?: boolean;
}

/**
 * The text contains each of the given texts.
 *
 * @throws InvalidArgumentError if `texts` is neither a string nor a list of strings, or if one is empty.
 * @example contains(['invoice number', 'due date'], { ignoreCase: true })
 */
export function contains(texts: string | readonly string[], options: TextOptions = {}): Check {
  refuseNoTexts('contains', texts);
  refuseBadOptions('contains', options, { name: 'string', message: 'string', path: 'string', ignoreCase: 'boolean' });
  const { name = 'contains', message, path, ignoreCase = false } = options;
  const what = path === undefined ? ' in the answer' : '';
  return configuredBy([texts, options], {
    name,
    ...eachText(path, (text) => {
      const said = fold(text, ignoreCase);
      const read = path === undefined ? fold(unescaped(text), ignoreCase) : said;
      const isMissing = (wanted: string) => !said.includes(wanted) && !read.includes(wanted);
      const missing = listOf(texts).filter((wanted) => isMissing(fold(wanted, ignoreCase)));
      return missing.map((wanted) => message ?? `Include ${JSON.stringify(wanted)}${what}.`);
    }),
  });
}

/**
 * The text contains none of the given texts.
 *
 * @throws InvalidArgumentError if `texts` is neither a string nor a list of strings, or if one is empty.
 * @example excludes('TODO', { message: 'Write the part that is marked TODO.' })
 */
export function excludes(texts: string | readonly string[], options: TextOptions = {}): Check {
  refuseNoTexts('excludes', texts);
  refuseBadOptions('excludes', options, { name: 'string', message: 'string', path: 'string', ignoreCase: 'boolean' });
  const { name = 'excludes', message, path, ignoreCase = false } = options;
  const unwanted = listOf(texts);
  const longest = Math.max(0, ...unwanted.map(({ length }) => length));
  const found = (texts: readonly string[], from: string) => {
    const folded = texts.map((text) => fold(text, ignoreCase));
    const present = unwanted.filter((each) => folded.some((text) => text.includes(fold(each, ignoreCase))));
    return present.map((each) => message ?? `Leave ${JSON.stringify(each)} out${from}.`);
  };
  if (path !== undefined)
    return configuredBy([texts, options], { name, ...eachText(path, (text) => found([text], '')) });
  return configuredBy([texts, options], {
    name,
    start() {
      const read = unescaping();
      let tail = '';
      let readTail = '';
      const judging = {
        // The beginning of an unwanted text is not shown before it turns out to be none.
        holdBack: Math.max(0, longest - 1),
        push(piece: string) {
          const seen = tail + piece;
          // In JSON, each character may be written as an escape.
          const hasEscapes = seen.includes('\\');
          judging.holdBack = Math.max(0, (hasEscapes ? longestEscape : 1) * longest - 1);
          tail = seen.slice(-longestEscape * longest);
          const said = readTail + read(piece);
          readTail = longest > 1 ? said.slice(1 - longest) : '';
          return found(hasEscapes ? [seen, said] : [said], ' of the answer').map((each) => ({ message: each }));
        },
        end: () => true as const,
      };
      return judging;
    },
  });
}

/** The longest escape of a character in JSON: `\u0068`. */
const longestEscape = 6;

function refuseNoTexts(name: string, texts: string | readonly string[]): void {
  const list: unknown = typeof texts === 'string' ? [texts] : texts;
  if (Array.isArray(list) && list.length > 0 && list.every((text) => typeof text === 'string' && text !== '')) return;
  const given = (texts as unknown) instanceof RegExp ? '; matches() takes a pattern' : '';
  throw invalid(name, `${name}() needs a text or a list of texts, none of them empty${given}.`);
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

import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Answer } from '../model/answer.ts';
import type { Check } from './check.ts';
import { configuredBy } from './configured.ts';
import { detectedLanguage, isKnownLanguage, knownLanguages } from './languages/detect.ts';
import { leavesOf } from './places/leaves.ts';

/** The options of `language`. */
export interface LanguageOptions {
  /** The check's name; unique on a model. @default 'language' */
  readonly name?: string;
}

/** Fewer words in a JSON answer's string are a value, not a text. */
const leastWords = 4;
const longestText = 50_000;

/**
 * The answer is in one of the given languages (ISO 639-1 codes). A text that is too short or too mixed to identify
 * passes. Code, links and quoted words are ignored.
 *
 * @throws InvalidArgumentError for an unknown language.
 * @example language('de')
 * @example language(['en', 'fr'])
 */
export function language(wanted: string | readonly string[], { name = 'language' }: LanguageOptions = {}): Check {
  const codes = (typeof wanted === 'string' ? [wanted] : wanted).map((code) =>
    norwegian(code.toLowerCase().replace(/[-_].*$/, '')),
  );
  const unknown = codes.find((code) => !isKnownLanguage(code));
  if (unknown !== undefined || codes.length === 0) {
    const message = `language() knows ${knownLanguages().join(', ')}; not ${JSON.stringify(unknown ?? wanted)}.`;
    throw new InvalidArgumentError({ argument: 'language', message });
  }
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const shown = codes.map((code) => String(names.of(code))).join(' or ');
  return configuredBy([shown], {
    name,
    test(answer) {
      const found = detectedLanguage(proseOf(answer), codes);
      if (found === undefined || codes.includes(found)) return true;
      return `Write the answer in ${shown}; it is in ${names.of(found)}.`;
    },
  });
}

/** What is said in a language: the sentences of a text, or the longer strings of a JSON answer. */
function proseOf({ text, value }: Answer): string {
  const isJson = typeof value === 'object' && value !== null && /^\s*(?:[[{]|```)/.test(text);
  if (!isJson) return plain(text.slice(0, longestText));
  let prose = '';
  for (const leaf of leavesOf(value)) {
    if (typeof leaf.value === 'string' && leaf.value.split(/\s+/, leastWords).length >= leastWords)
      prose += `${leaf.value}\n`;
    if (prose.length > longestText) break;
  }
  return plain(prose.slice(0, longestText));
}

function plain(text: string): string {
  return text
    .replace(/```[\s\S]*?(?:```|$)/g, ' ')
    .replace(/`[^`\n]{0,500}`/g, ' ')
    .replace(/(?:https?:\/\/|www\.)\S{1,2000}/g, ' ')
    .replace(/"[^"\n]{0,500}"|“[^“”\n]{0,500}”|„[^„“”\n]{0,500}[“”]|«[^«»\n]{0,500}»/g, ' ');
}

/** Norwegian without a form is told as Bokmål. */
function norwegian(code: string): string {
  return code === 'no' ? 'nb' : code;
}

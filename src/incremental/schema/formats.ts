import { format as formats } from '@cfworker/json-schema';
import type { Truth } from './truth.ts';

/** Longer strings are not judged. */
const LONGEST_TESTED = 10_000;

/** The check for a `format`, or `undefined` for a name that no specification defines. */
export function formatCheck(name: string): ((text: string) => Truth) | undefined {
  const check = checkOf(name);
  return check && ((text) => (text.length > LONGEST_TESTED ? undefined : check(text)));
}

/** What formats for all scripts are where the text is ASCII; other text they are not judged on. */
const IN_ASCII: Readonly<Record<string, string>> = {
  iri: 'uri',
  'iri-reference': 'uri-reference',
  'idn-email': 'email',
  'idn-hostname': 'hostname',
};

/** On which strings a format is not judged. */
export function formatLimit(name: string): string | undefined {
  if (name === 'regex') return 'what is a regular expression only without the u flag';
  return Object.hasOwn(IN_ASCII, name) ? 'text that is not ASCII' : undefined;
}

function checkOf(name: string): ((text: string) => Truth) | undefined {
  if (name === 'date-time') return isDateTime;
  if (name === 'regex') return isExpression;
  if (Object.hasOwn(IN_ASCII, name)) {
    const check = formats[IN_ASCII[name] ?? ''];
    return check && ((text) => (/^[\0-\x7f]*$/.test(text) ? check(text) : undefined));
  }
  return Object.hasOwn(formats, name) ? formats[name] : undefined;
}

/** The date and the time are parted by a `T`: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
function isDateTime(text: string): Truth {
  return /^.{10}T/i.test(text) && formats['date-time']?.(text);
}

/** An expression that is one only without the `u` flag is one for some validators. */
function isExpression(text: string): Truth {
  if (isRegExp(text, 'u')) return true;
  return isRegExp(text, '') ? undefined : false;
}

function isRegExp(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) !== undefined;
  } catch {
    return false;
  }
}

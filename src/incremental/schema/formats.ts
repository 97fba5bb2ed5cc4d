import { format as formats } from '@cfworker/json-schema';

/** Longer strings meet every format. */
const LONGEST_TESTED = 10_000;

/** The check for a `format`, or `undefined` for a name that no specification defines. */
export function formatCheck(name: string): ((text: string) => boolean) | undefined {
  if (!Object.hasOwn(formats, name)) return undefined;
  const check = name === 'date-time' ? isDateTime : formats[name];
  return check && ((text) => text.length > LONGEST_TESTED || check(text));
}

/** Formats that specifications define and nothing here judges. */
export const UNJUDGED_FORMATS: ReadonlySet<string> = new Set([
  'iri',
  'iri-reference',
  'idn-email',
  'idn-hostname',
  'regex',
]);

/** The date and the time are parted by a `T`: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
function isDateTime(text: string): boolean {
  return /^.{10}T/i.test(text) && (formats['date-time']?.(text) ?? true);
}

import { format as formats } from '@cfworker/json-schema';

/** Longer strings meet every format. */
const LONGEST_TESTED = 10_000;

/** The check for a `format`, or `undefined` for a name that no specification defines. */
export function formatCheck(name: string): ((text: string) => boolean) | undefined {
  if (!Object.hasOwn(formats, name)) return undefined;
  const check = formats[name];
  return check && ((text) => text.length > LONGEST_TESTED || check(text));
}

const escapes = /\\(.)(?=(.))/gsu;
const latin = /[A-Za-z]/;

/**
 * Whether JSON with a backslash that its writer did not escape has others that he may not have escaped either: `\beta` is a
 * word or a backspace, `\\` one backslash or two. An escape of a line break before anything but a letter is one.
 */
export function hasUnclearEscapes(json: string): boolean {
  for (const [, character = '', next = ''] of json.matchAll(escapes)) {
    if (character === '\\' || character === '/') return true;
    if ('bfnrt'.includes(character) && latin.test(next)) return true;
  }
  return false;
}

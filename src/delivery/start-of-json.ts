/** White space, a byte order mark, and the opening of a code fence may stand before the JSON. */
const plainOpening = /^[\s\uFEFF]*(?=\S)/;
const fencedOpening = /^[\s\uFEFF]*(?:```[\w-]{0,100}[^\S\n]*(?:\n\s*|(?=[{[])))?(?=[^\s`])/;

/** Where the JSON in a text begins; `undefined` while that is unknown. */
export function startOfJson(text: string, syntax: boolean): number | undefined {
  const found = (syntax ? fencedOpening : plainOpening).exec(text);
  if (found !== null) return found[0].length;
  // White space is cut off first, or the expression would try each place in it.
  const isFence = syntax && /^`{0,3}[\w-]{0,100}$/.test(text.trim());
  return isFence || text.trim() === '' ? undefined : 0;
}

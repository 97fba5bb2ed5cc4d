/** How deep a text may nest to be parsed: each level costs `JSON.parse` a microsecond and an object. */
export const deepestJson = 20_000;

/** The value of a JSON text; `undefined` if it is not JSON or nests deeper than 20,000 levels. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  if (nestsTooDeep(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Whether a text nests deeper than 20,000 levels. */
export function nestsTooDeep(text: string): boolean {
  return openersOf(text, '{') + openersOf(text, '[') > deepestJson && depthOf(text) > deepestJson;
}

/** How often a bracket occurs in a text, up to the limit. Counting is faster than parsing. */
function openersOf(text: string, bracket: string): number {
  if (text.length <= deepestJson) return 0;
  let count = 0;
  for (let at = text.indexOf(bracket); at !== -1 && count <= deepestJson; at = text.indexOf(bracket, at + 1))
    count += 1;
  return count;
}

/** How deep a text nests, up to the limit. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length && deepest <= deepestJson; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfString(text, index);
    } else if (code === OBJECT || code === ARRAY) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === OBJECT_END || code === ARRAY_END) {
      depth -= 1;
    }
  }
  return deepest;
}

/** The index of the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === BACKSLASH) index += 1;
    else if (code === QUOTE) return index;
  }
  return text.length;
}

const QUOTE = 34;
const BACKSLASH = 92;
const ARRAY = 91;
const ARRAY_END = 93;
const OBJECT = 123;
const OBJECT_END = 125;

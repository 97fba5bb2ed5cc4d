/** Where a string ends that begins at `start`, as JSON has it; `undefined` where it is none. */
export function endOfJsonString(source: string, start: number): number | undefined {
  if (source.charCodeAt(start) !== QUOTE) return undefined;
  for (let index = start + 1; index < source.length; index += 1) {
    const code = source.charCodeAt(index);
    if (code === QUOTE) return index + 1;
    if (code < SPACE) return undefined;
    if (code === BACKSLASH) {
      const length = lengthOfEscape(source, index);
      if (length === 0) return undefined;
      index += length - 1;
    }
  }
  return undefined;
}

/** How long the escape is that begins at `position`; 0 where JSON knows none. */
function lengthOfEscape(source: string, position: number): number {
  const character = source.charAt(position + 1);
  if (character === 'u') return /^[0-9a-fA-F]{4}$/.test(source.slice(position + 2, position + 6)) ? 6 : 0;
  return character !== '' && '"\\/bfnrt'.includes(character) ? 2 : 0;
}

const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;

/** Looking for quotes takes time; where there is more to look through, words are left out. */
const mostCharacters = 200_000;

/**
 * A message without what it repeats from other texts: what it quotes from them, their numbers, names and codes, and
 * three words in a row. Words of everyday language stay, as do the names in `known`. Of texts of more than 200,000
 * characters in all, it may repeat anything: `…`.
 */
export function withoutQuotes(
  message: string,
  from: readonly string[],
  known: readonly (string | number)[] = [],
): string {
  if (from.reduce((sum, { length }) => sum + length, 0) > mostCharacters) return '…';
  const names = new Set(known.map(String));
  const sources = from.flatMap((text) => (text.includes('\\') ? [text, text.replaceAll(/\\(.)/g, '$1')] : text));
  const isRepeated = (text: string) => !names.has(text) && sources.some((source) => source.includes(text));
  const unquoted = message.replaceAll(quoted, (whole, open: string, inner: string, close: string) =>
    isRepeated(inner) ? `${open}…${close}` : whole,
  );
  return withoutRuns(unquoted, isRepeated)
    .replaceAll(word, (token: string, index: number) => {
      const isTelling = token.length >= 3 && !everyday.test(token) && !(index === 0 && capitalised.test(token));
      return isTelling && isRepeated(token) ? '…' : token;
    })
    .replaceAll(/…(?:\s+…)+/g, '…');
}

const quoted = /(["'`“‘«])([^"'`”’»]+)(["'`”’»])/g;
const word = /[\p{L}\p{N}](?:[^\s"'`“”‘’«»,;:!?()[\]{}]*[\p{L}\p{N}])?/gu;
const everyday = /^\p{Ll}+$/u;
const capitalised = /^\p{Lu}\p{Ll}*$/u;

const runLength = 3;

function withoutRuns(message: string, isRepeated: (text: string) => boolean): string {
  const words = [...message.matchAll(word)].map(({ index, 0: text }) => ({ start: index, end: index + text.length }));
  let kept = '';
  let from = 0;
  for (const [index, first] of words.entries()) {
    const last = words[index + runLength - 1];
    if (last === undefined || !isRepeated(message.slice(first.start, last.end))) continue;
    if (first.start > from) kept += `${message.slice(from, first.start)}…`;
    from = last.end;
  }
  return kept + message.slice(from);
}

/** Fewer words in a row are no instruction that makes sense. */
const fewestWords = 4;

/** Fences the runs of words in a text that `isOfModel` says the model wrote. */
export function fencedRuns(
  text: string,
  isOfModel: (words: string) => boolean,
  fence: (words: string) => string,
): string {
  if (text.length < 2 * fewestWords - 1) return text;
  const words: { readonly start: number; readonly end: number }[] = [];
  for (const { 0: word, index } of text.matchAll(/[^\s"'`]+/g)) words.push({ start: index, end: index + word.length });
  let fenced = '';
  let from = 0;
  for (let first = 0; first < words.length; first += 1) {
    const start = words[first]?.start ?? 0;
    let end: number | undefined;
    for (let last = first + fewestWords - 1; last < words.length; last += 1) {
      const next = words[last]?.end;
      if (!isOfModel(text.slice(start, next))) break;
      end = next;
      first = last;
    }
    if (end === undefined) continue;
    fenced += text.slice(from, start) + fence(text.slice(start, end));
    from = end;
  }
  return fenced + text.slice(from);
}

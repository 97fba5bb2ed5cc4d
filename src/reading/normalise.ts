/** A word without what models vary: case, white space, `-`, `_` and `.`. */
export function normalised(word: string): string {
  return word.toLowerCase().replace(/[\s_.-]+/g, '');
}

/** The one of several words that differs from a given one in nothing but those. */
export function onlyAlike(word: string, among: readonly string[]): string | undefined {
  const wanted = normalised(word);
  const alike = among.filter((candidate) => normalised(candidate) === wanted);
  return alike.length === 1 ? alike[0] : undefined;
}

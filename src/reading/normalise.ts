/** A word without what models vary: case, white space, `-`, `_` and `.`. */
export function normalised(word: string): string {
  return word.toLowerCase().replace(/[\s_.-]+/g, '');
}

/** Finds the words of a list that differ from a given one in nothing but those. */
export function spellingsOf(words: readonly string[]): (word: string) => readonly string[] {
  const alike = new Map<string, string[]>();
  for (const word of words) {
    const spelling = normalised(word);
    const known = alike.get(spelling);
    if (known === undefined) alike.set(spelling, [word]);
    else known.push(word);
  }
  return (word) => alike.get(normalised(word)) ?? [];
}

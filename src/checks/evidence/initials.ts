/** The first letters of names of two to five words. */
export function initialsIn(text: string): Set<string> {
  const found = new Set<string>();
  for (const [sequence] of text.matchAll(
    /\p{Lu}\p{Ll}+(?:[\s-]{1,2}(?:of|and|for|the|de|der|und)?\s?\p{Lu}\p{Ll}+){1,4}/gu,
  )) {
    const letters = sequence.replace(/\P{Lu}+/gu, '').toLowerCase();
    for (let start = 0; start < letters.length; start += 1) {
      for (let end = start + 2; end <= letters.length; end += 1) found.add(letters.slice(start, end));
    }
  }
  return found;
}

const mostWords = 3000;

/** Whether letters begin long words that stand one after the other: BMI, body mass index. Many words would begin with anything. */
export function isAbbreviation(letters: string, words: readonly string[]): boolean {
  if (letters.length < 3 || words.length > mostWords) return false;
  return words.some((_, index) =>
    [...letters].every((letter, offset) => {
      const word = words[index + offset] ?? '';
      return word.length > 3 && word.startsWith(letter);
    }),
  );
}

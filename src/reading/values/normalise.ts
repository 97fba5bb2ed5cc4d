/**
 * A word without what models vary: case, white space, `-` and `_`, wherever they mean nothing, how accents are composed,
 * and the backslashes of Markdown. A hyphen counts unless it
 * stands between letters: it may be a sign, or part a range. The others count beside a digit, unless a letter is on the
 * other side. A word of nothing else is its own spelling.
 */
export function normalised(word: string): string {
  if (alreadyNormalised.test(word)) return word;
  const plain = word.normalize().replace(markdownEscape, '').toLowerCase().trim();
  const spelling = plain.replace(/[\s_-]+/g, (run, start: number) => {
    const before = kindOf(plain.charAt(start - 1));
    const after = kindOf(plain.charAt(start + run.length));
    if (before === 'letter' && after === 'letter') return '';
    if (run.includes('-')) return run;
    const isBesideDigit = before === 'digit' || after === 'digit';
    return isBesideDigit && before !== 'letter' && after !== 'letter' ? run : '';
  });
  return spelling === '' ? word : spelling;
}

function kindOf(character: string): 'letter' | 'digit' | 'other' {
  if (character >= 'a' && character <= 'z') return 'letter';
  if (character >= '0' && character <= '9') return 'digit';
  if (character <= '\u007f') return 'other';
  return /[\p{L}\p{M}]/u.test(character) ? 'letter' : /\p{N}/u.test(character) ? 'digit' : 'other';
}

/** What is left of a word, or of a piece of one, without case, white space, `-`, `_` and `.`; other spellings keep apart. */
export function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[\s_.-]+/g, '');
}

/** The backslash that Markdown writes before a sign of its own. */
const markdownEscape = /\\(?=_|[^\w\s\\])/g;

/** A word that is normalised already, as most names are. */
const alreadyNormalised = /^[a-z\d]*$/;

/** Finds the words of a list that come to the same as a normalised one. */
export function spellingsOf(words: readonly string[]): (spelling: string) => readonly string[] {
  const alike = new Map<string, string[]>();
  for (const word of words) {
    const spelling = normalised(word);
    const known = alike.get(spelling);
    if (known === undefined) alike.set(spelling, [word]);
    else known.push(word);
  }
  return (spelling) => alike.get(spelling) ?? [];
}

/** What was said, to look words up in. */
export interface SaidTexts {
  /** Whether a word or a number was said, whatever ending a language puts to it; a short one has to stand alone. */
  hasWord(word: string): boolean;
  /** Whether this stands somewhere, within a word or over several. */
  hasPart(text: string): boolean;
}

/** Of longer texts everything counts as said: looking through them would keep others waiting. */
const longest = 200_000;

export function saidTexts(texts: Iterable<string>): SaidTexts {
  let said = '';
  let length = 0;
  for (const text of texts) {
    length += text.length;
    if (length > longest) return { hasWord: () => true, hasPart: () => false };
    said += `\n${folded(text)}`;
  }
  const withoutBreaks = once(() => said.replaceAll(/[^\S ]\s*| \s+/g, ' '));
  const withoutSeparators = once(() => said.replaceAll(separators, ''));
  const asOneWord = once(() => said.replaceAll(/[^\p{L}\p{N}]+/gu, ''));

  const hasNumber = (number: string): boolean => {
    const digits = digitsOf(number);
    if (digits.length >= 3) return withoutSeparators().includes(digits) || hasDate(number);
    return [digits, `0${digits}`, number].some((wanted) => standsAlone(wanted, said, anyDigit));
  };
  /** Day, month and year in another order. */
  const hasDate = (number: string): boolean => {
    const parts = number.split(/[.,\-/]/);
    const isDate = parts.length === 3 && /^\p{N}{4}\P{L}|\P{L}\p{N}{4}$/u.test(number);
    return isDate && parts.every((part) => hasNumber(part.replace(/^0/, '')));
  };
  return {
    hasWord(word) {
      const wanted = folded(word).trim();
      if (/^\p{N}\P{L}*$/u.test(wanted)) return hasNumber(wanted);
      if (/^\p{L}{1,2}$/u.test(wanted) && !spaceless.test(wanted)) return standsAlone(wanted, said, anyLetter);
      if (said.includes(wanted.slice(0, Math.max(3, Math.ceil((wanted.length * 2) / 3))))) return true;
      // Two words that are written as one.
      return wanted.length >= shortestCompound && asOneWord().includes(wanted);
    },
    hasPart(text) {
      const wanted = folded(text);
      // Most are not there, which their words tell sooner than the text without its line breaks.
      const areSaid = wanted.split(' ').every((word) => said.includes(word));
      return (areSaid && withoutBreaks().includes(wanted)) || (anyDigit.test(wanted) && hasNumber(wanted));
    },
  };
}

/** Shorter ones stand in many texts by chance, over the end of a word. */
const shortestCompound = 5;

export const spaceless =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Hang}]/u;
const anyDigit = /\p{N}/u;
const anyLetter = /\p{L}/u;
/** What stands between the digits of one number, card, account or telephone. */
const separators = /(?<=\p{N})[.,'’_\-–()/⁄\s]{1,3}(?=\p{N})/gu;
/** Code units beyond ASCII. */
export const beyondAscii = /[\u0080-\uFFFF]/;

/** Without differences of case, accents, digits, and of what cannot be seen. */
export function folded(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  const letters = text
    .replaceAll(symbols, (symbol) => (anyLetter.test(symbol.normalize('NFKD')) ? ` ${symbol} ` : symbol))
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]+/gu, '');
  return letters
    .toUpperCase() // ß is SS, and ı is I
    .toLowerCase()
    .replaceAll(/[ςøłđæœ]/g, (letter) => undecomposed[letter] ?? letter)
    .replaceAll(/(?![0-9])\p{Nd}/gu, digitOf);
}

/** Some are letters when decomposed, ㎏ and ™, and are no part of the word beside them. */
const symbols = /(?![\0-\x7F])\p{S}/gu;

const undecomposed: Readonly<Record<string, string>> = { ς: 'σ', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe' };

/** The digits of a script stand in a row, from 0 to 9. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

/** A number, however it is written: 4711 of 4,711 and 4711.00. */
function digitsOf(number: string): string {
  const value = number.replace(/[.,]00?$/, '').replace(/([.,]\p{N})0$/u, '$1');
  return value.replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function standsAlone(wanted: string, said: string, neighbour: RegExp): boolean {
  for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + 1)) {
    if (!neighbour.test(said.charAt(at - 1)) && !neighbour.test(said.charAt(at + wanted.length))) return true;
  }
  return false;
}

export function once<VALUE>(make: () => VALUE): () => VALUE {
  let made: { readonly value: VALUE } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

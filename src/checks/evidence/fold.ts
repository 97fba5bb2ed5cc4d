import type { Steps } from '../../effects/in-turns.ts';

/** Written in two ways in business texts; both come to the first. */
const spellings = new Map(
  Object.entries<string>({
    corporation: 'corp',
    incorporated: 'inc',
    company: 'co',
    limited: 'ltd',
    street: 'st',
    strasse: 'str',
    avenue: 'ave',
    road: 'rd',
    doctor: 'dr',
    professor: 'prof',
    department: 'dept',
    euro: 'eur',
    euros: 'eur',
    dollar: 'usd',
    dollars: 'usd',
    ...{
      min: 'minute',
      mins: 'minute',
      minutes: 'minute',
      hr: 'hour',
      hrs: 'hour',
      hours: 'hour',
      secs: 'sec',
      seconds: 'sec',
    },
    ...{ gram: 'g', grams: 'g', gramm: 'g', kilo: 'kg', kilos: 'kg', kilogram: 'kg', kilograms: 'kg', kilogramm: 'kg' },
    ...{
      metre: 'm',
      metres: 'm',
      meter: 'm',
      meters: 'm',
      kilometre: 'km',
      kilometres: 'km',
      kilometer: 'km',
      kilometers: 'km',
    },
    ...{ litre: 'l', litres: 'l', liter: 'l', liters: 'l' },
  }),
);

const symbols = {
  '€': ' eur ',
  $: ' usd ',
  '£': ' gbp ',
  '¥': ' jpy ',
  '&': ' and ',
};

/** A text in the characters that all the rest is written in: compatible forms as such, and digits of every script as ASCII's. */
export function readable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?![0-9])\p{Nd}/gu, asciiDigit)
    .replace(/(?<=\d)٫(?=\d)/g, '.')
    .replace(/(?<=\d)٬(?=\d)/g, ',');
}

/** The same of a long text, a part at a time: white space joins nothing before it. */
export function* readableInSteps(text: string): Steps<string> {
  const parts: string[] = [];
  for (const [part] of text.matchAll(/[\s\S]{1,8000}(?=\s|$)|[\s\S]{1,8000}(?!\p{M})|[\s\S]{1,8000}/gu)) {
    parts.push(readable(part));
    yield;
  }
  return parts.join('');
}

/** Unicode has the ten digits of each script in a row. */
function asciiDigit(digit: string): string {
  const known = asciiDigits.get(digit);
  if (known !== undefined) return known;
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  const ascii = String(code - zero);
  asciiDigits.set(digit, ascii);
  return ascii;
}

const asciiDigits = new Map<string, string>();

// Letters that no normal form takes apart.
const letters = { ß: 'ss', ı: 'i', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe' };

/** A text as it is compared: without case, accents, invisible characters and the hyphens at the ends of its lines. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u00AD\u200B-\u200D\u2060\uFEFF]+/gu, '')
    .replace(/[€$£¥&]/g, (symbol) => symbols[symbol as keyof typeof symbols])
    .toLowerCase()
    .replace(/[ßıøłđæœ]/g, (letter) => letters[letter as keyof typeof letters])
    .replace(/[’‘ʼ`]/g, "'");
}

// Scripts that put no space between words are compared by their characters.
const word =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|[^\P{L}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]+|\p{N}+/gu;

/** The words of a text as they are compared, and its groups of digits. */
export function wordsOf(text: string): string[] {
  const words = folded(text).replace(/'s\b/g, '').match(word) ?? [];
  return words.map((found) => spellings.get(found) ?? found);
}

const endings = ['s', 'es', 'e', 'n', 'en', 'er'];

/** The forms of a word that differ in its ending alone, in the languages that say more by it. */
export function formsOf(word: string): string[] {
  if (word.length < 4) return [word];
  return [
    word,
    ...endings.map((ending) => word + ending),
    ...endings
      .filter((ending) => word.endsWith(ending) && word.length - ending.length > 2)
      .map((ending) => word.slice(0, -ending.length)),
  ];
}

/** The words that have a word among their forms. */
export function wordsOfForm(form: string): string[] {
  const longer = endings.map((ending) => form + ending);
  const shorter = endings.filter((ending) => form.endsWith(ending)).map((ending) => form.slice(0, -ending.length));
  return [form, ...longer, ...shorter].filter((word) => formsOf(word).includes(form));
}

/** Letters and digits alone, for what is written with and without separators. */
export function compact(text: string): string {
  return folded(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

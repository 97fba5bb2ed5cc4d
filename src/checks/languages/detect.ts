import { commonWords } from './common-words.ts';

/** The languages that each word is one of the commonest of. */
const languagesOf = languagesByWord();

function languagesByWord(): Map<string, string[]> {
  const languages = new Map<string, string[]>();
  for (const [code, list] of Object.entries(commonWords))
    for (const word of new Set(list.split(' '))) languages.set(word, [...(languages.get(word) ?? []), code]);
  return languages;
}

/** Scripts that one language is written in, as good as alone. */
const scripts: readonly (readonly [code: string, letters: RegExp])[] = [
  ['ja', /[\p{sc=Hiragana}\p{sc=Katakana}]/gu],
  ['ko', /\p{sc=Hangul}/gu],
  ['zh', /\p{sc=Han}/gu],
  ['el', /\p{sc=Greek}/gu],
  ['he', /\p{sc=Hebrew}/gu],
  ['ar', /\p{sc=Arabic}/gu],
  ['hi', /\p{sc=Devanagari}/gu],
  ['th', /\p{sc=Thai}/gu],
];

export function knownLanguages(): string[] {
  return [...Object.keys(commonWords), ...scripts.map(([code]) => code)].sort();
}

export function isKnownLanguage(code: string): boolean {
  return Object.hasOwn(commonWords, code) || scripts.some(([known]) => known === code);
}

/** Letters that a language has to itself among those told apart by words. */
const ownLetters: readonly (readonly [codes: readonly string[], letters: RegExp])[] = [
  [['de'], /ß/],
  [['es'], /ñ/],
  [['pt'], /[ãõ]/],
  [['fr'], /[œêûëï]|^[ld]['’]/],
  [['pl'], /[łąęśźżćń]/],
  [['cs'], /[řůě]/],
  [['hu'], /[őű]/],
  [['tr'], /[ğış]/],
  [['ro'], /[țșă]/],
  [['vi'], /[đơưạảấầẩậắằẳặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/],
  [['da', 'nb'], /[øæ]/],
  [['uk'], /[іїєґ]/],
  [['ru'], /[ыэё]/],
];

const cyrillic = ['ru', 'uk', 'bg'];

const leastLetters = 12;
const leastWords = 3;
/** Fewer words are told by most of them, and when none is of the language that is wanted. */
const fewWords = 6;
/** The share of its words that a text has of the commonest of its language, at least. */
const leastShare = 0.12;

/** The language of a text; `undefined` when it is too short, or too much like one of the wanted, to tell. */
export function detectedLanguage(text: string, wanted: readonly string[]): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return undefined;
  for (const [code, form] of scripts) {
    const share = (text.match(form)?.length ?? 0) / letters;
    // Japanese is a fifth kana at least, however many Han letters it has.
    if (share > (code === 'ja' ? 0.15 : 0.5))
      return letters >= (code === 'zh' || code === 'ja' || code === 'ko' ? 6 : leastLetters) ? code : undefined;
  }
  const found = text.match(/\p{L}+(?:['’](?=\p{L}))?/gu) ?? [];
  if (letters < leastLetters || found.length < leastWords) return undefined;
  const hits = new Map<string, number>();
  const hit = (code: string) => hits.set(code, (hits.get(code) ?? 0) + 1);
  for (const written of found) {
    const word = written.toLowerCase().replace(/['’]$/, '');
    const codes = languagesOf.get(word) ?? [];
    for (const code of codes) hit(code);
    // Names keep the letters of their own language.
    if (codes.length === 0 && /[^a-z]/.test(word) && written.charAt(0) === word.charAt(0))
      for (const [owners, form] of ownLetters) if (form.test(word)) for (const code of owners) hit(code);
  }
  // No word needs to be known of an alphabet that none of the wanted uses.
  const isForeign =
    (text.match(/\p{sc=Cyrillic}/gu)?.length ?? 0) > letters / 2 && !wanted.some((each) => cyrillic.includes(each));
  if (isForeign) return /[іїєґ]/i.test(text) ? 'uk' : (mostHit(cyrillic, hits) ?? 'ru');
  const [best] = [...hits].sort((one, other) => other[1] - one[1]);
  if (best === undefined) return undefined;
  const [code, count] = best;
  const ofWanted = Math.max(0, ...wanted.map((each) => hits.get(each) ?? 0));
  if (wanted.includes(code) || ofWanted === count) return wanted.find((each) => hits.get(each) === count) ?? code;
  const share = count / found.length;
  if (found.length < fewWords) return count >= 2 && ofWanted === 0 && share >= 0.4 ? code : undefined;
  // What is mostly capitals is a list of names.
  const isNames = found.filter((word) => /^\p{Ll}/u.test(word)).length * 2 < found.length;
  if (ofWanted === 0) return count >= (isNames ? 4 : 2) && share >= leastShare ? code : undefined;
  return count >= 3 && share >= leastShare && count >= 1.5 * ofWanted + 1 ? code : undefined;
}

function mostHit(codes: readonly string[], hits: ReadonlyMap<string, number>): string | undefined {
  const [best] = codes
    .filter((code) => hits.has(code))
    .sort((one, other) => (hits.get(other) ?? 0) - (hits.get(one) ?? 0));
  return best;
}

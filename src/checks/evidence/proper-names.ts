import { detectedLanguage } from '../languages/detect.ts';
import { isCommonWord } from './sentence-openers.ts';

export interface FoundName {
  readonly text: string;
  readonly start: number;
}

/** Stand between the words of one name. */
const link = '(?:of|de|da|di|del|van|von|der|den|la|le|al|bin|ibn|&)';
const capital = String.raw`(?:\p{Lu}\.|(?:Dr|Mrs?|Ms|Prof|St|Inc|Ltd|Co|Corp|Jr|Sr)\.|\p{Lu}[\p{L}\p{N}]*(?:['’-]\p{L}[\p{L}\p{N}]*)*)`;
// What a name is made of, each piece bounded by the one before it.
/** Words with capitals beside each other. */
export const nameSequence = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.@/-])${capital}(?:[ \u00A0]{1,2}(?:${link}[ \u00A0]){0,2}${capital}){0,7}`,
  'gu',
);

/**
 * The names of a text: words with a capital that does not come of the beginning of a sentence, of a heading or a label. In
 * German, where every noun has one, only two of them beside each other. `whole` is the text with what is masked in the other.
 */
export function namesIn(text: string, whole = text): FoundName[] {
  const found: FoundName[] = [];
  const language = languageOf(whole);
  let offset = 0;
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const isHead = isHeading(line) || /^\s*\|?\s*:?-{3,}/.test(lines[index + 1] ?? '');
    const isSaid = isSentence(whole.slice(offset, offset + line.length));
    for (const { text: name, start } of isHead ? [] : namesInLine(line, { language, isSaid })) {
      found.push({ text: name, start: offset + start });
    }
    offset += line.length + 1;
  }
  return found;
}

interface Said {
  readonly language: ReturnType<typeof languageOf>;
  /** Whether the line is a sentence. */
  readonly isSaid: boolean;
}

function namesInLine(line: string, { language, isSaid }: Said): FoundName[] {
  const label = /^[\s>*+•\d.)|#-]{0,12}(?:\*\*|__)?[^:|.!?]{1,40}(?:\*\*|__)?:/u.exec(line)?.[0] ?? '';
  const found: FoundName[] = [];
  for (const match of line.matchAll(nameSequence)) {
    if (match.index < label.length && match.index + match[0].length <= label.length) continue;
    const opens = isOpening(line.slice(Math.max(0, match.index - 40), match.index));
    let words = [...match[0].matchAll(/[^ \u00A0]+/g)].map(({ 0: text, index }) => ({ text, index }));
    words = startingAt(words, ({ text, index }) => !isPlain(text, opens && index === 0));
    words = startingAt(
      words,
      ({ text }, place) => !/^\p{Ll}|^&/u.test(text) && (place === words.length - 1 || !generic.has(text)),
    );
    words = words.slice(0, words.findLastIndex(({ text }, place) => place === 0 || !generic.has(text)) + 1);
    const name = words
      .map(({ text }) => text)
      .join(' ')
      .replace(/[.'’]+$|['’]s$/u, '');
    const [{ index = 0 } = {}] = words;
    const start = match.index + index;
    if (name.length < 2 || (language === 'de' && words.length < 2)) continue;
    if (words.length === 1 && generic.has(name)) continue;
    const isFirstWord = opens && start === match.index && words.length === 1;
    if (isFirstWord && (language === 'other' || (language === undefined && isSaid))) continue;
    if (isFirstWord && language === 'en' && isNoSubject(line.slice(start + name.length, start + name.length + 24)))
      continue;
    found.push({ text: name, start });
  }
  return found;
}

/** Whether most words of a line are small ones. */
function isSentence(line: string): boolean {
  const words = line.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  return words.length > 2 && words.filter((word) => /^\P{Lu}/u.test(word)).length * 2 > words.length;
}

function startingAt<ITEM>(items: readonly ITEM[], isStart: (item: ITEM, place: number) => boolean): ITEM[] {
  const start = items.findIndex(isStart);
  return start === -1 ? [] : items.slice(start);
}

/** What says nothing of itself: a word at the beginning of a sentence, a title, "I". */
function isPlain(word: string, opens: boolean): boolean {
  const plain = word.replace(/['’].*$|\.$/u, '');
  if (always.has(plain)) return true;
  // "L'ordine", and no "L'Oréal" or "Bob's".
  if (opens && /^\p{Lu}\p{Ll}{0,4}['’]\p{Ll}{2}/u.test(word)) return true;
  return opens && isCommonWord(plain.toLowerCase());
}

const always = new Set(
  "I I'm I'd A The Mr Mrs Ms Miss Dr Prof Sir Madam Herr Frau Herrn Firma Mme Mlle Sr Sra Señor Señora Mevrouw Mevr Meneer Dhr Signor Signora Senhor Senhora Dear Hello Hi Yes No".split(
    ' ',
  ),
);

const generic = new Set(
  'AI API APIs CEO CFO COO CTO HR IT PR UI UX FAQ PDF CSV JSON XML HTML CSS SQL URL URLs HTTP HTTPS ID IDs VAT USD EUR GBP JPY CHF AM PM UTC GMT CET EST PST OK TV PC USA US UK EU UN Q1 Q2 Q3 Q4 TL DR Note Internet Web English German French Spanish Sie Ihr Ihre Ihnen Ihren Uhr'.split(
    ' ',
  ),
);

function isOpening(before: string): boolean {
  if (/\b(?:regards|wishes|sincerely|yours|thanks|cheers|grüßen),\s*$/iu.test(before)) return true;
  return /(?:^|[.!?:;…|]|\d[.)])[\s"'“”„‘’«»(*_>#\]•+-]*$/u.test(before);
}

/** A heading, or a line of nothing but words with capitals: a title. */
function isHeading(line: string): boolean {
  const plain = line.trim();
  if (/^#{1,6}\s/.test(plain) || /^(?:\*\*|__)[^*_]{1,80}(?:\*\*|__):?$/.test(plain)) return true;
  return /^[|\s:-]+$/.test(plain);
}

const germanWords =
  /(?<!\p{L})(?:der|die|das|und|ist|nicht|ein|eine|mit|für|auf|von|den|dem|des|wird|wurden?|sich|auch|bei|im|zum|zur|innerhalb|zu|es|wir|haben|wurde|sind|nach|über|noch|einen|einem|einer|beim|kann|oder|aus|als)(?!\p{L})/giu;
const englishWords = /(?<!\p{L})(?:the|and|is|not|a|an|with|for|on|of|was|were|to|in|at|by|has|have)(?!\p{L})/giu;

/** `other` for a language that has its own words at the beginning of sentences. */
function languageOf(text: string): 'de' | 'en' | 'other' | undefined {
  const sample = text.slice(0, 5000);
  const [german, english] = [sample.match(germanWords)?.length ?? 0, sample.match(englishWords)?.length ?? 0];
  if (german > english || (german > 0 && german === english && /[äöüß]/i.test(sample))) return 'de';
  const detected = detectedLanguage(sample, ['en']);
  if (detected !== undefined && detected !== 'en' && detected !== 'de') return 'other';
  if (/\p{sc=Cyrillic}|\p{sc=Greek}/u.test(sample) && !/[A-Za-z]{3}.*[A-Za-z]{3}/.test(sample)) return 'other';
  return english > 0 ? 'en' : undefined;
}

const ofOne =
  /(?:(?<!e)ed|(?<![s'])s|ught|ew|old|id|ent|ade|ook|ave|ote|ame|an)$|^(?:is|was|has|had|will|would|can|could|may|might|must|should|and|or|of|cut|put|set|let|hit|led|won|met|fell|kept|left|lost|made|paid|rose|said|sat|sold|told|went)$/;
const notOfOne = new Set([
  'across',
  'always',
  'as',
  'besides',
  'have',
  'his',
  'its',
  'need',
  'perhaps',
  'than',
  'this',
  'towards',
  'us',
]);

/**
 * Whether the word that follows the first one of an English sentence can be no verb of one person or firm: what is before it
 * is a noun of many or a verb then, "Applicants need", and no name, "Acme needs".
 */
function isNoSubject(behind: string): boolean {
  const next = /^ (\p{Ll}+|\d)/u.exec(behind)?.[1];
  return next !== undefined && (notOfOne.has(next) || !ofOne.test(next));
}

import { plainWords } from './plain-words.ts';
import { beyondAscii, folded, once, saidTexts, spaceless } from './said-texts.ts';

/** What a message must not repeat, asked for only when there is something to compare. */
export interface Said {
  /** The prompt, the answers, and what tools were asked and returned. */
  texts(): Iterable<string>;
  /** What the caller's schemas, tools and checks name, which may be told. */
  names(): Iterable<string>;
}

/** Masks a message; the indices in `place` may be told. */
export type Masking = (message: string, place?: readonly (string | number)[]) => string;

/**
 * Masks what messages repeat from texts: each word, number, sign, and letter of a language without spaces, unless it is
 * plain or one of the names, and each longer run of words. What is masked stands as `…`.
 */
export function maskingOf(said: Said): Masking {
  const texts = once(() => saidTexts(said.texts()));
  const names = once(() => new Set([...said.names()].flatMap(wordsOf)));
  const known = new Map<string, boolean>();

  const isNamed = ({ text }: Piece) => names().has(folded(text));

  function isSaid(word: string): boolean {
    const answer = known.get(word) ?? (texts().hasWord(word) || (word.includes('%') && texts().hasWord(decoded(word))));
    known.set(word, answer);
    return answer;
  }

  return (given, place = []) => {
    const message = given.normalize('NFC');
    const pieces = piecesOf(message);
    const telling = pieces.filter((piece) => !isPlain(piece, message) && !isIndex(piece, place));
    const repeated = new Set(
      telling.filter((piece) => isSaid(withItsWord(piece, message)) || isSaid(behindEscape(piece, message))),
    );
    const masked = new Set([...repeated].filter((piece) => !isNamed(piece)));
    // What an excerpt was cut to stands beside the rest of it.
    for (const piece of masked.size === 0 ? [] : telling) {
      const isBeside = [piece.index - 1, piece.index + 1].some((index) => masked.has(pieces[index] ?? piece));
      if (!isBeside || !texts().hasPart(piece.text) || isNamed(piece)) continue;
      repeated.add(piece);
      masked.add(piece);
    }
    const isNew = new Set(telling.filter((piece) => !repeated.has(piece)));
    const quotes = Array.from(message.matchAll(/["“”«»]/g), ({ index }) => index);
    for (const { index, start } of pieces) {
      const length = quotes.filter((at) => at < start).length % 2 === 1 ? runInQuotes : runOfWords;
      const run = pieces.slice(index, index + length);
      if (run.length < length || run.some((piece) => isNew.has(piece))) continue;
      if (texts().hasPart(message.slice(start, run.at(-1)?.end))) for (const piece of run) masked.add(piece);
    }
    return withGaps(message, pieces, masked);
  };
}

interface Piece {
  readonly text: string;
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** How many words in a row are a quotation though each is plain. Outside of quotation marks it may be a sentence of ours. */
const runInQuotes = 4;
const runOfWords = 8;

/** A word with escapes of URLs, a number, a letter where no spaces part words, a word or part of one, and signs. */
const piecePattern =
  /[\p{L}\p{N}]*(?:%[\dA-Fa-f]{2})+[\p{L}\p{N}%]*|\p{N}+(?:[.,'’_]\p{N}+)*(?:[ \u00A0\u202F]\p{N}{3}(?!\p{N}))*|[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Hang}]\p{M}*|\p{Lu}+(?![\p{Ll}\p{M}])|\p{Lu}?[\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{M}]+|\p{Lu}|\p{Extended_Pictographic}|[#$%&*+/<=>?@\\^_|~!-]{3,}/gu;

/** The same for a text of ASCII alone, which is found in a third of the time. */
const asciiPieces =
  /[A-Za-z0-9]*(?:%[\dA-Fa-f]{2})+[A-Za-z0-9%]*|[0-9]+(?:[.,'_][0-9]+)*(?: [0-9]{3}(?![0-9]))*|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[#$%&*+/<=>?@\\^_|~!-]{3,}/g;

function piecesOf(message: string): Piece[] {
  const pattern = beyondAscii.test(message) ? piecePattern : asciiPieces;
  const pieces: Piece[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(message); match !== null; match = pattern.exec(message)) {
    const { 0: text, index: start } = match;
    pieces.push({ text, index: pieces.length, start, end: start + text.length });
  }
  return pieces;
}

/** The words of names: those of a caller's schemas come again with each answer. */
const wordsOfNames = new Map<string, readonly string[]>();
const mostNames = 1000;

function wordsOf(name: string): readonly string[] {
  const known = wordsOfNames.get(name);
  if (known !== undefined) return known;
  const words = [name, ...piecesOf(name.normalize('NFC')).map(({ text }) => text)].map(folded);
  if (wordsOfNames.size >= mostNames) wordsOfNames.clear();
  if (name.length <= longestName) wordsOfNames.set(name, words);
  return words;
}

const longestName = 100;

/** A short piece says something only with the word it is part of. */
function withItsWord({ text, start, end }: Piece, message: string): string {
  if (!/^\p{L}{1,2}$/u.test(folded(text).trim()) || spaceless.test(text)) return text;
  const [before = ''] = /[\p{L}\p{M}\p{N}]*$/u.exec(message.slice(0, start)) ?? [];
  const [after = ''] = /^[\p{L}\p{M}\p{N}]*/u.exec(message.slice(end)) ?? [];
  return `${before}${text}${after}`;
}

/** The word that stands after an escape of JSON, which a message quotes as a backslash and a letter. */
function behindEscape({ text, start }: Piece, message: string): string {
  return message.charAt(start - 1) === '\\' && /^[nrtbf]/.test(text) ? text.slice(1) : text;
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

function isPlain({ text, start }: Piece, message: string): boolean {
  if (plainWords.has(text)) return true;
  if (!plainWords.has(text.toLowerCase()) || !/^\p{Lu}\p{Ll}*$/u.test(text)) return false;
  return start === 0 || /[.!?:;]\s$/.test(message.slice(Math.max(0, start - 2), start));
}

/** Places of lists. A larger number may be a key that an answer chose. */
function isIndex({ text }: Piece, place: readonly (string | number)[]): boolean {
  return text.length < 4 && place.includes(Number(text));
}

/** What stands between two masked pieces is masked with them, but for quotation marks and brackets. */
function withGaps(message: string, pieces: readonly Piece[], masked: ReadonlySet<Piece>): string {
  let told = '';
  let at = 0;
  let wasMasked = false;
  for (const piece of pieces) {
    const isMasked = masked.has(piece);
    if (isMasked) {
      const gap = message.slice(at, piece.start);
      told += wasMasked && !/["“”«»()[\]{}]/.test(gap) ? '' : `${gap}…`;
      at = piece.end;
    }
    wasMasked = isMasked;
  }
  return told + message.slice(at);
}

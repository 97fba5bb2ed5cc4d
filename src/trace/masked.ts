import { plainWords } from './plain-words.ts';

/** What a message must not repeat, asked for only when there is something to compare. */
export interface Said {
  /** The prompt, the answers, and what tools were asked and returned. */
  texts(): readonly string[];
  /** What the caller's schemas and tools call things, which may be told. */
  names(): readonly string[];
}

/** Masks a message; the numbers in `place` may be told. */
export type Masking = (message: string, place?: readonly (string | number)[]) => string;

/**
 * Masks what messages repeat from texts: each word, number, and letter of a language without spaces, unless it is plain or
 * one of the names, and each run of four words. What is masked stands as `…`.
 */
export function maskingOf(said: Said): Masking {
  const texts = once(() => comparable(said.texts().join('\n')));
  const names = once(() => new Set(said.names().flatMap(wordsOf).map(comparable)));

  const isNamed = (text: string) => names().has(comparable(text));
  const isPart = (text: string) => texts().includes(comparable(text));

  return (given, place = []) => {
    const message = given.normalize('NFC');
    const pieces = piecesOf(message);
    const mayBeTold = (piece: Piece) => isPlain(piece, message) || place.includes(Number(piece.text));
    const telling = pieces.filter((piece) => !mayBeTold(piece) && !isNamed(piece.text));
    const masked = new Set(telling.filter((piece) => isWordIn(texts(), withItsWord(piece, message))));
    // What an excerpt was cut to stands beside the rest of it.
    for (const piece of telling) {
      const at = pieces.indexOf(piece);
      const isBeside = [pieces[at - 1], pieces[at + 1]].some((other) => other !== undefined && masked.has(other));
      if (isBeside && isPart(piece.text)) masked.add(piece);
    }
    const isNew = new Set(telling.filter((piece) => !masked.has(piece)));
    for (const [index, { start }] of pieces.entries()) {
      const run = pieces.slice(index, index + runLength);
      const end = run[runLength - 1]?.end;
      if (end === undefined || run.some((piece) => isNew.has(piece))) continue;
      if (isPart(message.slice(start, end))) for (const piece of run) masked.add(piece);
    }
    return withGaps(message, pieces, masked);
  };
}

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const runLength = 4;

/** A number with its separators, a letter where no spaces part words, a word, or a part of one that joins several. */
const piecePattern =
  /\p{N}+(?:[.,'’_]\p{N}+)*(?:[ \u00A0\u202F]\p{N}{3}(?!\p{N}))*|[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Hang}]\p{M}*|\p{Lu}+(?![\p{Ll}\p{M}])|\p{Lu}?[\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{M}]+|\p{Lu}/gu;
const spaceless = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Hang}]/u;
const number = /^[\p{N}.,'’_ \u00A0\u202F]+$/u;

function piecesOf(message: string): Piece[] {
  return [...message.matchAll(piecePattern)].map(({ index, 0: text }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
}

function wordsOf(name: string): string[] {
  return [name, ...piecesOf(name).map(({ text }) => text)];
}

function once<VALUE>(make: () => VALUE): () => VALUE {
  let made: { readonly value: VALUE } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Without differences of case and of how a letter is encoded. */
function comparable(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** A short piece says something only with the word it is part of. */
function withItsWord({ text, start, end }: Piece, message: string): string {
  if (text.length > 2 || !/^\p{L}+$/u.test(text) || spaceless.test(text)) return text;
  const [before = ''] = /[\p{L}\p{M}\p{N}]*$/u.exec(message.slice(0, start)) ?? [];
  const [after = ''] = /^[\p{L}\p{M}\p{N}]*/u.exec(message.slice(end)) ?? [];
  return `${before}${text}${after}`;
}

/** Whether texts have a word, whatever ending a language puts to it; a short one has to stand alone. */
function isWordIn(texts: string, word: string): boolean {
  if (number.test(word)) return numberLike(word).test(texts);
  const wanted = comparable(word);
  if (/^\p{L}{1,2}$/u.test(wanted) && !spaceless.test(wanted))
    return new RegExp(`(?<!\\p{L})${wanted}(?!\\p{L})`, 'u').test(texts);
  return texts.includes(wanted.slice(0, Math.max(3, Math.ceil((wanted.length * 2) / 3))));
}

/** Finds a number however it is written: 4711, 4,711 and 4711.00. A short one has to stand alone. */
function numberLike(text: string): RegExp {
  const value = text.replace(/[.,]00?$/u, '').replace(/([.,]\p{N})0$/u, '$1');
  const digits = comparable(value).replaceAll(/[^\p{L}\p{N}]/gu, '');
  const anyhow = [...digits].join("[.,'’_ \\u00A0\\u202F]?");
  return new RegExp(digits.length < 3 ? `(?<!\\p{N})${anyhow}(?!\\p{N})` : anyhow, 'u');
}

function isPlain({ text, start }: Piece, message: string): boolean {
  if (plainWords.has(text)) return true;
  const isFirst = start === 0 || /[.!?:;]\s$/.test(message.slice(Math.max(0, start - 2), start));
  return isFirst && /^\p{Lu}\p{Ll}*$/u.test(text) && plainWords.has(text.toLowerCase());
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

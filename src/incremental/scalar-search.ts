import { Tokenizer } from './text/tokenizer.ts';

/** A string, number or literal of JSON in a text, and where in the whole text it stands. */
export interface FoundScalar {
  readonly text: string;
  readonly start: number;
}

/** What may belong to a number or literal, and to what only looks like one: `v1.2`, `1,000`, `1/2`. */
const WORD = /[-+.,/\w]*/y;
const SCALAR = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;

/** Looks for scalars among prose, which comes in pieces. */
export class ScalarSearch {
  /** Where in the whole text the next piece begins. */
  #offset = 0;
  /** The word that is being read, or the string up to its quote. */
  #kept: string[] = [];
  #start = 0;
  #inside: 'prose' | 'word' | 'string' = 'prose';
  #tokenizer = new Tokenizer();

  /** Takes the next piece of the text, and answers the scalars that end in it; `isEnd` says that nothing follows. */
  *push(piece: string, isEnd = false): Generator<FoundScalar> {
    const offset = this.#offset;
    this.#offset += piece.length;
    for (let at = 0; at < piece.length; ) {
      if (this.#inside === 'prose') {
        const from = piece.slice(at).search(/["\w+-]/);
        if (from < 0) break;
        at += from;
        this.#inside = piece[at] === '"' ? 'string' : 'word';
        this.#kept = [];
        this.#start = offset + at;
        this.#tokenizer = new Tokenizer();
      }
      at =
        this.#inside === 'word'
          ? yield* this.#word(piece, at)
          : yield* this.#string(piece, at, offset + at - this.#start);
    }
    if (isEnd && this.#inside === 'word') yield* this.#wordEnd();
    if (isEnd && this.#inside === 'string') yield* this.#wordsOfLine();
  }

  *#word(piece: string, at: number): Generator<FoundScalar, number> {
    WORD.lastIndex = at;
    const part = WORD.exec(piece)?.[0] ?? '';
    this.#kept.push(part);
    if (at + part.length < piece.length) yield* this.#wordEnd();
    return at + part.length;
  }

  *#wordEnd(): Generator<FoundScalar> {
    this.#inside = 'prose';
    const text = this.#kept.join('').replace(/[.,]+$/, '');
    if (SCALAR.test(text)) yield { text, start: this.#start };
  }

  /** `before` says how much of the string the pieces before this one had. */
  *#string(piece: string, at: number, before: number): Generator<FoundScalar, number> {
    const tokenizer = this.#tokenizer;
    const rest = piece.slice(at);
    tokenizer.push(rest);
    for (let token = tokenizer.next(); token !== 'more'; token = tokenizer.next()) {
      if (token !== 'error' && token !== 'string-end') continue;
      const length = tokenizer.end - before;
      this.#kept.push(rest.slice(0, length));
      if (token === 'error') yield* this.#wordsOfLine();
      else yield { text: this.#kept.join(''), start: this.#start };
      this.#inside = 'prose';
      return at + length;
    }
    this.#kept.push(rest);
    return piece.length;
  }

  /** A quote that no other one closes before the line ends is none of a string; words may follow it. */
  *#wordsOfLine(): Generator<FoundScalar> {
    const line = this.#kept.join('').replaceAll('"', ' ');
    const words = new ScalarSearch();
    for (const { text, start } of words.push(line, true)) yield { text, start: this.#start + start };
  }
}

import type { Steps } from '../../effects/in-turns.ts';
import { formsOf, wordsOf } from './fold.ts';
import { piecesOf } from './pieces.ts';

/** Words that may stand between those of a name. */
const mostBetween = 1;
/** How many places of a word are looked at. */
const mostPlaces = 500;

/** The words of texts in their order, and where each stands. */
export class WordIndex {
  readonly words: string[] = [];
  readonly #places = new Map<string, number[]>();

  /** Takes the words of a text that follows those before. */
  add(text: string): void {
    for (const word of wordsOf(text)) {
      const known = this.#places.get(word);
      if (known === undefined) this.#places.set(word, [this.words.length]);
      else if (known.length < mostPlaces) known.push(this.words.length);
      this.words.push(word);
    }
  }

  placesOf(word: string): readonly number[] {
    return this.#places.get(word) ?? [];
  }

  /** Whether a word stands there, in any form. */
  hasWord(word: string): boolean {
    return formsOf(word).some((form) => this.#places.has(form));
  }

  /** The words stand one after the other. */
  hasPhrase(wanted: readonly string[]): boolean {
    if (wanted.length === 0) return true;
    return this.#placesOfRarest(wanted).some(({ place, offset }) =>
      wanted.every((word, index) => this.words[place - offset + index] === word),
    );
  }

  /** The words stand beside each other, in any order and form, with at most a few others between them. */
  hasTogether(wanted: readonly string[]): boolean {
    if (wanted.length <= 1) return wanted.every((word) => this.hasWord(word));
    const forms = wanted.map((word) => new Set(formsOf(word)));
    const span = wanted.length + mostBetween;
    return this.#placesOfRarest(wanted).some(({ place }) => {
      for (let start = Math.max(0, place - span + 1); start <= place; start += 1) {
        const window = this.words.slice(start, start + span);
        if (forms.every((known) => window.some((word) => known.has(word)))) return true;
      }
      return false;
    });
  }

  #placesOfRarest(wanted: readonly string[]): { place: number; offset: number }[] {
    let rarest: readonly (readonly number[])[] = [];
    let offset = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [index, word] of wanted.entries()) {
      const lists = formsOf(word).map((form) => this.placesOf(form));
      const count = lists.reduce((sum, { length }) => sum + length, 0);
      if (count >= least) continue;
      least = count;
      rarest = lists;
      offset = index;
    }
    return rarest.flat().map((place) => ({ place, offset }));
  }
}

/** Reads a text into an index, a piece at a time. */
export function* wordIndexOf(text: string): Steps<WordIndex> {
  const index = new WordIndex();
  for (const piece of piecesOf(text.normalize('NFKC'))) {
    index.add(piece.text);
    yield;
  }
  return index;
}

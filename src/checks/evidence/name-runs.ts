import { formsOf, wordsOf } from './fold.ts';
import { nameSequence } from './proper-names.ts';
import { isCommonWord } from './sentence-openers.ts';

/** Names of the sources in their order: which words belong to one, and which names stand side by side. */
export class NameRuns {
  readonly #runs: { readonly words: readonly string[]; readonly isNear: boolean; readonly isAside: boolean }[] = [];
  readonly #places = new Map<string, number[]>();

  add(text: string): void {
    let end = Number.NEGATIVE_INFINITY;
    for (const { name, index } of namesOf(text)) {
      const words = wordsOf(name);
      const isNear = index - end < longestGap && isSoft.test(text.slice(end, index));
      end = index + name.length;
      for (const word of words) {
        const places = this.#places.get(word);
        if (places === undefined) this.#places.set(word, [this.#runs.length]);
        else if (places.length < mostPlaces) places.push(this.#runs.length);
      }
      // A nickname, or a firm in brackets.
      const isAside = /["'“„«‘(]/.test(text.charAt(index - 1));
      this.#runs.push({ words, isNear, isAside });
    }
  }

  /**
   * Whether words that stand together make up a name that is put together of pieces of two: "John Doe" of "Jane Doe, John
   * Smith", while "Doe, Jane" is one person. `false` where the sources do not write the words as names.
   */
  mixes(words: readonly string[]): boolean {
    if (words.length < 2) return false;
    const places = words.map((word) => formsOf(word).flatMap((form) => this.#places.get(form) ?? []));
    if (places.some(({ length }) => length === 0 || length >= mostPlaces)) return false;
    const wanted = new Set(words.flatMap(formsOf));
    return !places.flat().some((place) => this.#isNamed(words, place, wanted));
  }

  /** One run has the words, or two or three beside each other that have no other words. */
  #isNamed(words: readonly string[], place: number, wanted: ReadonlySet<string>): boolean {
    const joined: string[] = [];
    for (let next = place; next < Math.min(place + mostRuns, this.#runs.length); next += 1) {
      const run = this.#runs[next];
      if (run === undefined || (next > place && !run.isNear)) return false;
      if (!run.isAside || run.words.some((word) => wanted.has(word))) joined.push(...run.words);
      const has = new Set(joined.flatMap(formsOf));
      const isWhole = words.every((word) => formsOf(word).some((form) => has.has(form)));
      if (
        isWhole &&
        (next === place || joined.every((word) => wanted.has(word) || word.length === 1 || isCommonWord(word)))
      )
        return true;
    }
    return false;
  }
}

/** "Jane Doe & John Smith" are two, "Procter & Gamble" is one. */
function* namesOf(text: string): Generator<{ readonly name: string; readonly index: number }> {
  for (const { 0: written, index } of text.matchAll(nameSequence)) {
    const parts = written.split(/(?<=[ \u00A0]\S+)([ \u00A0]&[ \u00A0])(?=\S+[ \u00A0])/u);
    let start = index;
    for (const [place, name] of parts.entries()) {
      if (place % 2 === 0) yield { name, index: start };
      start += name.length;
    }
  }
}

const longestGap = 40;
const mostPlaces = 200;
const mostRuns = 3;
/** What may stand between the pieces of one name: a comma, a bracket, a cell's or a member's end, a small word; no "and". */
const isSoft = /^(?![\s\S]*(?:[;•{}]|[.!?]\s|\|\s*\n|\s(?:and|und|et|y|e|en|och|og|i|or|oder|ou|&)\s))[\s\S]*$/u;

import { spend } from './effort.ts';
import type { Flags } from './flags.ts';

/** What asking a regular expression about one character costs. */
const STEPS_PER_TEST = 10;
/** Kinds of characters that are not ASCII are forgotten beyond so many. */
const MOST_KEPT = 5_000;

/** Characters that belong to the same of a pattern's sets, and so need not be told apart. */
export interface Kind {
  readonly index: number;
  /** By the set's index. */
  readonly belongsTo: readonly boolean[];
}

/** No character: the end of the text. */
export const NONE: Kind = { index: 0, belongsTo: [] };

/** The sets of characters that a pattern names, such as `\d`; what belongs to them is asked of the language itself. */
export class Alphabet {
  readonly #flags: Flags;
  readonly #sets = new Map<string, number>();
  readonly #tests: ((character: string) => boolean)[] = [];
  readonly #kinds = new Map<string, Kind>();
  readonly #ascii: (Kind | undefined)[] = [];
  readonly #others = new Map<number, Kind>();

  constructor(flags: Flags) {
    this.#flags = flags;
  }

  /** The index of a set, the same for the same source. */
  setOf(source: string): number {
    const known = this.#sets.get(source);
    if (known !== undefined) return known;
    const set = this.#tests.push(this.#testFor(source)) - 1;
    this.#sets.set(source, set);
    return set;
  }

  kindOf(code: number): Kind {
    return (code < 128 ? this.#ascii[code] : this.#others.get(code)) ?? this.#learn(code);
  }

  #learn(code: number): Kind {
    spend(STEPS_PER_TEST * (3 + this.#tests.length));
    const character = String.fromCodePoint(code);
    const belongsTo = this.#tests.map((test) => test(character));
    const key = belongsTo.map(Number).join('');
    const kind = this.#kinds.get(key) ?? { index: this.#kinds.size + 1, belongsTo };
    this.#kinds.set(key, kind);
    if (code < 128) this.#ascii[code] = kind;
    else {
      if (this.#others.size >= MOST_KEPT) this.#others.clear();
      this.#others.set(code, kind);
    }
    return kind;
  }

  #testFor(source: string): (character: string) => boolean {
    const { text, ignoresCase } = this.#flags;
    if (source !== '.' && source.length === 1 && !ignoresCase) return (character) => character === source;
    const expression = new RegExp(`^(?:${source})$`, text.replace('m', ''));
    return (character) => expression.test(character);
  }
}

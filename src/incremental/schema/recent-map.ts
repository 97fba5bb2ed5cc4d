/** How long the texts of half a map may be together: what belongs to a long one takes thirty times as much memory. */
const longest = 1_048_576;

/** A bounded map that forgets what was not asked for lately. A hit among the recent costs one look-up. */
export class RecentMap<VALUE> {
  readonly #half: number;
  #length = 0;
  #recent = new Map<string, VALUE>();
  #older = new Map<string, VALUE>();

  constructor(limit: number) {
    this.#half = Math.ceil(limit / 2);
  }

  get(key: string): VALUE | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    return older === undefined ? undefined : this.set(key, older);
  }

  /** Keeps the value and answers it. */
  set(key: string, value: VALUE): VALUE {
    if (this.#recent.size >= this.#half || this.#length + key.length > longest) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#length = 0;
    }
    this.#length += key.length;
    this.#recent.set(key, value);
    return value;
  }
}

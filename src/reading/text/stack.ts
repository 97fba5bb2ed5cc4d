/**
 * A stack that keeps its room: an array gives it back when it shrinks. A class, because each object literal with a getter
 * is a shape of its own, which the engine keeps with all it closes over.
 */
export class Stack<ENTRY> {
  readonly #entries: ENTRY[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): ENTRY | undefined {
    return this.#entries[index];
  }

  push(entry: ENTRY): void {
    this.#entries[this.#length] = entry;
    this.#length += 1;
  }

  from(index: number): ENTRY[] {
    return this.#entries.slice(index, this.#length);
  }

  takeFrom(index: number): ENTRY[] {
    const taken = this.#entries.slice(index, this.#length);
    this.#length = index;
    return taken;
  }
}

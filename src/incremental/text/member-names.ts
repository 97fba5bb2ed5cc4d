/** The member names of an object, complete or still being written. */
export interface Names extends Iterable<string> {
  readonly size: number;
  /** What rules counted among them so far, each for itself. */
  readonly counts: Map<object, number>;
  has(name: string): boolean;
}

/** The names of a whole value. */
export class OwnNames implements Names {
  readonly #value: object;
  #names: readonly string[] | undefined;

  constructor(value: object) {
    this.#value = value;
  }

  get size(): number {
    return this.#list().length;
  }

  get counts(): Map<object, number> {
    return new Map();
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#value, name);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#list()[Symbol.iterator]();
  }

  #list(): readonly string[] {
    this.#names ??= Object.keys(this.#value);
    return this.#names;
  }
}

const SMALL = 12;

/** The names that an object has so far; most objects are small, and a short list beats a hash. */
export class GrowingNames implements Names {
  readonly #list: string[] = [];
  #set: Set<string> | undefined;
  #counts: Map<object, number> | undefined;

  get counts(): Map<object, number> {
    this.#counts ??= new Map();
    return this.#counts;
  }

  get size(): number {
    return this.#set?.size ?? this.#list.length;
  }

  has(name: string): boolean {
    return this.#set === undefined ? this.#list.includes(name) : this.#set.has(name);
  }

  add(name: string): void {
    if (this.#set !== undefined) {
      this.#set.add(name);
      return;
    }
    this.#list.push(name);
    if (this.#list.length > SMALL) this.#set = new Set(this.#list);
  }

  [Symbol.iterator](): Iterator<string> {
    return (this.#set ?? this.#list)[Symbol.iterator]();
  }
}

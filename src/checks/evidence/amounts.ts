import type { FoundNumber } from './numbers.ts';
import type { Sign } from './signs.ts';

/** Amounts by their size, each with the sides of zero that it is said to be on. */
export class Amounts {
  readonly #sides = new Map<string, Set<number>>();
  readonly #areTakenBack: boolean;

  /** In a credit note each amount may be one below zero. */
  constructor(areTakenBack: boolean) {
    this.#areTakenBack = areTakenBack;
  }

  get size(): number {
    return this.#sides.size;
  }

  add(size: number, { sign, isLess }: Pick<FoundNumber, 'sign' | 'isLess'>): void {
    const known = this.#sides.get(key(size)) ?? new Set();
    for (const side of sidesOf(isLess || this.#areTakenBack ? 'either' : sign)) known.add(side);
    this.#sides.set(key(size), known);
  }

  has(size: number, sign: Sign): boolean {
    const sides = this.#sides.get(key(size));
    return size === 0 ? sides !== undefined : sidesOf(sign).some((side) => sides?.has(side) === true);
  }

  signed(): number[] {
    return [...this.#sides].flatMap(([size, sides]) => [...sides].map((side) => side * Number(size)));
  }
}

export function sidesOf(sign: Sign): readonly number[] {
  return sign === 'either' ? [1, -1] : sign === 'negative' ? [-1] : [1];
}

/** Sums in binary fractions differ in their last digits. */
export function key(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** The first place of an ordered list whose value is not below. */
export function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

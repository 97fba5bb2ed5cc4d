import type { FoundNumber } from './numbers.ts';
import type { Sign } from './signs.ts';

/** Amounts by their size, each with the sides of zero that it is said to be on. */
export class Amounts {
  /** Each size with the sum of its sides. */
  readonly #sides = new Map<number, number>();
  readonly #areTakenBack: boolean;

  /** In a credit note each amount may be one below zero. */
  constructor(areTakenBack: boolean) {
    this.#areTakenBack = areTakenBack;
  }

  get size(): number {
    return this.#sides.size;
  }

  add(size: number, { sign, isLess }: Pick<FoundNumber, 'sign' | 'isLess'>): void {
    this.#sides.set(
      key(size),
      (this.#sides.get(key(size)) ?? 0) | bits[isLess || this.#areTakenBack ? 'either' : sign],
    );
  }

  has(size: number, sign: Sign): boolean {
    const sides = this.#sides.get(key(size)) ?? 0;
    return size === 0 ? sides > 0 : (sides & bits[sign]) > 0;
  }

  signed(): number[] {
    return [...this.#sides].flatMap(([size, sides]) => [
      ...(sides & bits.positive ? [size] : []),
      ...(sides & bits.negative ? [-size] : []),
    ]);
  }
}

const bits = { positive: 1, negative: 2, either: 3 } as const;

export function sidesOf(sign: Sign): readonly number[] {
  return sign === 'either' ? [1, -1] : sign === 'negative' ? [-1] : [1];
}

/** Sums in binary fractions differ in their last digits. */
export function key(value: number): number {
  return Number.isInteger(value) && Math.abs(value) < 1e12 ? value : Number(value.toPrecision(12));
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

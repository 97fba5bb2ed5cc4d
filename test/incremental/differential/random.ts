import { seeded } from '../pieces.ts';

/** Random choices, the same ones for the same seed. */
export interface Random {
  /** A whole number below `end`. */
  below(end: number): number;
  /** Whether something of this probability comes true. */
  chance(probability: number): boolean;
  pick<ITEM>(items: readonly ITEM[]): ITEM;
  list<ITEM>(min: number, max: number, make: (index: number) => ITEM): ITEM[];
}

export function randomOf(seed: number): Random {
  const next = seeded(seed);
  // the low bits of the generator repeat soon
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    list: (min, max, make) => Array.from({ length: min + below(max - min + 1) }, (_, index) => make(index)),
  };
}

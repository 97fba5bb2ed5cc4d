import { afford } from '../../patterns/effort.ts';
import { Identities, type Identity } from '../../text/identity.ts';
import type { Site } from '../keyword-site.ts';

/** `uniqueItems`: no two items are equal. */
export function uniqueItems(site: Site): void {
  const { node } = site;
  if (site.get('uniqueItems') === true) node.hasUniqueItems = true;
}

/** What remembering an item costs. */
export const STEPS_PER_ITEM = 30;

/** Remembers items and finds the one that was there before. */
export class SeenItems {
  readonly #indexes = new Map<Identity, number>();

  /** The index of an equal item seen earlier. */
  repeats(identity: Identity): number | undefined {
    const index = this.#indexes.get(identity);
    if (index === undefined) this.#indexes.set(identity, this.#indexes.size);
    return index;
  }
}

/** The first item that equals an earlier one, of those for which there are steps left. */
export function firstRepeat(items: readonly unknown[]): { index: number; first: number } | undefined {
  const seen = new SeenItems();
  const identities = new Identities();
  for (let index = 0; index < items.length && afford(STEPS_PER_ITEM); index++) {
    const identity = identities.of(items[index]);
    const first = identity === undefined ? undefined : seen.repeats(identity);
    if (first !== undefined) return { index, first };
  }
  return undefined;
}

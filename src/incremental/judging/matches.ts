import { containsDemand, decideContains } from '../schema/keywords/contains.ts';
import type { Ruling } from '../schema/ruling.ts';
import type { Contains } from '../schema/schema-node.ts';
import type { ContainerJudgement, Listener } from './roles.ts';

/** Counts the items that match `contains`, as a listener to what its schema finds. */
export class Matches implements Listener {
  readonly judgement: ContainerJudgement;
  readonly contains: Contains;
  readonly #indexes = new Set<number>();
  #ruling: Ruling;
  #isClosed = false;

  constructor(judgement: ContainerJudgement, contains: Contains) {
    this.judgement = judgement;
    this.contains = contains;
    this.#ruling = decideContains(contains, 0, false);
    if (this.#ruling === 'open') judgement.hold();
  }

  /** Whether it matters if further items match. */
  get isOpen(): boolean {
    return this.#ruling === 'open' || (this.judgement.frame.keepsAll && !this.#isClosed);
  }

  /** Whether the item matches; open while it is being read. */
  has(index: number): Ruling {
    if (this.#indexes.has(index)) return 'met';
    return this.#isClosed || index < this.judgement.frame.count - 1 ? 'failed' : 'open';
  }

  hear(ruling: 'met' | 'failed'): void {
    if (ruling === 'failed') return;
    this.#indexes.add(this.judgement.frame.count - 1);
    this.#decide();
  }

  close(): void {
    this.#isClosed = true;
    this.#decide();
  }

  #decide(): void {
    if (this.#ruling !== 'open') return;
    const { size } = this.#indexes;
    this.#ruling = decideContains(this.contains, size, this.#isClosed);
    if (this.#ruling === 'open') return;
    this.judgement.unhold();
    if (this.#ruling === 'failed') this.judgement.failSaying((where) => containsDemand(this.contains, where, size));
    else this.judgement.settleIfMet();
  }
}

import { containsDemand, decideContains, type MatchCount } from '../schema/keywords/contains.ts';
import type { FinalRuling, Ruling } from '../schema/ruling.ts';
import type { Contains } from '../schema/schema-node.ts';
import type { ContainerJudgement, Listener } from './roles.ts';

/** Counts the items that match `contains`, as a listener to what its schema finds. */
export class Matches implements Listener {
  readonly judgement: ContainerJudgement;
  readonly contains: Contains;
  readonly #indexes = { met: new Set<number>(), undecided: new Set<number>() };
  #ruling: Ruling;
  #isClosed = false;

  constructor(judgement: ContainerJudgement, contains: Contains) {
    this.judgement = judgement;
    this.contains = contains;
    this.#ruling = decideContains(contains, this.#count, false);
    if (this.#ruling === 'open') judgement.hold();
  }

  /** Whether it matters if further items match. */
  get isOpen(): boolean {
    return this.#ruling === 'open' || (this.judgement.frame.keepsAll && !this.#isClosed);
  }

  /** Whether the item matches; open while it is being read. */
  has(index: number): Ruling {
    if (this.#indexes.met.has(index)) return 'met';
    if (this.#indexes.undecided.has(index)) return 'undecided';
    return this.#isClosed || index < this.judgement.frame.count - 1 ? 'failed' : 'open';
  }

  hear(ruling: FinalRuling): void {
    if (ruling === 'failed') return;
    this.#indexes[ruling].add(this.judgement.frame.count - 1);
    this.#decide();
  }

  /** Further items are not counted. */
  giveUp(): void {
    if (this.#ruling !== 'open') return;
    this.#ruling = 'undecided';
    this.judgement.unhold();
  }

  close(): void {
    this.#isClosed = true;
    this.#decide();
  }

  #decide(): void {
    if (this.#ruling !== 'open') return;
    const count = this.#count;
    this.#ruling = decideContains(this.contains, count, this.#isClosed);
    if (this.#ruling === 'open') return;
    this.judgement.unhold();
    if (this.#ruling === 'failed') this.judgement.failSaying((where) => containsDemand(this.contains, where, count));
    if (this.#ruling === 'undecided') this.judgement.doubt();
    this.judgement.settleIfDone();
  }

  get #count(): MatchCount {
    return { met: this.#indexes.met.size, undecided: this.#indexes.undecided.size };
  }
}

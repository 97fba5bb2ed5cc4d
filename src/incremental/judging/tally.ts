import type { Failure } from '../explaining/failure.ts';
import type { BranchTally } from '../schema/demands.ts';
import { openingOf } from '../schema/opening.ts';
import type { FinalRuling, Ruling } from '../schema/ruling.ts';
import type { Combinator, SchemaNode } from '../schema/schema-node.ts';
import type { ContainerJudgement, Listener } from './roles.ts';

/** What the branches of one combinator have found so far. */
export class Tally implements BranchTally {
  readonly judgement: ContainerJudgement;
  readonly combinator: Combinator;
  readonly total: number;
  met = 0;
  failed = 0;
  undecided = 0;
  ruling: Ruling;

  readonly #rulings: Ruling[];
  readonly #failures: ({ readonly failure: Failure; readonly clock: number } | undefined)[] = [];
  /** The judgements it waits for. */
  readonly #asked: (ContainerJudgement | undefined)[] = [];
  #isHolding = false;

  constructor(judgement: ContainerJudgement, combinator: Combinator) {
    const { frame } = judgement;
    this.judgement = judgement;
    this.combinator = combinator;
    this.total = combinator.branches.length;
    this.#rulings = combinator.branches.map((branch) => {
      const opening = openingOf(branch, frame.type);
      if (opening !== 'open') this[opening]++;
      return opening;
    });
    this.ruling = combinator.decide(this);
  }

  rulingOf(branch: number): Ruling {
    return this.#rulings[branch] ?? 'open';
  }

  /** Has the open branches judged, if that can still matter. */
  begin(): void {
    const { frame } = this.judgement;
    this.#holdWhileUnsettled();
    const { branches } = this.combinator;
    for (let index = 0; index < branches.length; index++) {
      if (this.ruling !== 'open' && !frame.keepsAll) return;
      const ruling = this.rulingOf(index);
      if (ruling === 'failed' || (ruling !== 'open' && !frame.keepsAll)) continue;
      this.#asked[index] = frame.open(branches[index] as SchemaNode, this.#listener(index));
    }
  }

  /** Nobody needs it any more. */
  release(): void {
    this.#unhold();
    const { frame } = this.judgement;
    if (frame.keepsAll) return;
    for (let index = 0; index < this.#asked.length; index++) {
      this.#asked[index]?.unsubscribe();
      this.#asked[index] = undefined;
    }
  }

  #listener(branch: number): Listener {
    return {
      judgement: this.judgement,
      hear: (ruling, failure) => this.#hear(branch, ruling, failure),
    };
  }

  #hear(branch: number, ruling: FinalRuling, failure: Failure | undefined): void {
    if (this.rulingOf(branch) !== 'open') return;
    this.#rulings[branch] = ruling;
    this[ruling]++;
    if (failure) this.#failures[branch] = { failure, clock: this.judgement.frame.judging.clock };
    if (this.ruling !== 'open' || this.judgement.ruling !== 'open') return;
    this.ruling = this.combinator.decide(this);
    switch (this.ruling) {
      case 'open':
        this.#holdWhileUnsettled();
        break;
      case 'met':
      case 'undecided':
        this.release();
        this.judgement.tallySettled(this.ruling);
        break;
      case 'failed':
        this.#fail();
        break;
    }
  }

  #fail(): void {
    const { demand, culprit } = this.combinator;
    const isSurplus = demand !== undefined && this.met > 0;
    const failure = culprit ? this.#failures[culprit(this)]?.failure : this.#latestFailure();
    if (failure !== undefined && !isSurplus) this.judgement.fail(failure);
    else this.judgement.failSaying((where) => demand?.(where) ?? `Change ${where}; it fits none of the alternatives.`);
  }

  /** The alternative that held out longest is the one that was meant; of equals, the one that got deepest. */
  #latestFailure(): Failure | undefined {
    let latest: { readonly failure: Failure; readonly clock: number } | undefined;
    for (const entry of this.#failures) {
      if (entry === undefined) continue;
      const isLater = latest === undefined || entry.clock > latest.clock;
      if (isLater || (entry.clock === latest?.clock && entry.failure.depth > latest.failure.depth)) latest = entry;
    }
    return latest?.failure;
  }

  #holdWhileUnsettled(): void {
    const isHolding = this.ruling === 'open' && this.combinator.isUnsettled(this);
    if (isHolding === this.#isHolding) return;
    this.#isHolding = isHolding;
    this.judgement.frame.judging.holds += isHolding ? 1 : -1;
  }

  #unhold(): void {
    if (!this.#isHolding) return;
    this.#isHolding = false;
    this.judgement.frame.judging.holds--;
  }
}

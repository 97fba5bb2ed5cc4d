import { removal } from '../explaining/explain.ts';
import { type Failure, failureSaying } from '../explaining/failure.ts';
import { placeIn } from '../explaining/place.ts';
import { afford } from '../patterns/effort.ts';
import { evaluation, type Rulings } from '../schema/evaluated.ts';
import { openingOf } from '../schema/opening.ts';
import { eitherRuling, type FinalRuling, type Ruling } from '../schema/ruling.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import type { ContainerJudgement } from './roles.ts';

/** What asking once more about a member or item costs. */
const STEPS_PER_KEY = 20;

/**
 * The members or items that `unevaluatedProperties` or `unevaluatedItems` does not accept, unless other schemas of the same
 * container turn out to evaluate them.
 */
export class Leftovers {
  /** Whether it is still to be found out. */
  isOpen = true;
  readonly #judgement: ContainerJudgement;
  readonly #rest: SchemaNode;
  readonly #left: {
    readonly key: string | number;
    readonly ruling: FinalRuling;
    readonly failure: Failure | undefined;
  }[] = [];

  constructor(judgement: ContainerJudgement, rest: SchemaNode) {
    this.#judgement = judgement;
    this.#rest = rest;
    if (judgement.schema.combinators.length > 0 || judgement.schema.contains !== undefined) judgement.hold();
  }

  /** Has the member or item that comes next judged, if it may be left over. */
  examine(key: string | number): void {
    if (this.#evaluation(key) === 'met') return;
    const { frame } = this.#judgement;
    const place = placeIn(frame.place, key);
    if (this.#rest.isNever) {
      this.#hear(
        key,
        'failed',
        failureSaying(place, () => removal(place)),
      );
      return;
    }
    frame.judging.await(this.#rest, {
      judgement: this.#judgement,
      hear: (ruling, failure) => this.#hear(key, ruling, failure),
    });
  }

  /** Decides, once the container is closed and the other schemas are final; answers whether they are. */
  close(): boolean {
    if (!this.isOpen) return false;
    for (const { key, ruling, failure } of this.#left) {
      if (!afford(STEPS_PER_KEY)) {
        this.#judgement.doubt();
        break;
      }
      const evaluation = this.#evaluation(key);
      if (evaluation === 'open') return false;
      this.#judgement.hear(eitherRuling(evaluation, ruling) as FinalRuling, failure);
    }
    this.isOpen = false;
    this.#judgement.settleIfDone();
    return true;
  }

  #hear(key: string | number, ruling: FinalRuling, failure: Failure | undefined): void {
    if (ruling === 'met') return;
    if (ruling === 'failed' && this.#evaluation(key) === 'failed') this.#judgement.fail(failure);
    else this.#left.push({ key, ruling, failure });
  }

  #evaluation(key: string | number): Ruling {
    return evaluation(this.#judgement.schema, key, this.#rulings);
  }

  get #rulings(): Rulings {
    const { frame } = this.#judgement;
    return {
      rulingOf: (schema) => (frame.judgementBy(schema)?.ruling ?? openingOf(schema, frame.type)) as Ruling,
      contains: (schema, index) => frame.matchesOf(schema)?.has(index) ?? 'failed',
    };
  }
}

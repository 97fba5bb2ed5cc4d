import { removal } from '../explaining/explain.ts';
import { type Failure, failureSaying } from '../explaining/failure.ts';
import { placeIn } from '../explaining/place.ts';
import { evaluation, type Rulings } from '../schema/evaluated.ts';
import { openingOf } from '../schema/opening.ts';
import type { Ruling } from '../schema/ruling.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import type { ContainerJudgement } from './roles.ts';

/**
 * The members or items that `unevaluatedProperties` or `unevaluatedItems` rejects, unless other schemas of the same
 * container turn out to evaluate them.
 */
export class Leftovers {
  /** Whether it is still to be found out. */
  isOpen = true;
  readonly #judgement: ContainerJudgement;
  readonly #rest: SchemaNode;
  readonly #rejected: { readonly key: string | number; readonly failure: Failure }[] = [];

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
      this.#reject(
        key,
        failureSaying(place, () => removal(place)),
      );
      return;
    }
    frame.judging.await(this.#rest, {
      judgement: this.#judgement,
      hear: (_ruling, failure) => failure && this.#reject(key, failure),
    });
  }

  /** Decides, once the container is closed and the other schemas are final; answers whether they are. */
  close(): boolean {
    if (!this.isOpen) return false;
    for (const { key, failure } of this.#rejected) {
      const evaluation = this.#evaluation(key);
      if (evaluation === 'open') return false;
      if (evaluation === 'failed') this.#judgement.fail(failure);
    }
    this.isOpen = false;
    this.#judgement.settleIfMet();
    return true;
  }

  #reject(key: string | number, failure: Failure): void {
    if (this.#evaluation(key) === 'failed') this.#judgement.fail(failure);
    else this.#rejected.push({ key, failure });
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

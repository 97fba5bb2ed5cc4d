import { repeatDemand } from '../explaining/explain.ts';
import { failureSaying } from '../explaining/failure.ts';
import { placeIn } from '../explaining/place.ts';
import { afford } from '../patterns/effort.ts';
import { SeenItems, STEPS_PER_ITEM } from '../schema/keywords/unique-items.ts';
import type { MaybeIdentity } from '../text/identity.ts';
import { Matches } from './contains-matches.ts';
import type { ContainerJudgement } from './roles.ts';

/** What one schema itself demands of an array that is being read. */
export class ArrayDemands {
  /** What matched `contains`, if the schema has it. */
  readonly matches: Matches | undefined;
  readonly #judgement: ContainerJudgement;
  /** The items so far, if no two may be equal. */
  readonly #seen: SeenItems | undefined;
  #isClosed = false;

  constructor(judgement: ContainerJudgement) {
    const { schema, frame } = judgement;
    this.#judgement = judgement;
    this.matches = schema.contains && new Matches(judgement, schema.contains);
    if (!schema.hasUniqueItems) return;
    this.#seen = new SeenItems();
    frame.keepsIdentity = true;
    judgement.hold();
  }

  /** Whether some may still be broken. */
  get isOpen(): boolean {
    if (this.#isClosed) return false;
    const { schema, frame } = this.#judgement;
    if (schema.items !== undefined || this.#seen !== undefined || this.matches?.isOpen) return true;
    return schema.arrayRules.some((rule) => !rule.isSettled?.(frame.count));
  }

  item(index: number): void {
    const { schema, frame, leftovers } = this.#judgement;
    const { judging } = frame;
    for (const rule of schema.arrayRules) {
      if (rule.fails?.(index + 1)) {
        this.#judgement.failSaying((where) => rule.demand(where, index + 1));
        return;
      }
    }
    this.#judgement.settleIfDone();
    const item = schema.items?.schemaFor(index);
    if (item !== undefined) judging.await(item, this.#judgement);
    if (this.matches?.isOpen) judging.await(this.matches.contains.schema, this.matches);
    leftovers?.examine(index);
  }

  itemEnd(identity: MaybeIdentity): void {
    if (this.#seen === undefined) return;
    if (identity === undefined || !afford(STEPS_PER_ITEM)) {
      this.#judgement.doubt();
      return;
    }
    const first = this.#seen.repeats(identity);
    if (first === undefined) return;
    const { place, count } = this.#judgement.frame;
    this.#judgement.fail(failureSaying(placeIn(place, count - 1), () => repeatDemand(place, count - 1, first)));
  }

  giveUp(): void {
    this.matches?.giveUp();
  }

  close(): void {
    const { schema, frame } = this.#judgement;
    const { count } = frame;
    const broken = schema.arrayRules.find((rule) => !rule.isMet(count));
    if (broken) this.#judgement.failSaying((where) => broken.demand(where, count));
    this.matches?.close();
    this.#isClosed = true;
  }
}

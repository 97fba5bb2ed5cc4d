import { type Failure, failureSaying } from '../explaining/failure.ts';
import { placeName } from '../explaining/place.ts';
import { spare } from '../patterns/effort.ts';
import type { FinalRuling, Ruling } from '../schema/ruling.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import type { MaybeIdentity } from '../text/identity.ts';
import { OBJECT } from '../text/json-type.ts';
import { ArrayDemands } from './array-demands.ts';
import { Leftovers } from './leftovers.ts';
import { ObjectDemands } from './object-demands.ts';
import type { ContainerFrame, ContainerJudgement, Listener } from './roles.ts';
import { Tally } from './tally.ts';

const NONE: readonly never[] = [];

/**
 * One schema's judgement of one container. It is met when the schema's own demands and all its combinators are, and
 * undecided when one of them is; a member or item that fails makes it fail.
 */
export class Judgement implements ContainerJudgement {
  readonly schema: SchemaNode;
  readonly frame: ContainerFrame;
  readonly listeners: Listener[] = [];
  readonly demands: ObjectDemands | ArrayDemands;
  /** What `unevaluated…` must judge, if the schema has it. */
  readonly leftovers: Leftovers | undefined;
  /** `moot` once nobody needs it any more. */
  ruling: Ruling | 'moot' = 'open';
  failure: Failure | undefined;

  readonly #tallies: readonly Tally[];
  #openTallies = 0;
  /** How many of its listeners still need it. */
  #needed = 0;
  #ownHolds = 0;
  #comparesIdentity = false;
  #isDoubtful: boolean;

  constructor(schema: SchemaNode, frame: ContainerFrame) {
    this.schema = schema;
    this.frame = frame;
    this.#isDoubtful = schema.isUnknown;
    this.demands = frame.type === OBJECT ? new ObjectDemands(this) : new ArrayDemands(this);
    const rest = frame.type === OBJECT ? schema.unevaluatedProperties : schema.unevaluatedItems;
    this.leftovers = rest && new Leftovers(this, rest);
    const { combinators } = schema;
    this.#tallies = combinators.length === 0 ? NONE : combinators.map((combinator) => new Tally(this, combinator));
    for (const { ruling } of this.#tallies) {
      if (ruling === 'open') this.#openTallies++;
      if (ruling === 'undecided') this.#isDoubtful = true;
    }
  }

  get judgement(): this {
    return this;
  }

  /** Has the combinators' branches judged; called once the frame knows this judgement. */
  begin(): void {
    for (const { isMetByIdentity } of this.schema.assertions) {
      if (isMetByIdentity === undefined) continue;
      this.#comparesIdentity = true;
      this.frame.keepsIdentity = true;
      this.hold();
    }
    for (const tally of this.#tallies) tally.begin();
    this.settleIfDone();
  }

  subscribe(listener: Listener): void {
    if (this.ruling !== 'open' && this.ruling !== 'moot') listener.hear(this.ruling, this.failure);
    this.listeners.push(listener);
    this.#needed++;
  }

  /** A listener no longer needs it. */
  unsubscribe(): void {
    if (this.ruling !== 'open' || --this.#needed > 0) return;
    this.ruling = 'moot';
    this.frame.judging.settle(this);
  }

  hear(ruling: FinalRuling, failure: Failure | undefined): void {
    if (ruling === 'failed') this.fail(failure);
    if (ruling === 'undecided') this.doubt();
  }

  doubt(): void {
    this.#isDoubtful = true;
  }

  close(identity: MaybeIdentity): void {
    this.demands.close();
    this.#compare(identity);
    this.settleIfDone();
  }

  tallySettled(ruling: FinalRuling): void {
    this.#openTallies--;
    if (ruling === 'undecided') this.doubt();
    this.settleIfDone();
  }

  /** Settles, if nothing can go wrong any more. */
  settleIfDone(): void {
    if (this.ruling !== 'open' || this.#openTallies > 0 || this.#comparesIdentity) return;
    if (this.demands.isOpen || this.leftovers?.isOpen) return;
    this.ruling = this.#isDoubtful ? 'undecided' : 'met';
    this.frame.judging.settle(this);
  }

  /** It hears of no further members or items, which would be too costly; what is wrong at the end it still finds. */
  giveUp(): void {
    this.doubt();
    if (this.demands instanceof ArrayDemands) this.demands.giveUp();
    if (this.leftovers !== undefined) this.leftovers.isOpen = false;
  }

  fail(failure: Failure | undefined): void {
    if (this.ruling !== 'open') return;
    this.ruling = 'failed';
    this.failure = failure;
    this.frame.judging.settle(this);
  }

  /** Fails with a sentence about the container. */
  failSaying(message: (where: string) => string): void {
    const { place } = this.frame;
    this.fail(failureSaying(place, () => message(placeName(place))));
  }

  /** Nothing of the container is safe until this judgement is final, or lets go. */
  hold(): void {
    this.#ownHolds++;
    this.frame.judging.holds++;
  }

  unhold(): void {
    this.#ownHolds--;
    this.frame.judging.holds--;
  }

  /** Lets go of what it asked for. */
  release(): void {
    const { judging } = this.frame;
    judging.holds -= this.#ownHolds;
    this.#ownHolds = 0;
    for (const tally of this.#tallies) tally.release();
    const inside = judging.childOf(this.frame);
    if (inside === undefined || !spare(inside.judgements.length)) return;
    for (const below of inside.judgements) {
      for (const listener of below.listeners) if (listener.judgement === this) below.unsubscribe();
    }
  }

  #compare(identity: MaybeIdentity): void {
    const { type } = this.frame;
    this.#comparesIdentity = false;
    for (const { isMetByIdentity, demand } of this.schema.assertions) {
      if (isMetByIdentity === undefined) continue;
      const truth = isMetByIdentity(identity);
      if (truth === undefined) this.doubt();
      if (truth === false) {
        this.failSaying((where) => demand(where, type === OBJECT ? {} : []));
        return;
      }
    }
  }
}

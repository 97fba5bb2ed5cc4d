import { evaluationBesides, type Rulings } from './evaluated.ts';
import { openingDemand, removal, removalFrom, repeatDemand } from './explain.ts';
import { type Failure, failureOf, failureSaying } from './failure.ts';
import type { Frame } from './frame.ts';
import type { Identity } from './identity.ts';
import { OBJECT } from './json-type.ts';
import { containsDemand, decideContains } from './keywords/contains.ts';
import { SeenItems } from './keywords/unique-items.ts';
import { placeIn, placeName } from './place.ts';
import type { Ruling } from './ruling.ts';
import type { Contains, SchemaNode } from './schema-node.ts';
import { Tally } from './tally.ts';

/** Hears what a schema finds; `judgement` is the one it works for, if any. */
export interface Listener {
  readonly judgement: Judgement | undefined;
  hear(ruling: 'met' | 'failed', failure: Failure | undefined): void;
}

/** One schema's judgement of one container. Heard from a member or item, a failure is its own. */
export class Judgement implements Listener {
  readonly schema: SchemaNode;
  readonly frame: Frame;
  /** `moot` once nobody needs it any more. */
  ruling: Ruling | 'moot' = 'open';
  failure: Failure | undefined;
  readonly listeners: Listener[] = [];
  readonly tallies: Tally[] = [];

  /** How many of its listeners still need it. */
  #needed = 0;
  #openTallies = 0;
  /** Whether it has demands of its own that are final only when the container closes. */
  #awaitsClose = false;
  #openRules = 0;
  #ownHolds = 0;
  #matches: Matches | undefined;
  #seen: SeenItems | undefined;
  #suspects: { readonly key: string | number; readonly failure: Failure }[] = [];

  constructor(schema: SchemaNode, frame: Frame) {
    this.schema = schema;
    this.frame = frame;
  }

  get judgement(): Judgement {
    return this;
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
    this.#needed++;
  }

  /** A listener no longer needs it. */
  unsubscribe(): void {
    if (this.ruling !== 'open' || --this.#needed > 0) return;
    this.ruling = 'moot';
    this.frame.judging.settle(this);
  }

  begin(): void {
    const { schema, frame } = this;
    if (frame.type === OBJECT) this.#beginObject();
    else this.#beginArray();
    for (const { isMetByIdentity } of schema.assertions) {
      if (isMetByIdentity === undefined) continue;
      frame.keepsIdentity = true;
      this.#awaitsClose = true;
      this.hold();
    }
    for (const combinator of schema.combinators) {
      const tally = new Tally(this, combinator);
      this.tallies.push(tally);
      if (tally.ruling === 'open') this.#openTallies++;
    }
    for (const tally of this.tallies) tally.begin();
    this.settleIfMet();
  }

  hear(ruling: 'met' | 'failed', failure: Failure | undefined): void {
    if (ruling === 'failed') this.fail(failure);
  }

  name(name: string): void {
    const { schema, frame } = this;
    for (const rule of schema.objectRules) {
      if (!rule.fails?.(frame.names, name)) continue;
      const { names, place } = frame;
      this.fail(failureOf(place, (report) => rule.explain(names, place, report)));
      return;
    }
    if (!this.#awaitsClose) {
      this.#countOpenRules();
      this.settleIfMet();
    }
    if (schema.members !== undefined) {
      for (const member of schema.members.schemasFor(name)) {
        if (member.isNever) {
          const place = placeIn(frame.place, name);
          this.fail(failureSaying(place, () => removalFrom(schema, place)));
          return;
        }
        frame.judging.await(member, this);
      }
    }
    if (schema.unevaluatedProperties !== undefined) this.#suspect(schema.unevaluatedProperties, name);
  }

  item(index: number): void {
    const { schema, frame } = this;
    for (const rule of schema.arrayRules) {
      if (!rule.fails?.(index + 1)) continue;
      this.fail(failureSaying(frame.place, () => rule.demand(placeName(frame.place), index + 1)));
      return;
    }
    if (!this.#awaitsClose) {
      this.#countOpenRules();
      this.settleIfMet();
    }
    const item = schema.items?.schemaFor(index);
    if (item !== undefined) frame.judging.await(item, this);
    if (this.#matches?.needsMore(frame.keepsAll)) frame.judging.await(this.#matches.contains.schema, this.#matches);
    if (schema.unevaluatedItems !== undefined) this.#suspect(schema.unevaluatedItems, index);
  }

  itemEnd(identity: Identity): void {
    const first = this.#seen?.repeats(identity);
    if (first === undefined) return;
    const { place, count } = this.frame;
    this.fail(failureSaying(placeIn(place, count - 1), () => repeatDemand(place, count - 1, first)));
  }

  close(identity: Identity | undefined): void {
    const { schema, frame } = this;
    const { place } = frame;
    if (frame.type === OBJECT) {
      for (const rule of schema.objectRules) {
        if (rule.isMet(frame.names)) continue;
        this.fail(failureOf(place, (report) => rule.explain(frame.names, place, report)));
        return;
      }
    } else {
      for (const rule of schema.arrayRules) {
        if (rule.isMet(frame.count)) continue;
        this.fail(failureSaying(place, () => rule.demand(placeName(place), frame.count)));
        return;
      }
    }
    for (const assertion of schema.assertions) {
      if (assertion.isMetByIdentity?.(identity as Identity, frame.judging.identities) !== false) continue;
      const value = frame.type === OBJECT ? {} : [];
      this.fail(failureSaying(place, () => assertion.demand(placeName(place), value)));
      return;
    }
    this.#matches?.close();
    if (this.ruling !== 'open') return;
    this.#openRules = 0;
    if (this.#judgesRest) return;
    this.#awaitsClose = false;
    this.settleIfMet();
  }

  /** Judges what was left, once it is known what was; answers whether that is done now. */
  closeUnevaluated(): boolean {
    if (!this.#judgesRest || !this.#awaitsClose) return false;
    for (const { key, failure } of this.#suspects) {
      switch (this.#evaluation(key)) {
        case 'open':
          return false;
        case 'failed':
          this.fail(failure);
          return true;
      }
    }
    this.#awaitsClose = false;
    this.settleIfMet();
    return true;
  }

  tallyMet(): void {
    this.#openTallies--;
    this.settleIfMet();
  }

  fail(failure: Failure | undefined): void {
    if (this.ruling !== 'open') return;
    this.ruling = 'failed';
    this.failure = failure;
    this.frame.judging.settle(this);
  }

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
    const { frame } = this;
    frame.judging.holds -= this.#ownHolds;
    this.#ownHolds = 0;
    for (const tally of this.tallies) tally.release();
    for (const below of frame.judging.childOf(frame)?.judgements ?? []) {
      for (const listener of below.listeners) if (listener.judgement === this) below.unsubscribe();
    }
  }

  /** A failure that a sentence about the container explains. */
  failSaying(message: (where: string) => string): void {
    const { place } = this.frame;
    this.fail(failureSaying(place, () => message(placeName(place))));
  }

  /** Whether the schema judges what others left of this container. */
  get #judgesRest(): boolean {
    const { unevaluatedProperties, unevaluatedItems } = this.schema;
    return (this.frame.type === OBJECT ? unevaluatedProperties : unevaluatedItems) !== undefined;
  }

  #beginObject(): void {
    const { schema } = this;
    this.#awaitsClose = schema.members !== undefined || schema.unevaluatedProperties !== undefined;
    if (schema.unevaluatedProperties !== undefined && this.#isBranching) this.hold();
    this.#countOpenRules();
  }

  #beginArray(): void {
    const { schema, frame } = this;
    this.#awaitsClose = schema.items !== undefined || schema.hasUniqueItems || schema.unevaluatedItems !== undefined;
    if (schema.unevaluatedItems !== undefined && this.#isBranching) this.hold();
    if (schema.hasUniqueItems) {
      this.#seen = new SeenItems();
      frame.keepsIdentity = true;
      this.hold();
    }
    if (schema.contains !== undefined) {
      this.#matches = new Matches(this, schema.contains);
      this.#awaitsClose ||= frame.keepsAll;
    }
    this.#countOpenRules();
  }

  get #isBranching(): boolean {
    return this.schema.combinators.length > 0 || this.schema.contains !== undefined;
  }

  /** Counts the rules that names or items to come may still break or meet. */
  #countOpenRules(): void {
    const { schema, frame } = this;
    let open = 0;
    if (frame.type === OBJECT) {
      for (const rule of schema.objectRules) if (!rule.isSettled?.(frame.names)) open++;
    } else {
      for (const rule of schema.arrayRules) if (!rule.isSettled?.(frame.count)) open++;
    }
    this.#openRules = open;
  }

  /** Settles, if nothing can go wrong any more. */
  settleIfMet(): void {
    if (this.ruling !== 'open' || this.#awaitsClose || this.#openRules > 0 || this.#openTallies > 0) return;
    if (this.#matches?.ruling === 'open') return;
    this.ruling = 'met';
    this.frame.judging.settle(this);
  }

  /** A member or item that `unevaluated…` must judge, unless another schema turns out to evaluate it. */
  #suspect(rest: SchemaNode, key: string | number): void {
    const evaluation = this.#evaluation(key);
    if (evaluation === 'met') return;
    const place = placeIn(this.frame.place, key);
    const reject = (failure: Failure) => {
      if (this.#evaluation(key) === 'failed') this.fail(failure);
      else this.#suspects.push({ key, failure });
    };
    if (rest.isNever) {
      reject(failureSaying(place, () => removal(place)));
      return;
    }
    this.frame.judging.await(rest, {
      judgement: this,
      hear: (ruling, failure) => {
        if (ruling === 'failed') reject(failure ?? failureSaying(place, () => openingDemand(rest, place, 'not')));
      },
    });
  }

  #evaluation(key: string | number): Ruling {
    return evaluationBesides(this.schema, key, this.#rulings);
  }

  get #rulings(): Rulings {
    const { frame } = this;
    return {
      rulingOf: (schema) => {
        const ruling = frame.judgementBy(schema)?.ruling ?? schema.opening(frame.type);
        return ruling === 'moot' ? 'open' : ruling;
      },
      contains: (schema, index) => frame.judgementBy(schema)?.matchesItem(index) ?? 'failed',
    };
  }

  /** Whether the item matches `contains`; open while it is being read. */
  matchesItem(index: number): Ruling {
    if (this.#matches === undefined) return 'failed';
    return this.#matches.indexes.has(index) ? 'met' : index < this.frame.count - 1 || this.#isAtEnd ? 'failed' : 'open';
  }

  get #isAtEnd(): boolean {
    return this.frame.key === undefined;
  }
}

/** Counts the items that match `contains`. */
class Matches implements Listener {
  readonly judgement: Judgement;
  readonly contains: Contains;
  readonly indexes = new Set<number>();
  ruling: Ruling;
  #count = 0;

  constructor(judgement: Judgement, contains: Contains) {
    this.judgement = judgement;
    this.contains = contains;
    this.ruling = decideContains(contains, 0, false);
    if (this.ruling === 'open') judgement.hold();
  }

  needsMore(keepsAll: boolean): boolean {
    return this.ruling === 'open' || keepsAll;
  }

  hear(ruling: 'met' | 'failed'): void {
    const { frame } = this.judgement;
    if (ruling !== 'met') return;
    this.#count++;
    if (frame.keepsAll) this.indexes.add(frame.key as number);
    this.#decide(false);
  }

  close(): void {
    this.#decide(true);
  }

  #decide(isClosed: boolean): void {
    if (this.ruling !== 'open') return;
    this.ruling = decideContains(this.contains, this.#count, isClosed);
    if (this.ruling === 'open') return;
    this.judgement.unhold();
    if (this.ruling === 'failed') {
      this.judgement.failSaying((where) => containsDemand(this.contains, where, this.#count));
    } else if (!isClosed) {
      this.judgement.settleIfMet();
    }
  }
}

import { openingFailure } from '../explaining/failure.ts';
import { type MaybePlace, placeIn } from '../explaining/place.ts';
import { afford } from '../patterns/effort.ts';
import { openingOf } from '../schema/opening.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import type { MaybeIdentity } from '../text/identity.ts';
import { ARRAY, OBJECT } from '../text/json-type.ts';
import { GrowingNames } from '../text/member-names.ts';
import { ArrayDemands } from './array-demands.ts';
import { Judgement } from './container-judgement.ts';
import type { Matches } from './contains-matches.ts';
import type { ContainerFrame, Listener, ValueJudging } from './roles.ts';

/** What a further member or item costs for each schema that judges the container. */
const STEPS_PER_CHILD = 4;

const NONE: never[] = [];

/** So many judgements are looked through faster than looked up. */
const FEW = 8;

/** An object or array that is being read, and the judgements of it. */
export class Frame implements ContainerFrame {
  readonly judging: ValueJudging;
  readonly type: typeof OBJECT | typeof ARRAY;
  readonly depth: number;
  /** How many items have begun. */
  count = 0;
  /** The name or index that is being read. */
  key: string | number | undefined;
  /** Whether some demand compares this value, or one around it, with others. */
  keepsIdentity = false;
  /** Whether every judgement is followed to its end, since `unevaluated…` asks about each. */
  keepsAll = false;
  judgements: readonly Judgement[] = NONE;
  /** Whether a member that no schema names keeps what follows from being shown until the object closes. */
  holdsUnnamed = false;

  #bySchema: Map<SchemaNode, Judgement> | undefined;
  #names: GrowingNames | undefined;
  /** The judgements, but for some that are final. */
  #live: Judgement[] = NONE;
  /** The identities of the members or items. */
  #values: MaybeIdentity[] | undefined;

  readonly #parent: Frame | undefined;
  #place: MaybePlace;

  constructor(judging: ValueJudging, type: typeof OBJECT | typeof ARRAY, parent: Frame | undefined) {
    this.judging = judging;
    this.type = type;
    this.#parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    if (parent?.keepsIdentity) this.keepsIdentity = true;
  }

  /** Where it stands; made when it is first asked for, and then of those around it, too. */
  get place(): MaybePlace {
    const unplaced: Frame[] = [];
    for (let at: Frame | undefined = this; at !== undefined && at.#place === undefined; at = at.#parent)
      unplaced.push(at);
    for (let at = unplaced.pop(); at !== undefined; at = unplaced.pop()) {
      if (at.#parent?.key !== undefined) at.#place = placeIn(at.#parent.#place, at.#parent.key);
    }
    return this.#place;
  }

  get names(): GrowingNames {
    this.#names ??= new GrowingNames();
    return this.#names;
  }

  /** Begins a schema's judgement of this container; each schema has one, however many ask for it. */
  open(schema: SchemaNode, listener: Listener): Judgement | undefined {
    if (listener.judgement !== undefined && listener.judgement.ruling !== 'open') return undefined;
    const ruling = openingOf(schema, this.type);
    if (ruling === 'failed') {
      listener.hear('failed', openingFailure(schema, this.type, this.place));
      return undefined;
    }
    if (ruling !== 'open' && !this.keepsAll) {
      listener.hear(ruling, undefined);
      return undefined;
    }
    const existing = this.judgementBy(schema);
    if (existing !== undefined) {
      existing.subscribe(listener);
      return existing;
    }
    if (!afford(schema.steps)) {
      listener.hear('undecided', undefined);
      return undefined;
    }
    const judgement = new Judgement(schema, this);
    judgement.subscribe(listener);
    this.#add(judgement);
    judgement.begin();
    return judgement;
  }

  /** The schema's judgement, unless nobody needed it and it was given up. */
  judgementBy(schema: SchemaNode): Judgement | undefined {
    if (this.#bySchema !== undefined) {
      const judgement = this.#bySchema.get(schema);
      return judgement?.ruling === 'moot' ? undefined : judgement;
    }
    return this.judgements.find((judgement) => judgement.schema === schema && judgement.ruling !== 'moot');
  }

  /** What matched a schema's `contains`. */
  matchesOf(schema: SchemaNode): Matches | undefined {
    const demands = this.judgementBy(schema)?.demands;
    return demands instanceof ArrayDemands ? demands.matches : undefined;
  }

  #add(judgement: Judgement): void {
    if (this.#live === NONE) {
      this.judgements = this.#live = [judgement];
      return;
    }
    // both are one list until there is a second judgement
    if (this.judgements === this.#live) this.judgements = [...this.#live];
    (this.judgements as Judgement[]).push(judgement);
    this.#live.push(judgement);
    if (this.#bySchema !== undefined) this.#bySchema.set(judgement.schema, judgement);
    else if (this.judgements.length > FEW) this.#bySchema = new Map(this.judgements.map((one) => [one.schema, one]));
  }

  /** The judgements that are still open; the others are forgotten on the way. */
  live(): readonly Judgement[] {
    const live = this.#live;
    if (live === this.judgements) return live[0]?.ruling === 'open' ? live : NONE;
    let kept = 0;
    for (let index = 0; index < live.length; index++) {
      const judgement = live[index] as Judgement;
      if (judgement.ruling === 'open') live[kept++] = judgement;
    }
    live.length = kept;
    return live;
  }

  /** The judgements to tell of a further member or item: none any more, once there are no steps left for that. */
  affordable(): readonly Judgement[] {
    const live = this.live();
    if (live.length === 0 || afford(STEPS_PER_CHILD * this.judgements.length)) return live;
    for (const judgement of live) judgement.giveUp();
    this.#live = [];
    return NONE;
  }

  /** Whether schemas list members and none of them has this one, which may be another spelling of one of theirs. */
  isUnnamed(name: string): boolean {
    let isListed = false;
    for (const { schema } of this.judgements) {
      const { members } = schema;
      if (members === undefined || members.names.length === 0) continue;
      if (members.covers(name) !== 'failed') return false;
      isListed = true;
    }
    return isListed;
  }

  keep(identity: MaybeIdentity): void {
    this.#values ??= [];
    this.#values.push(identity);
    if (this.type === ARRAY) for (const { demands } of this.live()) (demands as ArrayDemands).itemEnd(identity);
  }

  identity(): MaybeIdentity {
    if (!this.keepsIdentity) return undefined;
    const { identities } = this.judging;
    const values = this.#values ?? [];
    return this.type === OBJECT ? identities.ofObject([...this.names], values) : identities.ofArray(values);
  }

  close(identity: MaybeIdentity): void {
    for (const judgement of this.judgements) if (judgement.ruling === 'open') judgement.close(identity);
    if (!this.keepsAll) return;
    // a schema that judges what others left waits until the others are final
    for (let hasProgress = true; hasProgress; ) {
      hasProgress = false;
      for (const judgement of this.affordable()) hasProgress = judgement.leftovers?.close() || hasProgress;
    }
  }
}

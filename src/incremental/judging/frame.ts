import { openingFailure } from '../explaining/failure.ts';
import type { MaybePlace } from '../explaining/place.ts';
import { afford } from '../patterns/effort.ts';
import { openingOf } from '../schema/opening.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import type { Identity } from '../text/identity.ts';
import { ARRAY, OBJECT } from '../text/json-type.ts';
import { GrowingNames } from '../text/names.ts';
import { ArrayDemands } from './array-demands.ts';
import { Judgement } from './container-judgement.ts';
import type { Matches } from './matches.ts';
import type { ContainerFrame, Listener, ValueJudging } from './roles.ts';

/** What judging a container by a schema costs. */
const STEPS_PER_JUDGEMENT = 30;

const NONE: never[] = [];

/** So many judgements are looked through faster than looked up. */
const FEW = 8;

/** An object or array that is being read, and the judgements of it. */
export class Frame implements ContainerFrame {
  readonly judging: ValueJudging;
  readonly type: typeof OBJECT | typeof ARRAY;
  readonly place: MaybePlace;
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
  #items: Identity[] | undefined;
  #members: [string, Identity][] | undefined;

  constructor(options: {
    judging: ValueJudging;
    type: typeof OBJECT | typeof ARRAY;
    place: MaybePlace;
    depth: number;
  }) {
    this.judging = options.judging;
    this.type = options.type;
    this.place = options.place;
    this.depth = options.depth;
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
    if (!afford(STEPS_PER_JUDGEMENT)) {
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

  keep(identity: Identity): void {
    if (this.type === ARRAY) {
      this.#items ??= [];
      this.#items.push(identity);
      for (const { demands } of this.live()) (demands as ArrayDemands).itemEnd(identity);
    } else {
      this.#members ??= [];
      this.#members.push([this.key as string, identity]);
    }
  }

  identity(): Identity | undefined {
    if (!this.keepsIdentity) return undefined;
    const { identities } = this.judging;
    return this.type === OBJECT ? identities.ofObject(this.#members ?? []) : identities.ofArray(this.#items ?? []);
  }

  close(identity: Identity | undefined): void {
    for (const judgement of this.judgements) if (judgement.ruling === 'open') judgement.close(identity);
    if (!this.keepsAll) return;
    // a schema that judges what others left waits until the others are final
    for (let hasProgress = true; hasProgress; ) {
      hasProgress = false;
      for (const { leftovers } of this.live()) hasProgress = leftovers?.close() || hasProgress;
    }
  }
}

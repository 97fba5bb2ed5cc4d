import type { Failure } from '../explaining/failure.ts';
import type { MaybePlace } from '../explaining/place.ts';
import type { FinalRuling, Ruling } from '../schema/ruling.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import type { Identities } from '../text/identity.ts';
import type { ARRAY, OBJECT } from '../text/json-type.ts';
import type { GrowingNames } from '../text/member-names.ts';

/** Hears what a schema finds; `judgement` is the one it works for, if any. */
export interface Listener {
  readonly judgement: ContainerJudgement | undefined;
  hear(ruling: FinalRuling, failure: Failure | undefined): void;
}

/** One schema's judgement of one container, as those see it who work for it. */
export interface ContainerJudgement extends Listener {
  readonly schema: SchemaNode;
  readonly frame: ContainerFrame;
  readonly listeners: readonly Listener[];
  readonly ruling: Ruling | 'moot';
  readonly leftovers: { examine(key: string | number): void } | undefined;
  readonly failure: Failure | undefined;
  unsubscribe(): void;
  tallySettled(ruling: FinalRuling): void;
  /** Notes that some of it cannot be judged. */
  doubt(): void;
  settleIfDone(): void;
  fail(failure: Failure | undefined): void;
  failSaying(message: (where: string) => string): void;
  hold(): void;
  unhold(): void;
  release(): void;
}

/** A container that is being read, as its judgements see it. */
export interface ContainerFrame {
  readonly judging: ValueJudging;
  readonly type: typeof OBJECT | typeof ARRAY;
  readonly place: MaybePlace;
  readonly depth: number;
  readonly names: GrowingNames;
  readonly count: number;
  readonly keepsAll: boolean;
  keepsIdentity: boolean;
  readonly judgements: readonly ContainerJudgement[];
  open(schema: SchemaNode, listener: Listener): ContainerJudgement | undefined;
  judgementBy(schema: SchemaNode): ContainerJudgement | undefined;
  matchesOf(schema: SchemaNode): { has(index: number): Ruling } | undefined;
}

/** The judging of a whole value, as its containers see it. */
export interface ValueJudging {
  readonly identities: Identities;
  readonly clock: number;
  holds: number;
  await(schema: SchemaNode, listener: Listener): void;
  settle(judgement: ContainerJudgement): void;
  childOf(frame: ContainerFrame): ContainerFrame | undefined;
}

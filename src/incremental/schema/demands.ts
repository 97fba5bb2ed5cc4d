import type { MaybePlace } from '../explaining/place.ts';
import type { Report } from '../explaining/report.ts';
import type { Identities, Identity } from '../text/identity.ts';
import type { Names } from '../text/names.ts';
import type { Ruling } from './ruling.ts';
import type { SchemaNode } from './schema-node.ts';

/** A demand on a value that is judged at once: `enum`, `minimum`, `pattern`. */
export interface Assertion {
  /** The types it speaks about; others meet it. */
  readonly types: number;
  isMet(value: unknown): boolean;
  /** The strings it lists, of `enum` and `const`. */
  readonly constants?: readonly string[];
  /** Imperative sentence for a value that does not meet it. */
  demand(where: string, value: unknown): string;
  /** What the type alone decides; `open` unless said. */
  opening?(type: number): Ruling;
  /** Whether a string that begins so may still meet it. */
  canBegin?(prefix: StringPrefix): boolean;
  /** Judges a container by its identity, when its text is gone. */
  isMetByIdentity?(identity: Identity, identities: Identities): boolean;
}

export interface StringPrefix {
  /** The characters so far, but no more than the longest constant needs. */
  readonly text: string;
  /** Code points so far. */
  readonly length: number;
}

/** A demand on an object's names: `required`, `maxProperties`. */
export interface ObjectRule {
  /** The names it asks for, if that is all it does. */
  readonly requires?: readonly string[];
  isMet(names: Names): boolean;
  /** Whether adding `name`, the latest of the names, makes sure that the closed object will not meet it. */
  fails?(names: Names, name: string): boolean;
  /** Whether it is met whatever names may follow. */
  isSettled?(names: Names): boolean;
  explain(names: Names, place: MaybePlace, report: Report): void;
}

/** A demand on the number of an array's items. */
export interface ArrayRule {
  isMet(count: number): boolean;
  /** Whether `count` items are already too many. */
  fails?(count: number): boolean;
  /** Whether it is met whatever items may follow. */
  isSettled?(count: number): boolean;
  demand(where: string, count: number): string;
}

/** Which schemas judge a member: `properties`, `patternProperties` and `additionalProperties` together. */
export interface Members {
  /** Whether only the names listed are told apart. */
  readonly isListed: boolean;
  schemasFor(name: string): readonly SchemaNode[];
  /** Whether one of the three applies to the name, for `unevaluatedProperties`. */
  covers(name: string): boolean;
  /** The names that `properties` lists, for messages. */
  readonly names: readonly string[];
}

/** Which schema judges an item: `prefixItems` and `items`, or `items` and `additionalItems`. */
export interface Items {
  schemaFor(index: number): SchemaNode | undefined;
  /** How many items come first that are judged one by one; the rest are judged alike. */
  readonly prefixLength: number;
}

export interface Contains {
  readonly schema: SchemaNode;
  readonly min: number;
  readonly max: number;
  /** Whether matching items count as evaluated (2020-12). */
  readonly evaluates: boolean;
}

/** A demand made of other schemas' judgements of the same value: `anyOf`, `not`, `$ref`. */
export interface Combinator {
  /** Whether it is its one branch and no more. */
  readonly isReference?: boolean;
  readonly branches: SchemaNode[];
  /** The whole-value reading; `decide` is the same while rulings still come in. */
  isMet(value: unknown): boolean;
  decide(tally: BranchTally): Ruling;
  /** Whether what is written now may still turn out to be judged by other branches. */
  isUndecided(tally: BranchTally): boolean;
  /** The branches that count as evaluating the value, of those that are met. */
  evaluating(rulingOf: (branch: SchemaNode) => Ruling): readonly SchemaNode[];
  explain(value: unknown, place: MaybePlace, report: Report): void;
  /** The branch whose issue explains a failure; the latest to fail, unless said. */
  culprit?(tally: BranchTally): number;
  /** What is left of it when a branch may accept too much, and is not to be held to having accepted. */
  uncertain?(isCertain: (branch: SchemaNode) => boolean): Combinator;
  /** Sentence for a failure that no branch's issue explains. */
  demand?(where: string): string;
}

export interface BranchTally {
  readonly total: number;
  readonly met: number;
  readonly failed: number;
  rulingOf(branch: number): Ruling;
}

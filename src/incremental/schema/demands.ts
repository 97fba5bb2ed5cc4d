import type { Report } from '../explaining/issue-report.ts';
import type { MaybePlace } from '../explaining/place.ts';
import type { MaybeIdentity } from '../text/identity.ts';
import type { Names } from '../text/member-names.ts';
import type { Ruling } from './ruling.ts';
import type { Truth } from './truth.ts';

/** A demand on a value that is judged at once: `enum`, `minimum`, `pattern`. */
export interface Assertion {
  /** The types it speaks about; others meet it. */
  readonly types: number;
  judge(value: unknown): Truth;
  /** The strings it lists, of `enum` and `const`. */
  readonly constants?: readonly string[];
  /** The types of all that it lists. */
  readonly listedTypes?: number;
  /** Imperative sentence for a value that does not meet it. */
  demand(where: string, value: unknown): string;
  /** What the type alone decides; `open` unless said. */
  opening?(type: number): Ruling;
  /** Whether a string that begins so may still meet it. */
  canBegin?(prefix: StringPrefix): boolean;
  /** Judges a container by its identity, when its text is gone. */
  isMetByIdentity?(identity: MaybeIdentity): Truth;
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
  judge(names: Names): Truth;
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

/** How the branches of a combinator stand. */
export interface BranchTally {
  readonly total: number;
  readonly met: number;
  readonly failed: number;
  readonly undecided: number;
  rulingOf(branch: number): Ruling;
}

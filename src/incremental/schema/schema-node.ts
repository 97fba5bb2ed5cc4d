import type { Report } from '../explaining/issue-report.ts';
import type { MaybePlace } from '../explaining/place.ts';
import { ANY } from '../text/json-type.ts';
import type { ArrayRule, Assertion, BranchTally, ObjectRule } from './demands.ts';
import type { Ruling } from './ruling.ts';
import type { Truth } from './truth.ts';

/** What one schema demands of a value, as its keywords put it down when the schema is compiled. */
export class SchemaNode {
  /** The types that `type` allows. */
  types = ANY;
  readonly assertions: Assertion[] = [];
  readonly objectRules: ObjectRule[] = [];
  readonly arrayRules: ArrayRule[] = [];
  readonly combinators: Combinator[] = [];
  members: Members | undefined;
  items: Items | undefined;
  contains: Contains | undefined;
  hasUniqueItems = false;
  unevaluatedProperties: SchemaNode | undefined;
  unevaluatedItems: SchemaNode | undefined;
  /** How many references lead here; a node that several lead to may be reached by several ways at once. */
  referrers = 0;
  /** Whether some of what it demands cannot be judged. */
  isUnknown = false;
  /** The schemas it builds on, at the same place or below. */
  readonly parts: SchemaNode[] = [];
  /** Judges a whole value. */
  judge: Judge = (value) => this.prepared(value);
  /** Makes the function that judges whole values; called when the first one comes. */
  prepare: (node: SchemaNode) => Judge = leaveUndecided;
  /** Judges a whole value by a node within the call stack. */
  guarded: (node: SchemaNode, value: unknown) => boolean = judgeAsItIs;

  /** What each type decides at the first character, once it was asked for. */
  readonly openings: (Ruling | undefined)[] = [];

  #essence: SchemaNode | undefined;
  #isPrepared = false;
  #steps: number | undefined;
  #nameRules: readonly ObjectRule[] | undefined;
  #hasPrefixChecks: boolean | undefined;
  #hasUnevaluated: boolean | undefined;

  /** Whether a whole value is not known to be wrong, however deep it is. */
  isValid(value: unknown): boolean {
    return this.guarded(this, value);
  }

  /** The function that judges, without the detour that prepares it. */
  get prepared(): Judge {
    if (!this.#isPrepared) {
      this.#isPrepared = true;
      this.judge = this.prepare(this);
    }
    return this.judge;
  }

  /** How many steps beginning to judge a container by it takes. */
  get steps(): number {
    this.#steps ??= this.combinators.reduce((steps, { branches }) => steps + 30 + 10 * branches.length, 50);
    return this.#steps;
  }

  /** The rules that a further name may already break. */
  get nameRules(): readonly ObjectRule[] {
    this.#nameRules ??= this.objectRules.filter(({ fails }) => fails !== undefined);
    return this.#nameRules;
  }

  /** Whether the beginning of a string may already be wrong for it. */
  get hasPrefixChecks(): boolean {
    this.#hasPrefixChecks ??=
      this.assertions.some(({ canBegin }) => canBegin !== undefined) ||
      this.combinators.some(({ branches }) => branches.some((branch) => branch.hasPrefixChecks));
    return this.#hasPrefixChecks;
  }

  /** Whether it, or a schema it applies to the same value, judges what others left. */
  get hasUnevaluated(): boolean {
    this.#hasUnevaluated ??=
      this.unevaluatedProperties !== undefined ||
      this.unevaluatedItems !== undefined ||
      this.combinators.some(({ branches }) => branches.some((branch) => branch.hasUnevaluated));
    return this.#hasUnevaluated;
  }

  /** Itself, or what it stands for if it is nothing but a reference; asked for when the document is compiled. */
  get essence(): SchemaNode {
    if (this.#essence === undefined) {
      this.#essence = this;
      for (let target = this.#target; target !== undefined; target = target.#target) this.#essence = target;
    }
    return this.#essence;
  }

  get #target(): SchemaNode | undefined {
    const [combinator] = this.combinators;
    if (combinator === undefined || this.combinators.length > 1 || combinator.branches.length !== 1) return undefined;
    return combinator.isReference && this.types === ANY && this.isBare ? combinator.branches[0] : undefined;
  }

  /** Whether it demands nothing but what its combinators and `false` do. */
  get isBare(): boolean {
    if (this.isUnknown || (this.types !== ANY && this.types !== 0)) return false;
    const demands = [this.members, this.items, this.contains, this.unevaluatedProperties, this.unevaluatedItems];
    const counts = this.assertions.length + this.objectRules.length + this.arrayRules.length;
    return counts === 0 && !this.hasUniqueItems && demands.every((demand) => demand === undefined);
  }

  /** Whether no value at all is valid, as for the schema `false`. */
  get isNever(): boolean {
    return this.types === 0;
  }
}

export type Judge = (value: unknown) => Truth;

function leaveUndecided(): Judge {
  return () => undefined;
}

function judgeAsItIs(node: SchemaNode, value: unknown): boolean {
  return node.judge(value) !== false;
}

/** The schema of which nothing is known. */
export const UNKNOWN = new SchemaNode();
UNKNOWN.isUnknown = true;

/** Which schemas judge a member: `properties`, `patternProperties` and `additionalProperties` together. */
export interface Members {
  /** Whether only the names listed are told apart. */
  readonly isListed: boolean;
  /** Whether members of other names are let through, which a validator may drop. */
  readonly isClosed: boolean;
  schemasFor(name: string): readonly SchemaNode[];
  /** Whether one of the three applies to the name, for `unevaluatedProperties`. */
  covers(name: string): Ruling;
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
}

/** A demand made of other schemas' judgements of the same value: `anyOf`, `not`, `$ref`. */
export interface Combinator {
  /** Whether it demands what its branches do, and no more. */
  readonly isReference?: boolean;
  readonly branches: SchemaNode[];
  /** The whole-value reading; `decide` is the same while rulings still come in. */
  judge(value: unknown): Truth;
  decide(tally: BranchTally): Ruling;
  /** Whether what is written now may still turn out to be judged by other branches. */
  isUnsettled(tally: BranchTally): boolean;
  /** Whether a member or item is evaluated, told by what each branch contributes. */
  evaluation(byBranch: (branch: SchemaNode) => Ruling, rulingOf: (branch: SchemaNode) => Ruling): Ruling;
  explain(value: unknown, place: MaybePlace, report: Report): void;
  /** The branch whose issue explains a failure; the latest to fail, unless said. */
  culprit?(tally: BranchTally): number;
  /** Sentence for a failure that no branch's issue explains. */
  demand?(where: string): string;
}

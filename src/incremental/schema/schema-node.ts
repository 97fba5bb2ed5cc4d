import { ANY } from '../text/json-type.ts';
import type { ArrayRule, Assertion, Combinator, Contains, Items, Members, ObjectRule } from './demands.ts';
import { openingOf } from './opening.ts';
import type { Ruling } from './ruling.ts';

/** What one schema demands of a value, as its keywords put it down when the schema is compiled. */
export class SchemaNode {
  /** The types that `type` allows. */
  types = ANY;
  readonly assertions: Assertion[] = [];
  readonly objectRules: ObjectRule[] = [];
  readonly arrayRules: ArrayRule[] = [];
  combinators: Combinator[] = [];
  members: Members | undefined;
  items: Items | undefined;
  contains: Contains | undefined;
  hasUniqueItems = false;
  unevaluatedProperties: SchemaNode | undefined;
  unevaluatedItems: SchemaNode | undefined;
  /** How many references lead here; a node that several lead to may be reached by several ways at once. */
  referrers = 0;
  /** The schemas it builds on, at the same place or below. */
  readonly parts: SchemaNode[] = [];
  /** Judges a whole value. */
  isValid: (value: unknown) => boolean = (value) => this.judge(value);
  /** Makes the function that judges whole values; called when the first one comes. */
  prepare: () => (value: unknown) => boolean = () => () => true;

  #isPrepared = false;
  readonly #openings: (Ruling | undefined)[] = [];
  #hasPrefixChecks: boolean | undefined;
  #hasUnevaluated: boolean | undefined;

  /** The prepared function, without the detour that prepares it. */
  get judge(): (value: unknown) => boolean {
    if (!this.#isPrepared) {
      this.#isPrepared = true;
      this.isValid = this.prepare();
    }
    return this.isValid;
  }

  /** What the first character of a value, which tells its type, already decides. */
  opening(type: number): Ruling {
    let ruling = this.#openings[type];
    if (ruling === undefined) {
      ruling = openingOf(this, type);
      this.#openings[type] = ruling;
    }
    return ruling;
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

  /** The schema it stands for, if it is nothing but a reference. */
  get alias(): SchemaNode | undefined {
    const [combinator] = this.combinators;
    if (combinator === undefined || this.combinators.length > 1 || combinator.branches.length !== 1) return undefined;
    return combinator.isReference && this.types === ANY && this.isBare ? combinator.branches[0] : undefined;
  }

  /** Whether it demands nothing but what its combinators and `false` do. */
  get isBare(): boolean {
    if (this.types !== ANY && this.types !== 0) return false;
    const demands = [this.members, this.items, this.contains, this.unevaluatedProperties, this.unevaluatedItems];
    const counts = this.assertions.length + this.objectRules.length + this.arrayRules.length;
    return counts === 0 && !this.hasUniqueItems && demands.every((demand) => demand === undefined);
  }

  /** Whether no value at all is valid, as for the schema `false`. */
  get isNever(): boolean {
    return this.types === 0;
  }
}

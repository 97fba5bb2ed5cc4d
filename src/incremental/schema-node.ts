import type { Identities, Identity } from './identity.ts';
import { ANY, ARRAY, NUMBER, OBJECT, STRING } from './json-type.ts';
import type { Names } from './names.ts';
import type { MaybePlace } from './place.ts';
import type { Report } from './report.ts';
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

  /** The prepared function, without the detour that prepares it. */
  get judge(): (value: unknown) => boolean {
    if (!this.#isPrepared) {
      this.#isPrepared = true;
      this.isValid = this.prepare();
    }
    return this.isValid;
  }

  #isPrepared = false;

  readonly #openings: (Ruling | undefined)[] = [];

  /** What the first character of a value, which tells its type, already decides. */
  opening(type: number): Ruling {
    let ruling = this.#openings[type];
    if (ruling === undefined) {
      ruling = openingOf(this, type);
      this.#openings[type] = ruling;
    }
    return ruling;
  }

  #hasPrefixChecks: boolean | undefined;

  /** Whether the beginning of a string may already be wrong for it. */
  get hasPrefixChecks(): boolean {
    this.#hasPrefixChecks ??=
      this.assertions.some(({ canBegin }) => canBegin !== undefined) ||
      this.combinators.some(({ branches }) => branches.some((branch) => branch.hasPrefixChecks));
    return this.#hasPrefixChecks;
  }

  #hasUnevaluated: boolean | undefined;

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

/** A demand on a value that is judged at once: `enum`, `minimum`, `pattern`. */
export interface Assertion {
  /** The types it speaks about; others meet it. */
  readonly types: number;
  isMet(value: unknown): boolean;
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

/** The first failed ruling, else the first open one, else `met`. */
export function allRulings(rulings: Iterable<Ruling>): Ruling {
  let result: Ruling = 'met';
  for (const ruling of rulings) {
    if (ruling === 'failed') return 'failed';
    if (ruling === 'open') result = 'open';
  }
  return result;
}

function openingOf(node: SchemaNode, type: number): Ruling {
  if ((node.types & type) === 0) return 'failed';
  return allRulings(openingsOf(node, type));
}

function* openingsOf(node: SchemaNode, type: number): Generator<Ruling> {
  for (const assertion of node.assertions) {
    if ((assertion.types & type) !== 0) yield assertion.opening?.(type) ?? 'open';
  }
  if (type === OBJECT) {
    if (node.members || node.unevaluatedProperties || node.objectRules.length > 0) yield 'open';
  } else if (type === ARRAY) {
    if (node.items || node.contains || node.hasUniqueItems || node.unevaluatedItems) yield 'open';
    if (node.arrayRules.length > 0) yield 'open';
  }
  for (const combinator of node.combinators) yield decideBranches(combinator, (branch) => branch.opening(type));
}

/** What a combinator makes of its branches' rulings. */
export function decideBranches(combinator: Combinator, rulingOf: (branch: SchemaNode) => Ruling): Ruling {
  const rulings = combinator.branches.map(rulingOf);
  return combinator.decide({
    total: rulings.length,
    met: rulings.filter((ruling) => ruling === 'met').length,
    failed: rulings.filter((ruling) => ruling === 'failed').length,
    rulingOf: (branch) => rulings[branch] ?? 'open',
  });
}

/** The types of which a value may be valid; literals are judged, the other types by their opening. */
export function expectedTypes(node: SchemaNode): number {
  let types = 0;
  for (const type of [NUMBER, STRING, ARRAY, OBJECT]) if (node.opening(type) !== 'failed') types |= type;
  if (node.isValid(null)) types |= 1;
  if (node.isValid(true) || node.isValid(false)) types |= 2;
  return types;
}

import type { Issue } from '../../trace/issue.ts';
import { depthOf, type MaybePlace, pathOf } from './place.ts';

const MOST_ISSUES = 50;
const MOST_EXPLANATIONS = 5_000;
const MOST_LEVELS = 500;

/** Gathers issues, each once, up to a limit. */
export class Report {
  readonly issues: Issue[] = [];
  /** Deeper findings are not looked for. */
  readonly deepest: number;
  /** How many more schemas may be explained; alternatives inside alternatives would otherwise multiply. */
  readonly #budget: { left: number };

  constructor(from: MaybePlace, budget = { left: MOST_EXPLANATIONS }) {
    this.deepest = depthOf(from) + MOST_LEVELS;
    this.#budget = budget;
  }

  get isFull(): boolean {
    return this.issues.length >= MOST_ISSUES || this.#budget.left <= 0;
  }

  add(place: MaybePlace, message: string): void {
    this.append({ path: pathOf(place), message, check: 'schema', kind: 'schema' });
  }

  append(issue: Issue): void {
    if (this.issues.length >= MOST_ISSUES) return;
    if (!this.issues.some((known) => isSame(known, issue))) this.issues.push(issue);
  }

  /** An empty report that draws on the same budget. */
  branch(from: MaybePlace): Report {
    return new Report(from, this.#budget);
  }

  spend(): void {
    this.#budget.left--;
  }
}

function isSame(one: Issue, other: Issue): boolean {
  if (one.message !== other.message || one.path.length !== other.path.length) return false;
  return one.path.every((key, index) => key === other.path[index]);
}

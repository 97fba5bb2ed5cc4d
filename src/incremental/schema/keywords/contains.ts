import type { Site } from '../keyword-site.ts';
import type { Ruling } from '../ruling.ts';
import type { Contains } from '../schema-node.ts';

/** `contains` with `minContains` and `maxContains`: how many items must match. */
export function contains(site: Site): void {
  const { node } = site;
  const value = site.get('contains');
  if (value === undefined) return;
  const min = site.get('minContains');
  const max = site.get('maxContains');
  node.contains = {
    schema: max === undefined ? site.subschema(value) : site.strictSubschema(value),
    min: typeof min === 'number' ? min : 1,
    max: typeof max === 'number' ? max : Number.POSITIVE_INFINITY,
  };
}

/** How many items match, and how many may. */
export interface MatchCount {
  readonly met: number;
  readonly undecided: number;
}

/** What is known by so many matches; at the array's end that is final. */
export function decideContains({ min, max }: Contains, { met, undecided }: MatchCount, isClosed: boolean): Ruling {
  if (met > max) return 'failed';
  if (met >= min && max === Number.POSITIVE_INFINITY) return 'met';
  if (!isClosed) return 'open';
  const most = met + undecided;
  if (most < min) return 'failed';
  return met >= min && most <= max ? 'met' : 'undecided';
}

export function containsDemand({ min, max }: Contains, where: string, { met, undecided }: MatchCount): string {
  const matches = met > max ? met : met + undecided;
  if (matches > max) return `Keep at most ${max} items in ${where} that match what it must contain; it has ${matches}.`;
  const many = min === 1 ? 'an item that matches' : `${min} items that match`;
  return `Give ${where} ${many} what it must contain; it has ${matches === 0 ? 'none' : matches}.`;
}

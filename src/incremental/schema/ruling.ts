import type { Truth } from './truth.ts';

/** What is known of a demand while its value is still being written. All but `open` are final. */
export type Ruling = FinalRuling | 'open';

/** `undecided` is what cannot be judged. */
export type FinalRuling = 'met' | 'failed' | 'undecided';

export function rulingFrom(truth: Truth): FinalRuling {
  if (truth === undefined) return 'undecided';
  return truth ? 'met' : 'failed';
}

/** What several demands come to, of which all must be met. */
export function allRulings(rulings: Iterable<Ruling>): Ruling {
  let result: Ruling = 'met';
  for (const ruling of rulings) {
    if (ruling === 'failed') return 'failed';
    if (ruling === 'open' || result === 'met') result = ruling;
  }
  return result;
}

/** What two demands come to, of which one must be met. */
export function eitherRuling(one: Ruling, other: Ruling): Ruling {
  if (one === 'met' || other === 'met') return 'met';
  if (one === 'open' || other === 'open') return 'open';
  return one === 'undecided' ? one : other;
}

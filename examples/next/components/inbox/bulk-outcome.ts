import type { BulkResult, Decision } from 'ai-staged-retry';
import { decisionPast } from '../review/decision-words.ts';

/** What is done to several at once. */
export type BulkChange = Extract<Decision, { readonly type: 'approve' | 'reject' }> | { readonly type: 'assign' };

/** What came of a bulk. */
export interface BulkOutcome {
  readonly text: string;
  /** What was left as it is, because somebody else works on it. */
  readonly held?: { readonly ids: readonly string[]; readonly change: BulkChange };
}

const past = { ...decisionPast, assign: 'Assigned to you:' };

export function outcomeOf(change: BulkChange, results: readonly BulkResult[]): BulkOutcome {
  const won = results.filter((result) => result.won).length;
  const failed = results.filter((result) => 'error' in result).length;
  const held = results.flatMap((result) =>
    'escalation' in result && !result.won && result.escalation.state === 'pending' ? [result.escalation] : [],
  );
  const late = results.length - won - failed - held.length;
  const text = [
    `${past[change.type]} ${won}.`,
    ...(late > 0 ? [`${late} ${late === 1 ? 'was' : 'were'} already decided.`] : []),
    ...(held.length > 0
      ? [`${workOn(held.map(({ claimed }) => claimed?.by ?? 'Someone'))}; nothing was changed there.`]
      : []),
    ...(failed > 0 ? [`${failed} could not be changed; try again.`] : []),
  ].join(' ');
  return held.length === 0 ? { text } : { text, held: { ids: held.map(({ id }) => id), change } };
}

/** `Bob is working on 1`, `Bob and Eve are working on 3`. */
function workOn(holders: readonly string[]): string {
  const names = [...new Set(holders)];
  const all = new Intl.ListFormat('en').format(names);
  return `${all} ${names.length === 1 ? 'is' : 'are'} working on ${holders.length}`;
}

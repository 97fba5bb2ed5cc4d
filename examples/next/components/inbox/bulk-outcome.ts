import type { BulkResult, Decision } from 'ai-staged-retry';
import { decisionPast } from '../review/decision-words.ts';

/** What came of a bulk. */
export interface BulkOutcome {
  readonly text: string;
  /** What was not decided, because somebody else works on it. */
  readonly held?: { readonly ids: readonly string[]; readonly decision: Decision };
}

export function outcomeOf(decision: Decision, results: readonly BulkResult[]): BulkOutcome {
  const won = results.filter((result) => result.won).length;
  const failed = results.filter((result) => 'error' in result).length;
  const held = results.flatMap((result) =>
    'escalation' in result && !result.won && result.escalation.state === 'pending' ? [result.escalation] : [],
  );
  const late = results.length - won - failed - held.length;
  const text = [
    `${decisionPast[decision.type]} ${won}.`,
    ...(late > 0 ? [`${late} ${late === 1 ? 'was' : 'were'} already decided.`] : []),
    ...(held.length > 0
      ? [`${workOn(held.map(({ claimed }) => claimed?.by ?? 'Someone'))}; nothing was decided there.`]
      : []),
    ...(failed > 0 ? [`${failed} could not be decided; try again.`] : []),
  ].join(' ');
  return held.length === 0 ? { text } : { text, held: { ids: held.map(({ id }) => id), decision } };
}

/** `Bob is working on 1`, `Bob and Eve are working on 3`. */
function workOn(holders: readonly string[]): string {
  const names = [...new Set(holders)];
  const all = new Intl.ListFormat('en').format(names);
  return `${all} ${names.length === 1 ? 'is' : 'are'} working on ${holders.length}`;
}

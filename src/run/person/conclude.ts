import type { Candidate } from '../../answers/candidate.ts';
import { isIntermediate } from '../../checks/plan/verdict.ts';
import type { Run } from '../../context/run.ts';
import { raced } from '../../effects/waiting.ts';
import type { EscalationOutcome } from '../../trace/escalation.ts';
import type { Attempt, History } from '../../trace/history.ts';

/** Recording the outcome of a decision must not delay the answer. */
const concludeTimeoutMs = 1000;

/** Records the outcome of the decision that the run applied, if it applied one. Fails open. */
export async function conclude(run: Run, outcome: Omit<EscalationOutcome, 'at'>): Promise<void> {
  const { decided } = run.state;
  if (decided === undefined) return;
  const { inbox, escalation } = decided;
  if (isKnown(escalation.outcome, outcome)) return;
  const concluding = inbox.conclude(escalation.id, outcome);
  const options = { signal: run.abortSignal, timeoutMs: concludeTimeoutMs, effects: run.settings.effects };
  await raced(concluding, options).catch(() => {});
}

/** An accepted answer, for the record of a decision. The text of one with calls or files is not the answer. */
export function acceptedAnswer({ text, verdict }: Attempt, { answer: { content } }: Candidate) {
  const isText = !isIntermediate(content) && content.every(({ type }) => type !== 'file');
  return isText ? { text, verdict } : { verdict };
}

/** An attempt's answer, for the record of a decision. Half an answer is none. */
function answerOf({ text, verdict, estimatedTokens }: Attempt): Pick<EscalationOutcome, 'text' | 'verdict'> {
  return estimatedTokens === undefined ? { text, verdict } : { verdict };
}

/** The answer that was judged after the latest decision, if there is one. */
export function latestAnswer(history: History): Pick<EscalationOutcome, 'text' | 'verdict'> {
  const sinceDecision = history.slice(history.findLastIndex(({ type }) => type === 'decision') + 1);
  const latest = sinceDecision.findLast((entry) => entry.type === 'attempt');
  return latest?.type === 'attempt' ? answerOf(latest) : {};
}

function isKnown(known: EscalationOutcome | undefined, outcome: Omit<EscalationOutcome, 'at'>): boolean {
  return known?.type === outcome.type && known.text === outcome.text && known.verdict !== undefined;
}

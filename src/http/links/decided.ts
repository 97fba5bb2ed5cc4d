import type { RecordedDecision } from '../../trace/decision.ts';
import type { EscalationOutcome } from '../../trace/escalation.ts';
import { readableBlock, readableHtml } from './html.ts';
import { shownAnswer } from './shown-answer.ts';
import { timeElement } from './time-element.ts';

/** What was decided, by whom and when, as HTML. */
export function decided({ type, by, at }: RecordedDecision): string {
  return `${outcomes[type]}${by === undefined ? '' : ` by ${readableHtml(by)}`}, ${timeElement(at)}.`;
}

const outcomes: Readonly<Record<RecordedDecision['type'], string>> = {
  approve: 'The answer was approved',
  edit: 'The answer was edited',
  retry: 'The model was sent back with advice',
  reject: 'The answer was rejected',
  escalate: 'This was passed on to the next person',
};

/** What has come of a decision so far, as text: the checks judge an edit when the request goes on, not on this page. */
export function resultOf(
  { type }: RecordedDecision,
  outcome: EscalationOutcome | undefined,
): { readonly title: string; readonly text?: string } {
  if (outcome?.type === 'asked-again' && type !== 'escalate') {
    return { title: 'The team was asked again', text: 'The answer failed the checks, so the team was asked again.' };
  }
  if (type === 'edit' && outcome === undefined) {
    return { title: 'The correction was sent', text: 'If it fails the checks, the team is asked again.' };
  }
  return { title: 'This is decided' };
}

/** What a person wrote with a decision, as HTML. */
export function wordsOf(decision: RecordedDecision): string {
  switch (decision.type) {
    case 'edit':
      return shownAnswer(decision.text);
    case 'retry':
      return readableBlock(decision.advice);
    case 'reject':
    case 'escalate':
      return decision.reason === undefined ? '' : readableBlock(decision.reason);
    case 'approve':
      return '';
  }
}

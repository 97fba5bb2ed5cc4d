import type { RecordedDecision } from '../../trace/decision.ts';
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

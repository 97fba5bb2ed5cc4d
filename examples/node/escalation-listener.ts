import { generateText, Output } from 'ai';
import {
  check,
  createEmitter,
  createInbox,
  EscalationPendingError,
  human,
  retry,
  withStagedRetry,
} from '../../src/index.ts';
import { Invoice } from '../practice-server/invoice-schema.ts';
import { smudgedInvoice } from '../practice-server/invoices.ts';
import { openai } from './openai.ts';

const addsUp = check('adds-up', Invoice, ({ value: { lines, total } }) => {
  const sum = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  return sum === total || `The lines add up to ${sum}, the total says ${total}.`;
});

// Two places to listen: the inbox, which awaits the listener after the record is written, and the events of the model.
const inbox = createInbox({ onFiled: ({ id, issues }) => console.log(`to the team: ${id}: ${issues[0]?.message}`) });
const events = createEmitter();
events.on('escalation-request', ({ escalation }) =>
  console.log(`event: ${escalation.attempts.length} attempts failed`),
);
events.on('escalation-response', ({ decision }) => console.log(`event: ${decision.by} decided: ${decision.type}`));

const model = withStagedRetry(openai('gpt-5-mini'), {
  checks: [addsUp],
  stages: [retry({ attempts: 2 }), human({ inbox })],
  scope: 'public',
  events,
});
const request = { model, output: Output.object({ schema: Invoice }), prompt: smudgedInvoice.mail };

try {
  await generateText(request);
} catch (error) {
  const pending = EscalationPendingError.find(error);
  if (pending === undefined) throw error;
  console.log(`pending: ${pending.escalation.issues.length} issue`);

  // Later, in another process on the same store: a person corrects the answer.
  const corrected = JSON.parse(pending.escalation.proposal);
  corrected.lines[0].unitPrice = 128.5;
  corrected.total = 1688;
  await inbox.decide(pending.escalation.id, { type: 'edit', text: JSON.stringify(corrected) }, { by: 'ada' });
}

const { output } = await generateText(request); // the same request again: resumed, without asking the model
console.log(`answer: ${output.vendor}, ${output.total} ${output.currency}`);

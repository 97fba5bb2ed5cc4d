import { createOpenAI } from '@ai-sdk/openai';
import { generateText, Output } from 'ai';
import {
  type Describe,
  EscalationPendingError,
  human,
  type Inbox,
  retry,
  withStagedRetry,
} from '../../../src/index.ts';
import { createPracticeHandler } from '../../practice-server/handler.ts';
import { Invoice } from '../../practice-server/invoice-schema.ts';
import { smudgedInvoice } from '../../practice-server/invoices.ts';
import { addsUp } from '../demo/checks.ts';

/** What the queue shows of an invoice. */
const describe: Describe = ({ value }) => {
  const { data } = Invoice.partial().safeParse(value);
  const { vendor = 'An unknown vendor', currency = '', total } = data ?? {};
  return { title: `Invoice of ${vendor}`, fields: total === undefined ? {} : { Total: `${currency} ${total}`.trim() } };
};

/** A run of the practice model that needs a person: files an escalation, and answers once that is decided. */
export function practiceRun(inbox: Inbox): () => Promise<string | undefined> {
  const handle = createPracticeHandler();
  const openai = createOpenAI({ apiKey: 'practice', fetch: (input, init) => handle(new Request(input, init)) });
  const model = withStagedRetry(openai('practice-model'), {
    checks: [addsUp],
    stages: [retry({ attempts: 2 }), human({ inbox, describe })],
    scope: 'practice',
  });

  return async () => {
    try {
      const { text } = await generateText({
        model,
        output: Output.object({ schema: Invoice }),
        prompt: smudgedInvoice.mail,
      });
      return text;
    } catch (error) {
      if (EscalationPendingError.find(error) === undefined) throw error;
      return undefined;
    }
  };
}

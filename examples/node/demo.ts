import { fileURLToPath } from 'node:url';
import { generateText, Output } from 'ai';
import {
  type Attempt,
  createInbox,
  EscalationPendingError,
  human,
  lendTools,
  retry,
  withStagedRetry,
} from '../../src/index.ts';
import { mcpServers } from '../../src/mcp/index.ts';
import { Invoice } from '../practice-server/invoice-schema.ts';
import { carelessInvoice, smudgedInvoice, unnumberedInvoice } from '../practice-server/invoices.ts';
import { askPerson } from './demo/ask-person.ts';
import { addsUp, inTheBooks } from './demo/checks.ts';
import { chooseModel } from './demo/choose-model.ts';
import { print, printEnd, printError, printHeading, printingEvents } from './demo/print.ts';

const { model: bareModel, description, close } = await chooseModel();
const inbox = createInbox();
const vendorServer = fileURLToPath(new URL('vendor-mcp-server.ts', import.meta.url));
const vendorTools = mcpServers({ mcpServers: { vendors: { command: process.execPath, args: [vendorServer] } } });
const events = printingEvents();
const attempts: Attempt[] = [];
events.on('attempt-end', ({ attempt }) => attempts.push(attempt));

const model = withStagedRetry(bareModel, {
  checks: [addsUp, inTheBooks],
  stages: [retry({ attempts: 2 }), lendTools({ attempts: 2, tools: vendorTools }), human({ inbox })],
  scope: 'public',
  events,
});

try {
  print(`Three invoices for ${description}.`);
  for (const { title, mail } of [
    { title: 'INV-2041 needs a retry', mail: carelessInvoice.mail },
    { title: 'INV-2042 needs a tool: the vendor id is not in the mail', mail: unnumberedInvoice.mail },
    { title: 'INV-2043 needs a person: a price is smudged', mail: smudgedInvoice.mail },
  ]) {
    printHeading(title);
    await extract(mail);
  }
} finally {
  await close();
}

/** Extracts an invoice; while a person is asked, the run is suspended, and the same request resumes it. */
async function extract(mail: string): Promise<void> {
  for (;;) {
    try {
      const { output } = await generateText({
        model,
        output: Output.object({ schema: Invoice }),
        system: 'Extract the invoice from the mail.',
        prompt: mail,
      });
      return printEnd(output, attempts.splice(0));
    } catch (error) {
      const pending = EscalationPendingError.find(error);
      if (pending === undefined) return printError(error, attempts.splice(0));
      const { by, ...decision } = await askPerson(pending.escalation);
      await inbox.decide(pending.escalation.id, decision, { by });
    }
  }
}

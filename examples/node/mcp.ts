import { fileURLToPath } from 'node:url';
import { generateText, Output } from 'ai';
import { check, createEmitter, lendTools, retry, withStagedRetry } from '../../src/index.ts';
import { mcpServers } from '../../src/mcp/index.ts';
import { Invoice } from '../practice-server/invoice-schema.ts';
import { unnumberedInvoice } from '../practice-server/invoices.ts';
import { openai } from './openai.ts';
import { vendors } from './vendors.ts';

const inTheBooks = check('in-the-books', Invoice, ({ value: { vendor, vendorId } }) => {
  const isKnown = vendors.some((known) => known.vendorId === vendorId);
  return isKnown || `Correct the vendor id: ${vendorId} is not the id of ${vendor}.`;
});

// The usual configuration object of MCP clients. The server starts when the stage is reached and is closed with the run.
const config = {
  mcpServers: {
    vendors: { command: process.execPath, args: [fileURLToPath(new URL('vendor-mcp-server.ts', import.meta.url))] },
    tickets: { url: 'https://mcp.example.com/tickets' },
  },
};

const events = createEmitter();
events.on('attempt-end', ({ attempt: { number, stage, verdict } }) => {
  console.log(`attempt ${number} (${stage}): ${verdict.type}`);
});
events.on('tool-call', ({ toolName, input }) => console.log(`tool ${toolName}: ${JSON.stringify(input)}`));

const model = withStagedRetry(openai('gpt-5-mini'), {
  checks: [inTheBooks],
  stages: [retry({ attempts: 2 }), lendTools({ attempts: 2, tools: mcpServers(config, { only: ['vendors'] }) })],
  events,
});

const { output } = await generateText({
  model,
  output: Output.object({ schema: Invoice }),
  prompt: unnumberedInvoice.mail,
});
console.log(`answer: ${output.vendor} is ${output.vendorId}`);

import { Output, streamText } from 'ai';
import { reportOf, retry, withStagedRetry } from '../../src/index.ts';
import { Invoice } from '../practice-server/invoice-schema.ts';
import { carelessInvoice } from '../practice-server/invoices.ts';
import { openai } from './openai.ts';

// A stream is held back until an answer is accepted; the rejected one is never seen.
const model = withStagedRetry(openai('gpt-5-mini'), { checks: [Invoice], stages: [retry({ attempts: 3 })] });

const result = streamText({
  model,
  output: Output.object({ schema: Invoice }),
  prompt: `Extract the invoice from the mail.\n\n${carelessInvoice.mail}`,
  onError: ({ error }) => console.error('The stream ended with', error),
});

let parts = 0;
for await (const text of result.textStream) {
  process.stdout.write(text);
  parts += 1;
}

const report = reportOf(await result.providerMetadata);
console.log(`\n${parts} parts, accepted in attempt ${report?.attempts} of stage ${report?.stage}`);

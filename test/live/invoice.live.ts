import { generateText, Output, streamText, tool } from 'ai';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { findVendors } from '../../examples/node/vendors.ts';
import { Invoice } from '../../examples/practice-server/invoice-schema.ts';
import { carelessInvoice, unnumberedInvoice } from '../../examples/practice-server/invoices.ts';
import { check, lendTools, reportOf, withStagedRetry } from '../../src/index.ts';
import { describeLive, liveModel } from './live-model.ts';

const output = Output.object({ schema: Invoice });
const neverFirst = check('never-first', (_, { attempt }) => attempt > 1 || 'Check every number once more.');

describeLive('a wrapped model', () => {
  test('takes the feedback and the rejected answer', async () => {
    const model = withStagedRetry(liveModel(), { checks: [Invoice, neverFirst] });
    const result = await generateText({ model, output, prompt: `Extract the invoice.\n\n${carelessInvoice.mail}` });
    expect(result.output).toMatchObject({ currency: 'EUR', total: 1284.5 });
    expect(reportOf(result.providerMetadata)).toMatchObject({ attempts: 2, stage: 'retry' });
  });

  test('streams the accepted answer', async () => {
    const model = withStagedRetry(liveModel(), { checks: [Invoice, neverFirst] });
    const result = streamText({ model, output, prompt: `Extract the invoice.\n\n${carelessInvoice.mail}` });
    expect(await result.output).toMatchObject({ total: 1284.5 });
  });

  test('uses a lent tool', async () => {
    const lookUpVendor = tool({
      description: 'Finds a vendor in our books by its name and tells its vendor id.',
      inputSchema: z.object({ name: z.string() }),
      execute: ({ name }) => findVendors(name),
    });
    const inTheBooks = check('in-the-books', Invoice, ({ value: { vendorId } }) => {
      return vendorId === 'V-20417' || `Look up the vendor id; ${vendorId} is made up.`;
    });
    const model = withStagedRetry(liveModel(), {
      checks: [inTheBooks],
      stages: [lendTools({ attempts: 3, tools: { lookUpVendor } })],
    });
    const result = await generateText({ model, output, prompt: `Extract the invoice.\n\n${unnumberedInvoice.mail}` });
    expect(result.output.vendorId).toBe('V-20417');
  });
});

import { createOpenAI } from '@ai-sdk/openai';
import { tool } from 'ai';
import { check, lendTools, retry, withStagedRetry } from 'ai-staged-retry';
import { z } from 'zod';
import { findVendors, vendors } from '../../node/vendors.ts';
import { createPracticeHandler } from '../../practice-server/handler.ts';
import { Invoice } from '../../practice-server/invoice-schema.ts';

const inTheBooks = check('in-the-books', Invoice, ({ value: { vendor, vendorId } }) => {
  const isKnown = vendors.some((known) => known.vendorId === vendorId);
  return isKnown || [{ message: `Correct the vendor id: ${vendorId} is not the id of ${vendor}.`, path: ['vendorId'] }];
});

const addsUp = check('adds-up', Invoice, ({ value: { lines, total } }) => {
  const sum = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  if (Math.abs(sum - total) < 0.005) return true;
  return [{ message: `Read the numbers again: the lines add up to ${sum}, the total is ${total}.`, path: ['total'] }];
});

const lookUpVendor = tool({
  description: 'Finds a vendor in our books by its name and tells its vendor id and address.',
  inputSchema: z.object({ name: z.string() }),
  execute: ({ name }) => findVendors(name),
});

/** The model of the app, wrapped once for all requests. */
export const invoiceModel = withStagedRetry(openai()(process.env.OPENAI_MODEL ?? 'gpt-5-mini'), {
  checks: [inTheBooks, addsUp],
  stages: [retry({ attempts: 3 }), lendTools({ attempts: 1, tools: { lookUpVendor } })],
});

/** OpenAI with a key; without one the practice model, which is a function and needs no server. */
function openai() {
  if (process.env.OPENAI_API_KEY !== undefined) return createOpenAI();
  const handle = createPracticeHandler({ delayMs: 20 });
  return createOpenAI({ apiKey: 'practice', fetch: (input, init) => handle(new Request(input, init)) });
}

import { generateText, Output } from 'ai';
import { z } from 'zod';
import { check, createEmitter, retry, withStagedRetry } from '../../src/index.ts';
import { openai } from './openai.ts';

const Invoice = z.object({
  vendor: z.string(),
  currency: z.enum(['EUR', 'GBP', 'USD']),
  lines: z.array(z.object({ description: z.string(), quantity: z.number(), unitPrice: z.number() })),
  total: z.number(),
});

const addsUp = check('adds-up', Invoice, ({ value: { lines, total } }) => {
  const sum = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  return sum === total || `Correct the lines or the total: the lines add up to ${sum}, the total says ${total}.`;
});

const events = createEmitter();
events.on('attempt-end', ({ attempt: { number, verdict } }) => {
  console.log(`attempt ${number}: ${verdict.type}`);
  if (verdict.type === 'fail')
    for (const { path, message } of verdict.issues) console.log(`  ${path.join('.')}: ${message}`);
});

const model = withStagedRetry(openai('gpt-5-mini'), { checks: [addsUp], stages: [retry({ attempts: 3 })], events });

const { output } = await generateText({
  model,
  output: Output.object({ schema: Invoice }),
  prompt: `Extract the invoice. Alder Office Supply, invoice INV-2041: 12 desk lamps at 39.75, 5 monitor arms at 129.00,
    assembly 162.50. Total due within 30 days: 1,284.50 EUR.`,
});
console.log(output);

import { generateText, Output } from 'ai';
import { z } from 'zod';
import { check, createEmitter, retry, withStagedRetry } from '../../src/index.ts';
import { openai } from './openai.ts';

const Line = z.object({ description: z.string(), quantity: z.number(), unitPrice: z.number() });
const Invoice = z.object({ currency: z.enum(['EUR', 'USD']), lines: z.array(Line), total: z.number() });

const addsUp = check('adds-up', Invoice, ({ value: { lines, total } }) => {
  const sum = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  return sum === total || `Correct the lines or the total: the lines add up to ${sum}, the total is ${total}.`;
});

const events = createEmitter();
events.on('attempt-end', ({ attempt: { number, verdict } }) => {
  const issues = verdict.type === 'pass' ? [] : verdict.issues;
  console.log([`attempt ${number}: ${verdict.type}`, ...issues.map(({ message }) => message)].join('\n  '));
});

const model = withStagedRetry(openai('gpt-5-mini'), { checks: [addsUp], stages: [retry({ attempts: 3 })], events });

const { output } = await generateText({
  model,
  output: Output.object({ schema: Invoice }),
  prompt: 'Invoice INV-2041: 12 desk lamps at 39.75, 5 monitor arms at 129, assembly 162.50. Due: 1,284.50 EUR.',
});
console.log(output.total, output.currency);

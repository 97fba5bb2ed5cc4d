import { generateText, Output } from 'ai';
import { z } from 'zod';
import { logEvents, withStagedRetry } from '../../src/index.ts';
import { openai } from './openai.ts';

const model = withStagedRetry(openai('gpt-5-mini'), { events: logEvents() });
const Invoice = z.object({ currency: z.enum(['EUR', 'USD']), total: z.number() });
const prompt = 'Invoice INV-2041: 12 desk lamps at 39.75, 5 monitor arms at 129, assembly 162.50. Due: 1,284.50 EUR.';
const { output } = await generateText({ model, output: Output.object({ schema: Invoice }), prompt });
console.log(output);

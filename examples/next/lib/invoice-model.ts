import { createOpenAI } from '@ai-sdk/openai';
import { tool, wrapLanguageModel } from 'ai';
import {
  check,
  createEmitter,
  human,
  lendTools,
  retry,
  type StagedRetryOptions,
  withStagedRetry,
} from 'ai-staged-retry';
import { z } from 'zod';
import { findVendors } from '../../node/vendors.ts';
import { createPracticeHandler } from '../../practice-server/handler.ts';
import { Invoice } from '../../practice-server/invoice-schema.ts';
import { describeInvoice } from './describe-invoice.ts';
import { inbox } from './inbox.ts';
import { addsUp, inTheBooks } from './invoice-rules.ts';
import { isPractice } from './practice.ts';
import { promptLog } from './prompt-log.ts';
import { listen } from './webhooks.ts';

/** Every run of this process. A request listens to its own with `withRunEvents`. */
export const events = createEmitter();
listen(events);

const lookUpVendor = tool({
  description: 'Finds a vendor in our books by its name and tells its vendor id and address.',
  inputSchema: z.object({ name: z.string() }),
  execute: ({ name }) => findVendors(name),
});

const ladder: StagedRetryOptions = {
  stages: [
    retry({ attempts: 3 }),
    lendTools({ attempts: 1, tools: { lookUpVendor } }),
    // The run waits for a while; after that the browser sends the request again, which resumes it.
    human({ inbox, describe: describeInvoice, wait: { timeoutMs: 20_000 } }),
  ],
  scope: 'public', // one team works with this app
  events,
};

const bareModel = wrapLanguageModel({
  model: openai()(process.env.OPENAI_MODEL ?? 'gpt-5-mini'),
  middleware: promptLog,
});

/** The models of the app, wrapped once for all requests. */
export const invoiceModels = {
  /** Sees the whole answer before anything of it goes out. */
  everything: withStagedRetry(bareModel, {
    ...ladder,
    checks: [
      check('in-the-books', Invoice, ({ value }) => inTheBooks(value)),
      check('adds-up', Invoice, ({ value }) => addsUp(value)),
    ],
  }),
  /** Judges structure alone, so that what is right goes out while it streams. */
  structure: withStagedRetry(bareModel, {
    ...ladder,
    checks: [check({ name: 'invoice', schema: Invoice, incremental: true })],
  }),
};

/** OpenAI with a key; without one the practice model, which is a function and needs no server. */
function openai() {
  if (!isPractice()) return createOpenAI();
  const handle = createPracticeHandler({ delayMs: Number(process.env.PRACTICE_DELAY_MS ?? 20) });
  return createOpenAI({ apiKey: 'practice', fetch: (input, init) => handle(new Request(input, init)) });
}

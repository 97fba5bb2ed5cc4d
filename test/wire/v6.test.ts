import { createOpenAI } from 'ai-sdk-openai-v3';
import * as ai from 'ai-v6';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { addsUp, inTheBooks } from '../../examples/node/demo/checks.ts';
import { findVendors } from '../../examples/node/vendors.ts';
import { Invoice } from '../../examples/practice-server/invoice-schema.ts';
import { carelessInvoice, smudgedInvoice, unnumberedInvoice } from '../../examples/practice-server/invoices.ts';
import { type PracticeServer, startPracticeServer } from '../../examples/practice-server/server.ts';
import {
  type Attempt,
  createEmitter,
  createInbox,
  EscalationPendingError,
  human,
  lendTools,
  reportOf,
  retry,
  stagedRetryMiddleware,
  withStagedRetry,
} from '../../src/index.ts';

let server: PracticeServer;
beforeEach(async () => {
  server = await startPracticeServer();
});
afterEach(() => server.close());

const output = ai.Output.object({ schema: Invoice });

describe.each(['responses', 'chat'] as const)('with ai@6, the practice model over the %s API', (api) => {
  function ladder() {
    const inbox = createInbox();
    const attempts: Attempt[] = [];
    const events = createEmitter();
    events.on('attempt-end', ({ attempt }) => attempts.push(attempt));
    const lookUpVendor = ai.tool({
      inputSchema: z.object({ name: z.string() }),
      execute: ({ name }) => findVendors(name),
    });
    const options = {
      checks: [addsUp, inTheBooks],
      stages: [retry({ attempts: 2 }), lendTools({ attempts: 2, tools: { lookUpVendor } as never }), human({ inbox })],
      scope: 'public',
      events,
    };
    return {
      inbox,
      attempts,
      options,
      bare: createOpenAI({ baseURL: server.url, apiKey: 'practice' })[api]('practice-model'),
    };
  }

  const stagesOf = (attempts: readonly Attempt[]) => attempts.map(({ stage, verdict }) => `${stage}: ${verdict.type}`);

  for (const type of ['generate', 'stream'] as const) {
    const extract = async (model: ai.LanguageModel, prompt: string) => {
      if (type === 'generate') return await ai.generateText({ model, output, prompt });
      const errors: unknown[] = [];
      const result = ai.streamText({ model, output, prompt, onError: ({ error }) => void errors.push(error) });
      await result.consumeStream();
      if (errors.length > 0) throw errors[0];
      return { output: await result.output, providerMetadata: await result.providerMetadata };
    };

    test(`${type}: reads the careless invoice right after feedback`, async () => {
      const { bare, options, attempts } = ladder();
      const model = withStagedRetry(bare, options);
      const result = await extract(model, carelessInvoice.mail);

      expect(model.specificationVersion).toBe('v3');
      expect(result.output).toMatchObject({ currency: 'EUR', total: 1284.5 });
      expect(stagesOf(attempts)).toEqual(expect.arrayContaining(['retry: fail', expect.stringMatching(/: pass$/)]));
      expect(reportOf(result.providerMetadata)?.attempts).toBe(attempts.length);
    });

    test(`${type}: looks up the vendor of the unnumbered invoice with a lent tool`, async () => {
      const { bare, options, attempts } = ladder();
      const { output: invoice } = await extract(withStagedRetry(bare, options), unnumberedInvoice.mail);

      expect(invoice).toMatchObject({ vendorId: 'V-20417' });
      expect(stagesOf(attempts).at(-1)).toBe('tools: pass');
    });

    test(`${type}: asks a person about the smudged invoice, and goes on with what was decided`, async () => {
      const { bare, options, inbox, attempts } = ladder();
      const model = withStagedRetry(bare, options);
      const error = await extract(model, smudgedInvoice.mail).catch((caught: unknown) => caught);
      const pending = EscalationPendingError.find(error);
      await inbox.decide(pending?.escalation.id ?? '', { type: 'retry', advice: 'A carton is 128.50.' });
      const { output: invoice } = await extract(model, smudgedInvoice.mail);

      expect(sumOf(invoice)).toBe(invoice.total);
      expect(stagesOf(attempts).at(-1)).toBe('human: pass');
    });
  }

  test('takes the middleware as well', async () => {
    const { bare, options } = ladder();
    const middleware = stagedRetryMiddleware(options) as unknown as ai.LanguageModelMiddleware; // the types are ai@7's here
    const model = ai.wrapLanguageModel({ model: bare, middleware });
    const { output: invoice } = await ai.generateText({ model, output, prompt: carelessInvoice.mail });

    expect(invoice).toMatchObject({ currency: 'EUR', total: 1284.5 });
  });

  test('is a model of ai@6 by its type', () => {
    const { bare } = ladder();
    expectTypeOf(withStagedRetry(bare)).toExtend<ai.LanguageModel>();
    expect(withStagedRetry(bare)).toMatchObject({ modelId: 'practice-model', provider: bare.provider });
  });
});

function sumOf({ lines }: Invoice): number {
  return lines.reduce((added, { quantity, unitPrice }) => added + quantity * unitPrice, 0);
}

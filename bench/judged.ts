/** What judging costs: an answer of 805 bytes against its JSON Schema, beside what one would write by hand. */
import { createRetryableModel, schemaInvalid } from 'ai-retry/language-model';
import { withStagedRetry } from '../src/index.ts';
import type { CallOptions, LanguageModel } from '../src/model/language-model.ts';
import { instantModel, invoiceSchema, request, rightAnswer, wrongAnswer } from './fixtures.ts';
import { askByHand } from './hand-written.ts';
import { compare } from './measure.ts';

const right = instantModel([rightAnswer]);
const once = instantModel([wrongAnswer, rightAnswer]);

await compare('the first answer passes', [
  { title: 'by hand: JSON.parse and ajv', run: () => askByHand(right, request) },
  { title: 'withStagedRetry (target 2)', run: onRight(withStagedRetry(right), () => request) },
  { title: 'the same, a new schema object each call', run: onRight(withStagedRetry(right), newRequest) },
  { title: 'ai-retry, schemaInvalid', run: onRight(byAiRetry(right), () => request) },
]);

await compare('the first answer fails, the second passes', [
  { title: 'by hand: JSON.parse and ajv', run: () => askByHand(once, request) },
  { title: 'withStagedRetry (target 2)', run: onRight(withStagedRetry(once), () => request) },
  { title: 'ai-retry, schemaInvalid', run: onRight(byAiRetry(once), () => request) },
]);

function onRight(model: Pick<LanguageModel, 'doGenerate'>, makeRequest: () => CallOptions) {
  return () => model.doGenerate(makeRequest());
}

/** The SDK makes a schema object anew for every call. */
function newRequest(): CallOptions {
  return { ...request, responseFormat: { type: 'json', schema: { ...invoiceSchema } } };
}

function byAiRetry(model: LanguageModel): LanguageModel {
  const retryable = createRetryableModel({
    model: model as never,
    retries: [schemaInvalid().retry({ maxAttempts: 3 })],
  });
  return retryable as unknown as LanguageModel;
}

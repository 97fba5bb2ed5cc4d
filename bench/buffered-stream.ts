/** What a judged stream of 2,000 chunks costs through `streamText`, beside the bare model. */
import { jsonSchema, Output, streamText } from 'ai';
import { check, withStagedRetry } from '../src/index.ts';
import type { LanguageModel } from '../src/model/language-model.ts';
import { chunked, instantModel, invoiceSchema, longAnswer } from './fixtures.ts';
import { compare } from './measure.ts';

const bare = instantModel([], chunked(longAnswer, 2000));
const passes = check('passes', () => true);

await compare(
  'a text of 2,000 chunks through streamText',
  [
    { title: 'the model alone', run: () => readText(bare) },
    { title: 'withStagedRetry, held by a check', run: () => readText(withStagedRetry(bare, { checks: [passes] })) },
  ],
  { batch: 1, rounds: 50 },
);

await compare(
  'an object of 2,000 chunks through streamText',
  [
    { title: 'the model alone', run: () => readObject(bare) },
    { title: 'withStagedRetry, live', run: () => readObject(withStagedRetry(bare)) },
    { title: 'withStagedRetry, held', run: () => readObject(withStagedRetry(bare, { delivery: 'buffer' })) },
  ],
  { batch: 1, rounds: 20 },
);

async function readText(model: Pick<LanguageModel, 'doStream'>): Promise<void> {
  for await (const _ of streamText({ model: model as never, prompt: 'The invoice: …' }).textStream);
}

async function readObject(model: Pick<LanguageModel, 'doStream'>): Promise<void> {
  const output = Output.object({ schema: jsonSchema(invoiceSchema as never) });
  await streamText({ model: model as never, prompt: 'The invoice: …', output }).output;
}

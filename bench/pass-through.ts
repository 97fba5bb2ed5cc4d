/** What a wrapped model costs when there is nothing to judge, beside the SDK's own wrapper. */
import { wrapLanguageModel } from 'ai';
import { withStagedRetry } from '../src/index.ts';
import type { LanguageModel } from '../src/model/language-model.ts';
import { chunked, instantModel, plainRequest, rightAnswer } from './fixtures.ts';
import { compare } from './measure.ts';

const bare = instantModel([rightAnswer], chunked(rightAnswer, 500));
const bySdk = wrapLanguageModel({ model: bare as never, middleware: {} }) as unknown as LanguageModel;
const wrapped = withStagedRetry(bare);

await compare('generate with nothing to judge', [
  { title: 'wrapLanguageModel, empty middleware', run: () => bySdk.doGenerate(plainRequest) },
  { title: 'withStagedRetry (target 2)', run: () => wrapped.doGenerate(plainRequest) },
  { title: 'the model alone', run: () => bare.doGenerate(plainRequest) },
]);

await compare(
  'a stream of 500 chunks with nothing to judge',
  [
    { title: 'the model alone', run: () => drain(bare) },
    { title: 'withStagedRetry (target 1.1)', run: () => drain(wrapped) },
  ],
  { batch: 5 },
);

async function drain(model: Pick<LanguageModel, 'doStream'>): Promise<void> {
  const reader = (await model.doStream(plainRequest)).stream.getReader();
  while (!(await reader.read()).done);
}

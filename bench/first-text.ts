/** How long a reader waits for the first text of a live stream, beside the bare model: chunks come a millisecond apart. */
import { jsonSchema, Output, streamText } from 'ai';
import { withStagedRetry } from '../src/index.ts';
import type { LanguageModel, StreamPart } from '../src/model/language-model.ts';
import { chunked, instantModel, invoiceSchema, rightAnswer } from './fixtures.ts';
import { compare } from './measure.ts';

const bare: LanguageModel = {
  ...instantModel([]),
  doStream: async () => ({ stream: paced(chunked(rightAnswer, 40)) }),
};

await compare(
  'time to the first text',
  [
    { title: 'the model alone', run: () => readFirst(bare) },
    { title: 'withStagedRetry, live (target 1.1)', run: () => readFirst(withStagedRetry(bare)) },
  ],
  { batch: 1, rounds: 100 },
);

async function readFirst(model: Pick<LanguageModel, 'doStream'>): Promise<void> {
  const output = Output.object({ schema: jsonSchema(invoiceSchema as never) });
  // What is left of the stream would be read beside the next one.
  const rest = new AbortController();
  const { textStream } = streamText({
    model: model as never,
    prompt: 'The invoice: …',
    output,
    abortSignal: rest.signal,
  });
  for await (const _ of textStream) {
    rest.abort();
    return;
  }
}

function paced(parts: readonly StreamPart[]): ReadableStream<StreamPart> {
  let next = 0;
  return new ReadableStream<StreamPart>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const part = parts[next];
      next += 1;
      if (part === undefined) controller.close();
      else controller.enqueue(part);
    },
  });
}

import type { Run } from '../../context/run.ts';
import type { Deferred } from '../../effects/deferred.ts';
import { raced } from '../../effects/waiting.ts';
import type { GenerateResult, StreamPart } from '../../model/language-model.ts';
import { assembler } from '../../stream/assemble.ts';
import type { Outcome } from '../ends/outcome.ts';
import { metadataWith } from '../report/report.ts';

export interface Passage {
  /** Resolves with the whole answer. */
  readonly answered: Deferred<GenerateResult>;
  /** Resolves when it is judged. */
  readonly reported: Deferred<Outcome>;
  readonly notePart: (part: StreamPart) => void;
  /** Aborted when the reader leaves. */
  readonly left: AbortController;
}

/** The parts as they come; the last one when the answer is judged, with the report. */
export function passedOn(
  run: Run,
  stream: ReadableStream<StreamPart>,
  { answered, reported, notePart, left }: Passage,
): ReadableStream<StreamPart> {
  const reader = stream.getReader();
  const assembled = assembler();
  let hasFailed = false;
  const fail = (error: unknown) => {
    hasFailed = true;
    answered.reject(error);
  };
  return new ReadableStream<StreamPart>(
    {
      async pull(controller) {
        try {
          const { done, value: part } = await raced(reader.read(), { signal: run.abortSignal });
          if (done) {
            // Some providers send no finish; events still tell of the answer.
            if (assembled.isClosed()) answered.resolve(assembled.result());
            else fail(new Error('The stream ended without a finish.'));
            await reported.promise.catch(() => {});
            controller.close();
            return;
          }
          notePart(part);
          assembled.push(part);
          if (part.type === 'error') fail(part.error);
          if (part.type !== 'finish' || hasFailed) {
            controller.enqueue(part);
            return;
          }
          answered.resolve(assembled.result());
          const providerMetadata = await reported.promise.then(
            (outcome) => metadataWith(run, outcome),
            () => part.providerMetadata, // the caller left while it was judged
          );
          controller.enqueue(providerMetadata === undefined ? part : { ...part, providerMetadata });
        } catch (error) {
          fail(error);
          reader.cancel(error).catch(() => {});
          throw error;
        }
      },
      cancel(reason) {
        left.abort(reason);
        fail(reason);
        reader.cancel(reason).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}

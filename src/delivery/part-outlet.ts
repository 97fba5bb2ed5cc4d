import type { StreamPart } from '../model/language-model.ts';

/** A stream of parts that is written to from outside. */
export interface PartOutlet {
  readonly stream: ReadableStream<StreamPart>;
  readonly isCancelled: boolean;
  send(part: StreamPart): void;
  close(): void;
  /** Ends the stream the way an aborted provider stream ends. */
  fail(reason: unknown): void;
}

/** After it was cancelled nothing is sent any more. */
export function partOutlet(onCancel: (reason: unknown) => void): PartOutlet {
  let sink: ReadableStreamDefaultController<StreamPart> | undefined;
  let isCancelled = false;
  const stream = new ReadableStream<StreamPart>({
    start(controller) {
      sink = controller;
    },
    cancel(reason) {
      isCancelled = true;
      onCancel(reason);
    },
  });
  return {
    stream,
    get isCancelled() {
      return isCancelled;
    },
    send(part) {
      if (!isCancelled) sink?.enqueue(part);
    },
    close() {
      if (!isCancelled) sink?.close();
    },
    fail(reason) {
      if (!isCancelled) sink?.error(reason);
    },
  };
}

import type { StreamPart } from '../model/language-model.ts';

/** A stream of parts that other code writes to. */
export interface PartOutlet {
  readonly stream: ReadableStream<StreamPart>;
  send(part: StreamPart): void;
  /** Resolves when the reader wants more or has left; `undefined` if it already wants more. */
  ready(): Promise<void> | undefined;
  close(): void;
  /** Ends the stream the way an aborted provider stream ends. */
  fail(reason: unknown): void;
  /** The same, after everything that was sent has been read. */
  failWhenRead(reason: unknown): void;
}

/** Nothing is sent after the stream was cancelled. */
export function partOutlet(onCancel: (reason: unknown) => void): PartOutlet {
  let sink: ReadableStreamDefaultController<StreamPart> | undefined;
  let isCancelled = false;
  let waiting: (() => void)[] = [];
  const wake = () => {
    const awake = waiting;
    waiting = [];
    for (const resolve of awake) resolve();
  };
  const stream = new ReadableStream<StreamPart>({
    start(controller) {
      sink = controller;
    },
    pull: wake,
    cancel(reason) {
      isCancelled = true;
      wake();
      onCancel(reason);
    },
  });
  function ready(): Promise<void> | undefined {
    if (isCancelled || (sink?.desiredSize ?? 0) > 0) return undefined;
    return new Promise((resolve) => waiting.push(resolve));
  }
  return {
    stream,
    ready,
    send(part) {
      if (!isCancelled) sink?.enqueue(part);
    },
    close() {
      if (!isCancelled) sink?.close();
    },
    fail(reason) {
      if (!isCancelled) sink?.error(reason);
    },
    failWhenRead(reason) {
      void Promise.resolve(ready()).then(() => {
        if (!isCancelled) sink?.error(reason);
      });
    },
  };
}

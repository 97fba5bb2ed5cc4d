import { streamText } from 'ai';
import { withStagedRetry } from '../../../src/index.ts';
import type { CallOptions, StreamPart } from '../../../src/model/language-model.ts';
import { scriptedModel } from '../../../src/testing/index.ts';
import type { Scenario } from './scenario.ts';

/** What ends the call, and after how many moments of the provider or milliseconds. */
export interface Abort {
  readonly by: 'signal' | 'reason' | 'timer' | 'totalMs' | 'stepMs';
  readonly after: number;
}

/** How a call ends, as its caller sees it. */
export interface Ending {
  readonly callbacks: readonly string[];
  readonly text: string;
  readonly finishReason: string;
  readonly lastPart: string | undefined;
  /** Provider streams that were neither read to their end nor cancelled. */
  readonly leftOpen: number;
}

let models = 0;

export async function play(
  { answers, call, options }: Scenario,
  { by, after }: Abort,
  isBare: boolean,
): Promise<Ending> {
  const aborter = new AbortController();
  const open = new Set<object>();
  let moment = 0;
  let calls = 0;

  async function pass(signal: AbortSignal | undefined): Promise<void> {
    if (moment === after && by === 'signal') aborter.abort();
    if (moment === after && by === 'reason') aborter.abort(new RangeError('Enough.'));
    moment += 1;
    await new Promise((resolve) => setTimeout(resolve, moment % 3 === 0 ? 1 : 0));
    signal?.throwIfAborted();
  }

  function streamOf(parts: readonly StreamPart[], signal: AbortSignal | undefined): ReadableStream<StreamPart> {
    const left = [...parts];
    const end = () => void open.delete(left);
    open.add(left);
    return new ReadableStream<StreamPart>(
      {
        async pull(controller) {
          await pass(signal).catch((error: unknown) => {
            end();
            throw error;
          });
          const part = left.shift();
          if (part !== undefined) {
            controller.enqueue(part);
            return;
          }
          end();
          if (signal?.aborted !== true) controller.close();
        },
        cancel: end,
      },
      { highWaterMark: 0 },
    );
  }

  const scripted = scriptedModel(['x'], { modelId: `aborted-${models++}` });
  const model = {
    ...scripted,
    async doStream({ abortSignal }: CallOptions) {
      await pass(abortSignal);
      const parts = answers[Math.min(calls, answers.length - 1)] ?? [];
      calls += 1;
      return { stream: streamOf(parts, abortSignal) };
    },
  } as unknown as typeof scripted; // by structure

  const callbacks: string[] = [];
  const timer = by === 'timer' ? setTimeout(() => aborter.abort(), after) : undefined;
  const result = streamText({
    ...call,
    model: isBare ? model : withStagedRetry(model, options),
    prompt: 'Where?',
    maxRetries: 0,
    abortSignal: aborter.signal,
    ...(by === 'totalMs' || by === 'stepMs' ? { timeout: { [by]: 1 + after } } : {}),
    onAbort: () => void callbacks.push('abort'),
    onError: () => void callbacks.push('error'),
    onFinish: () => void callbacks.push('finish'),
  });
  let lastPart: string | undefined;
  for await (const { type } of result.fullStream) lastPart = type;
  const [text, finishReason] = await Promise.all([nameOf(result.text), nameOf(result.finishReason)]);
  clearTimeout(timer);
  // What was cancelled hears of it a little later.
  await new Promise((resolve) => setTimeout(resolve, 5));
  return { callbacks, text, finishReason, lastPart, leftOpen: open.size };
}

/** `resolved`, or the name of what a promise rejects with. */
function nameOf(promise: PromiseLike<unknown>): Promise<string> {
  return Promise.resolve(promise).then(
    () => 'resolved',
    (error: Error) => error.name,
  );
}

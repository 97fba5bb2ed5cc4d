import { isEmptyPlan } from '../checks/plan.ts';
import { deferred } from '../effects/deferred.ts';
import type { StreamPart, StreamResult, Warning } from '../model/language-model.ts';
import { partsOf } from '../stream/replay.ts';
import type { Outcome } from './climb.ts';
import { conduct } from './conduct.ts';
import { metadataWith, usageOf } from './report.ts';
import { type Run, type RunStart, startRun } from './run.ts';
import { rejectRepeated, rememberEmitted } from './stream-retries.ts';

/**
 * A run as a stream. It resolves as soon as the first provider call does, and rejects as long as none has; what goes
 * wrong later is an `error` part and a `finish`. Attempts are held inside the stream until one is accepted.
 */
export async function deliverStream(start: Omit<RunStart, 'type' | 'abortSignal'>): Promise<StreamResult> {
  const { params } = start;
  rejectRepeated(start);
  const opened = deferred<Omit<StreamResult, 'stream'> & Partial<StreamResult>>();
  const started = deferred<readonly Warning[]>();
  const lifetime = linkedController(params.abortSignal);
  const run = startRun({
    ...start,
    type: 'stream',
    // A stream that goes out as it is lives longer than the run.
    abortSignal: isEmptyPlan(start.plan) ? params.abortSignal : lifetime.controller.signal,
    onOpen: opened.resolve,
    onStart: started.resolve,
  });
  const outcome = conduct(run).finally(lifetime.unlink);
  outcome.then(
    () => opened.resolve({}),
    (error) => opened.reject(error),
  );
  outcome.catch(() => {}).finally(() => started.resolve([]));
  const { stream, ...first } = await opened.promise;
  if (run.passesStreams && stream !== undefined) return { ...first, stream };
  return { ...first, stream: judgedStream(run, outcome, started.promise, lifetime.controller) };
}

function linkedController(signal: AbortSignal | undefined): { controller: AbortController; unlink: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  if (signal?.aborted === true) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return { controller, unlink: () => signal?.removeEventListener('abort', abort) };
}

function judgedStream(
  run: Run,
  outcome: Promise<Outcome>,
  started: Promise<readonly Warning[]>,
  lifetime: AbortController,
): ReadableStream<StreamPart> {
  let isCancelled = false;
  let emitted: { error: unknown } | undefined;
  return new ReadableStream<StreamPart>({
    start(controller) {
      const send = (part: StreamPart) => {
        if (!isCancelled) controller.enqueue(part);
      };
      const pump = async () => {
        send({ type: 'stream-start', warnings: await started });
        try {
          sendOutcome(run, await outcome, send);
        } catch (error) {
          if (isCancelled) return;
          if (lifetime.signal.aborted) {
            controller.error(lifetime.signal.reason);
            return;
          }
          emitted = { error };
          send({ type: 'error', error });
          send({ type: 'finish', usage: run.state.usage, finishReason: { unified: 'error', raw: undefined } });
        }
        if (!isCancelled) controller.close();
      };
      void pump();
    },
    cancel(reason) {
      isCancelled = true;
      if (emitted !== undefined && reason === emitted.error) rememberEmitted(run, reason);
      lifetime.abort(reason);
    },
  });
}

function sendOutcome(run: Run, outcome: Outcome, send: (part: StreamPart) => void): void {
  const { result, parts } = outcome.candidate;
  for (const part of parts ?? partsOf(result, run.settings.effects.createId)) send(part);
  send({
    type: 'finish',
    usage: usageOf(run, outcome),
    finishReason: result.finishReason,
    providerMetadata: metadataWith(run, outcome),
  });
}

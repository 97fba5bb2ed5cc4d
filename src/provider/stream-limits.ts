import type { Run } from '../context/run.ts';
import { countdown } from '../effects/countdown.ts';
import { linkedController } from '../effects/linked-controller.ts';
import { timeoutError } from '../effects/waiting.ts';
import type { ReadLimits } from '../stream/read-stream.ts';

/** The time limits of one streamed call, from its request on. */
export interface StreamLimits extends ReadLimits {
  /** Aborted when the time is over, and with the run. */
  readonly signal: AbortSignal;
  /** Leaves no timer and no listener behind. */
  end(): void;
}

export function streamLimits({ settings, abortSignal }: Run): StreamLimits {
  const { effects, transport } = settings;
  const { callMs, firstChunkMs, chunkMs } = transport.timeout;
  const { controller, unlink } = linkedController(abortSignal);
  const limit = (ms: number | undefined, what: string) =>
    countdown(ms, effects, () => controller.abort(timeoutError(`${what} within ${ms} ms.`)));
  const call = limit(callMs, 'No answer');
  let silence = limit(firstChunkMs, 'No first chunk');
  function pause(): void {
    call.pause();
    silence.pause();
  }
  return {
    signal: controller.signal,
    takeOutput() {
      silence.pause();
      silence = limit(chunkMs, 'No further chunk');
    },
    pause,
    resume() {
      call.resume();
      silence.resume();
    },
    end() {
      pause();
      unlink();
    },
  };
}

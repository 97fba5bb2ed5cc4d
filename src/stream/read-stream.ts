import type { Effects } from '../effects/effects.ts';
import { raced, timeoutError } from '../effects/waiting.ts';
import type { StreamPart } from '../model/language-model.ts';

export interface ReadOptions {
  readonly signal: AbortSignal | undefined;
  readonly firstChunkMs?: number | undefined;
  readonly chunkMs?: number | undefined;
  readonly effects: Pick<Effects, 'after'>;
}

/**
 * Hands every part of a model's stream to `onPart`, and reads on when what it returns resolves. However it ends, the stream is cancelled unless it came to its own
 * end, and no timer or listener stays behind.
 *
 * Rejects with the signal's reason, with a `TimeoutError` when the model is silent for too long, or as the stream does.
 */
export async function readStream(
  stream: ReadableStream<StreamPart>,
  onPart: (part: StreamPart) => Promise<void> | undefined,
  { signal, firstChunkMs, chunkMs, effects }: ReadOptions,
): Promise<void> {
  const reader = stream.getReader();
  let interruption: { reason: unknown } | undefined;
  let cancelTimer = () => {};
  let hasBegun = false;
  const interrupt = (reason: unknown) => {
    interruption ??= { reason };
    // Cancelling ends a pending read, whatever the source does.
    reader.cancel(reason).catch(() => {});
  };
  const arm = (ms: number | undefined, what: string) => {
    cancelTimer();
    if (ms !== undefined) cancelTimer = effects.after(ms, () => interrupt(timeoutError(`${what} within ${ms} ms.`)));
  };
  const abort = () => interrupt(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  arm(firstChunkMs, 'No first chunk');
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (interruption !== undefined) throw interruption.reason;
      if (done) return;
      hasBegun ||= isOutput(value);
      if (chunkMs !== undefined && isOutput(value)) arm(chunkMs, 'No further chunk');
      else if (firstChunkMs !== undefined && isOutput(value)) cancelTimer();
      const room = onPart(value);
      if (room === undefined) continue;
      // Time spent waiting for a slow reader does not count against the provider.
      cancelTimer();
      await raced(room, { signal });
      if (hasBegun) arm(chunkMs, 'No further chunk');
      else arm(firstChunkMs, 'No first chunk');
    }
  } catch (error) {
    reader.cancel(error).catch(() => {});
    throw error;
  } finally {
    cancelTimer();
    signal?.removeEventListener('abort', abort);
  }
}

/** The parts that the SDK's own chunk timer counts as output. */
function isOutput(part: StreamPart): boolean {
  switch (part.type) {
    case 'text-delta':
    case 'reasoning-delta':
    case 'tool-input-delta':
      return part.delta !== '';
    case 'file':
    case 'reasoning-file':
    case 'tool-call':
      return true;
    default:
      return false;
  }
}

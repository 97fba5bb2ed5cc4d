import { raced } from '../effects/waiting.ts';
import type { StreamPart } from '../model/language-model.ts';

export interface ReadOptions {
  readonly signal: AbortSignal | undefined;
  readonly limits?: ReadLimits;
}

/** Limits in time, which abort the signal. */
export interface ReadLimits {
  /** Begins to wait for the next output. */
  takeOutput(): void;
  /** Time spent waiting for a slow reader does not count against the provider. */
  pause(): void;
  resume(): void;
}

/**
 * Hands every part of a model's stream to `onPart`, and reads on when what it returns resolves. However it ends, the
 * stream is cancelled unless it came to its own end, and no listener stays behind.
 *
 * Rejects with the signal's reason, or as the stream does.
 */
export async function readStream(
  stream: ReadableStream<StreamPart>,
  onPart: (part: StreamPart) => Promise<void> | undefined,
  { signal, limits }: ReadOptions,
): Promise<void> {
  const reader = stream.getReader();
  // Cancelling ends a pending read, whatever the source does.
  const abort = () => void reader.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return;
      if (isOutput(value)) limits?.takeOutput();
      const room = onPart(value);
      if (room === undefined) continue;
      limits?.pause();
      await raced(room, { signal });
      limits?.resume();
    }
  } catch (error) {
    reader.cancel(error).catch(() => {});
    throw error;
  } finally {
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

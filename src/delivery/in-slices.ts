import type { Effects } from '../effects/effects.ts';
import { sleep } from '../effects/waiting.ts';
import type { StreamPart } from '../model/language-model.ts';

/** How many characters are judged between two looks at the clock. */
const sliceLength = 4096;

/** How long the event loop stands still between two turns, in milliseconds, unless a slice takes longer. */
const turnMs = 12;

interface SliceOptions {
  readonly effects: Pick<Effects, 'after'>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Hands parts to `push`, and lets the event loop turn between slices of a long text, which may be in memory already and come
 * without a turn of its own. Returns a promise where it waits for a turn; it rejects as `push` throws, and with the signal's
 * reason.
 */
export function inSlices(
  push: (part: StreamPart) => void,
  { effects, signal }: SliceOptions,
): (part: StreamPart) => Promise<void> | undefined {
  let length = 0;
  let begun = 0;

  async function pushSlices(part: StreamPart, text: string): Promise<void> {
    for (let start = 0; start < text.length; start += length) {
      if (performance.now() - begun >= turnMs) {
        await sleep(0, effects, signal);
        begun = performance.now();
      }
      const slice = wholeCharacters(text.slice(start, start + sliceLength));
      length = slice.length;
      push({ ...part, delta: slice } as StreamPart); // a delta, as the given one
    }
  }

  return (part) => {
    const text = 'delta' in part && typeof part.delta === 'string' ? part.delta : '';
    length += text.length;
    if (length > sliceLength) return pushSlices(part, text);
    push(part);
    return undefined;
  };
}

/** Leaves the first half of a surrogate pair for the next slice. */
function wholeCharacters(text: string): string {
  return text.length === sliceLength && /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}

import { withTextInput } from '../answers/text-input.ts';
import { raced } from '../effects/waiting.ts';
import type { CallCost } from '../limits/limiter.ts';
import type { ContentPart, StreamPart } from '../model/language-model.ts';
import type { Usage } from '../trace/usage.ts';

/** What a provider call has used so far. Limiters hear about calls that broke off too. */
export interface Receipt {
  /** What the provider reported. */
  usage: Usage | undefined;
  /** The estimate that the limiters were given; absent without limiters. */
  readonly cost?: CallCost;
  /** The length of text, reasoning and tool inputs that the model wrote. */
  characters: number;
  /** The end of a stream that outlives the call. */
  ending: Promise<StreamEnding> | undefined;
  /** Settles when the limiters have been told about that stream. */
  settled?: Promise<void>;
}

export interface StreamEnding {
  readonly type: 'answered' | 'failed' | 'aborted';
  readonly error: unknown;
}

export function createReceipt(): Receipt {
  return { usage: undefined, characters: 0, ending: undefined };
}

export function notePart(receipt: Receipt, part: StreamPart): void {
  if ('delta' in part) receipt.characters += part.delta.length;
  else if (part.type === 'finish') receipt.usage = part.usage;
}

export function noteContent(receipt: Receipt, content: readonly ContentPart[]): void {
  for (const part of content) {
    if (part.type === 'text' || part.type === 'reasoning') receipt.characters += part.text.length;
    else if (part.type === 'tool-call') receipt.characters += withTextInput(part).input.length;
  }
}

/** The same stream; the receipt is updated while it is read, or until the signal is aborted. */
export function metered(
  stream: ReadableStream<StreamPart>,
  receipt: Receipt,
  signal?: AbortSignal,
): ReadableStream<StreamPart> {
  const reader = stream.getReader();
  let end: (ending: StreamEnding) => void = () => {};
  receipt.ending = new Promise((resolve) => {
    end = (ending) => {
      signal?.removeEventListener('abort', breakOff);
      resolve(ending);
    };
  });
  let failure: StreamEnding | undefined;
  const breakOff = () => {
    end(failure ?? { type: 'aborted', error: signal?.reason });
    reader.cancel(signal?.reason).catch(() => {});
  };
  if (signal?.aborted === true) breakOff();
  else signal?.addEventListener('abort', breakOff, { once: true });
  return new ReadableStream<StreamPart>(
    {
      async pull(controller) {
        try {
          const { done, value } = await raced(reader.read(), { signal });
          if (done) {
            end(failure ?? { type: 'answered', error: undefined });
            controller.close();
            return;
          }
          notePart(receipt, value);
          if (value.type === 'error') failure = { type: 'failed', error: value.error };
          controller.enqueue(value);
        } catch (error) {
          end({ type: 'failed', error });
          throw error;
        }
      },
      cancel(reason) {
        end(failure ?? { type: 'aborted', error: reason });
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

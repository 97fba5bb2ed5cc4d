import type { ProviderMetadata, StreamPart } from '../../model/language-model.ts';
import { type LiveText, liveText, type TextFormat } from './live-text.ts';
import { type PartQueue, partQueue } from './part-queue.ts';
import { isText, textMetadata, withMark, withSuffix } from './stream-parts.ts';

/** What goes out of a live stream before the answer is accepted. */
export interface LiveDelivery {
  readonly text: LiveText;
  /** Another answer begins: the one before was not accepted. The list takes every part of the new one. */
  beginAnswer(): readonly StreamPart[];
  /** Resolves when the reader wants more; `undefined` when it does. */
  ready(): Promise<void> | undefined;
  /** Takes the next part of an answer, and sends what need not wait. */
  take(part: StreamPart): void;
  /** The answer was aborted, or its stream broke: ends its reasoning, marked. */
  dropAnswer(why: 'aborted' | 'broken'): void;
  /** Sends the rest of the accepted answer. */
  deliver(accepted: AcceptedAnswer): void;
  /** Ends what is open, when no answer is accepted. */
  end(): void;
}

export interface AcceptedAnswer {
  readonly text: string;
  /** All its parts, as they are delivered. */
  readonly parts: readonly StreamPart[];
  /** The list that took its parts as they came, where it was streamed. */
  readonly taken: readonly StreamPart[] | undefined;
}

/** On what comes of more than one answer, or of one that was aborted: no provider would know its item ids. */
export const splicedMetadata: ProviderMetadata = { stagedRetry: { spliced: true } };

/** Where the parts go, and whether there is room for more. */
export interface LiveOutlet {
  readonly send: (part: StreamPart) => void;
  readonly ready: () => Promise<void> | undefined;
}

function discardedMark(discardedReasoning: number): ProviderMetadata | undefined {
  return discardedReasoning === 0 ? undefined : { stagedRetry: { discardedReasoning } };
}

export function liveDelivery(format: TextFormat, { send, ready }: LiveOutlet): LiveDelivery {
  let answers = 0;
  let taken: StreamPart[] = [];
  let queue: PartQueue | undefined;
  /** The text block that is open after the answer it came with was left. */
  let openText: string | undefined;
  let discardedReasoning = 0;
  let suffix = '';
  /** What is still released is the accepted text's, which may be written otherwise than the model wrote it. */
  let isComplete = false;

  const text = liveText(format, (delta, isAsWritten) => {
    if (queue?.isExact() === true && !isAsWritten) {
      queue.leaveText();
      openText ??= queue.openText();
    }
    if (queue?.isExact() === true && !isComplete) queue.release(delta);
    else append(delta);
  });

  /** Adds to the block that is open, or to a new one. */
  function append(delta: string): void {
    if (openText === undefined) {
      openText = queue?.textId() ?? 'text';
      send({ type: 'text-start', id: openText });
    }
    send({ type: 'text-delta', id: openText, delta });
  }

  function leaveAnswer(): void {
    openText ??= queue?.openText();
    discardedReasoning += queue?.dropReasoning(splicedMetadata) ?? 0;
    queue = undefined;
  }

  function endText(metadata: ProviderMetadata | undefined): void {
    if (openText === undefined) return;
    send({ type: 'text-end', id: openText, ...(metadata === undefined ? {} : { providerMetadata: metadata }) });
    openText = undefined;
  }

  return {
    text,
    ready,
    beginAnswer() {
      leaveAnswer();
      answers += 1;
      taken = [];
      suffix = answers > 1 ? `-${answers}` : '';
      queue = partQueue({ send, isExact: text.released() === '', suffix });
      return taken;
    },
    take(part) {
      if (part.type === 'response-metadata' || part.type === 'ping' || part.type === 'raw') {
        send(part);
        return;
      }
      if (part.type === 'stream-start' || part.type === 'finish') return;
      taken.push(part);
      queue?.take(part);
    },
    dropAnswer(why) {
      if (why === 'broken' && queue?.isInText() === true) text.breakOff();
      leaveAnswer();
    },
    deliver(accepted) {
      const isLatest = accepted.taken === taken && queue !== undefined;
      // What goes out is not what the model said last: what it thought led to something else.
      if (!isLatest) leaveAnswer();
      const isAsTaken = isLatest && accepted.parts === taken;
      const isOwn = isAsTaken && !text.isSpliced();
      const isEdited = isLatest && !isAsTaken && queue?.hasThought() === true;
      const mark = isEdited ? splicedMetadata : discardedMark(discardedReasoning);
      if (isOwn && queue?.isExact() === true) {
        queue?.flush(mark);
        return;
      }
      const hasReleased = text.released() !== '';
      openText ??= queue?.openText();
      isComplete = true;
      if (hasReleased) text.complete(accepted.text);
      if (hasReleased) endText(isOwn ? textMetadata(accepted.parts) : splicedMetadata);
      for (const part of accepted.parts) {
        if (isLatest && queue?.hasSent(part) === true) continue;
        if (hasReleased && isText(part)) continue;
        send(withMark(withSuffix(part, suffix), mark));
      }
    },
    end() {
      leaveAnswer();
      endText(text.isSpliced() ? splicedMetadata : undefined);
    },
  };
}

import type { ProviderMetadata, StreamPart } from '../../model/language-model.ts';
import { type LiveText, liveText, type TextFormat } from './live-text.ts';
import { type PartQueue, partQueue } from './part-queue.ts';
import { isReasoning, isText, missingEnds, textMetadata, textReached, withMark, withSuffix } from './stream-parts.ts';

/** Sends the parts of a live stream before the answer is accepted. */
export interface LiveDelivery {
  readonly text: LiveText;
  /** Begins the next answer, because the one before was not accepted. The result collects the parts of the new one. */
  beginAnswer(): readonly StreamPart[];
  /** Resolves when the reader wants more; `undefined` if it already does. */
  ready(): Promise<void> | undefined;
  /** Takes the next part of an answer, and sends what does not have to wait. */
  take(part: StreamPart): void;
  /**
   * Drops an answer that was aborted or whose stream broke. Its open reasoning ends with a mark. Of one whose stream
   * reported an error, the rest can still be delivered until another answer begins.
   */
  dropAnswer(why: 'aborted' | 'broken' | 'reported'): void;
  /** Sends the rest of the answer that goes out. */
  deliver(accepted: AcceptedAnswer): void;
  /** Closes the open blocks when no answer is accepted. */
  end(): void;
}

export interface AcceptedAnswer {
  readonly text: string;
  /** All its parts, as they are delivered. */
  readonly parts: readonly StreamPart[];
  /** The list that collected its parts, if it was streamed. */
  readonly taken: readonly StreamPart[] | undefined;
}

/** The mark of text from several answers, or from an aborted one: the provider does not know its item ids. */
export const splicedMetadata: ProviderMetadata = { stagedRetry: { spliced: true } };

/** Where the parts go, and whether the reader wants more. */
export interface LiveOutlet {
  readonly send: (part: StreamPart) => void;
  readonly ready: () => Promise<void> | undefined;
}

function discardedMark(discardedReasoning: number): ProviderMetadata | undefined {
  return discardedReasoning === 0 ? undefined : { stagedRetry: { discardedReasoning } };
}

export function liveDelivery(format: TextFormat, { send, ready }: LiveOutlet): LiveDelivery {
  const answers: { readonly taken: readonly StreamPart[]; readonly queue: PartQueue; readonly source: number }[] = [];
  let taken: StreamPart[] = [];
  let queue: PartQueue | undefined;
  /** The text block that stays open after its answer was dropped. */
  let openText: string | undefined;
  let discardedReasoning = 0;
  let suffix = '';
  /** The rest comes from the accepted text, which may differ from what the model wrote. */
  let isComplete = false;

  const text = liveText(format, (delta, isAsWritten) => {
    if (queue?.isExact() === true && !isAsWritten) {
      queue.leaveText(delta);
      openText ??= queue.openText();
    }
    if (queue?.isExact() === true && !isComplete) queue.release(delta);
    else append(delta);
  });

  /** Appends to the open block, or to a new one. */
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
    // Prose goes on in a block of its own, unless the answer broke off inside its text.
    if (format === 'prose' && queue?.isInText() === false) endText(splicedMetadata);
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
      taken = [];
      suffix = answers.length > 0 ? `-${answers.length + 1}` : '';
      queue = partQueue({ send, isExact: text.released() === '', suffix });
      answers.push({ taken, queue, source: text.next() });
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
      if (why !== 'aborted' && queue?.isInText() === true) text.breakOff();
      if (why !== 'reported') leaveAnswer();
    },
    deliver(accepted) {
      const isLatest = accepted.taken === taken && queue !== undefined;
      // The delivered answer is not the model's latest, so that the latest reasoning does not belong to it.
      if (!isLatest) leaveAnswer();
      const isAsTaken = isLatest && accepted.parts === taken;
      const isOwn = isAsTaken && !text.isContinued();
      const isEdited = isLatest && !isAsTaken && queue?.hasThought() === true;
      const mark = isEdited ? splicedMetadata : discardedMark(discardedReasoning);
      if (isOwn && queue?.isExact() === true) {
        queue?.flush(mark);
        return;
      }
      const hasReleased = text.released() !== '';
      // Beside a call of a tool, which contradicts nothing, an answer may have a text of its own.
      const goesOn = hasReleased && text.disagreement(accepted.text) === undefined;
      openText ??= queue?.openText();
      isComplete = true;
      const own = answers.find((answer) => answer.taken === accepted.taken);
      text.accept(own?.source ?? -1);
      // Blocks behind the one in which the text goes on stay behind what is between them, such as a call.
      const reached = textReached(accepted, goesOn ? text.reached(accepted.text) : 0);
      const later = new Set(goesOn ? reached.later : accepted.parts.filter(isText));
      if (goesOn) text.complete(reached.text);
      if (hasReleased) endText(isOwn && goesOn ? textMetadata(accepted.parts) : splicedMetadata);
      const unsent = own?.queue.unsent(accepted.parts) ?? accepted.parts;
      // A call goes back to the provider with the thoughts that led to it: after those of a later answer, they come again.
      const leadsToCall = !isLatest && unsent.some(({ type }) => type === 'tool-call');
      const rest = leadsToCall ? accepted.parts.filter((part) => isReasoning(part) || unsent.includes(part)) : unsent;
      for (const part of rest) if (!isText(part) || later.has(part)) send(withMark(withSuffix(part, suffix), mark));
      if (!isLatest) return;
      queue = undefined;
      const begun = accepted.parts.filter((part) => !isText(part) || later.has(part));
      for (const part of missingEnds(begun)) send(withSuffix(part, suffix));
    },
    end() {
      leaveAnswer();
      endText(text.isContinued() ? splicedMetadata : undefined);
    },
  };
}

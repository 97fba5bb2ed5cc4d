import type { ProviderMetadata, StreamPart } from '../model/language-model.ts';
import { type LiveText, liveText } from '../stream/live/live-text.ts';

/** What goes out of a live stream before the answer is accepted. */
export interface LiveDelivery {
  readonly text: LiveText;
  /** Sends what need not wait; whether the part is done with. */
  forward(part: StreamPart): boolean;
  /** Ends the reasoning that an aborted answer left open. */
  endReasoning(): void;
  /** Ends the text. */
  endText(providerMetadata: ProviderMetadata | undefined): void;
}

/** On the text of more than one answer: it replaces the item id of an answer that was aborted. */
export const splicedMetadata: ProviderMetadata = { stagedRetry: { spliced: true } };

export function liveDelivery(format: 'json' | 'text', send: (part: StreamPart) => void): LiveDelivery {
  let answers = 0;
  let latestText: { id: string; providerMetadata?: ProviderMetadata } = { id: 'text' };
  let openText: string | undefined;
  const openReasoning = new Set<string>();

  const text = liveText(format, (delta) => {
    if (openText === undefined) {
      openText = latestText.id;
      send({ type: 'text-start', ...latestText });
    }
    send({ type: 'text-delta', id: openText, delta });
  });

  /** A later answer may use the ids of an earlier one again. */
  function ownId(id: string): string {
    return answers > 1 ? `${id}-${answers}` : id;
  }

  return {
    text,
    forward(part) {
      switch (part.type) {
        case 'stream-start':
          answers += 1;
          return false;
        case 'text-start':
          latestText = {
            id: part.id,
            ...(part.providerMetadata === undefined ? {} : { providerMetadata: part.providerMetadata }),
          };
          return false;
        case 'reasoning-start':
          openReasoning.add(ownId(part.id));
          send({ ...part, id: ownId(part.id) });
          return true;
        case 'reasoning-delta':
          send({ ...part, id: ownId(part.id) });
          return true;
        case 'reasoning-end':
          openReasoning.delete(ownId(part.id));
          send({ ...part, id: ownId(part.id) });
          return true;
        case 'response-metadata':
        case 'ping':
        case 'raw':
          send(part);
          return true;
        default:
          return false;
      }
    },
    endReasoning() {
      for (const id of openReasoning) send({ type: 'reasoning-end', id });
      openReasoning.clear();
    },
    endText(providerMetadata) {
      if (openText === undefined) return;
      const metadata = text.isSpliced ? splicedMetadata : providerMetadata;
      send({ type: 'text-end', id: openText, ...(metadata === undefined ? {} : { providerMetadata: metadata }) });
      openText = undefined;
    },
  };
}

import type { ProviderMetadata, StreamPart } from '../../model/language-model.ts';
import { type LiveText, liveText } from './live-text.ts';

/** What goes out of a live stream before the answer is accepted. */
export interface LiveDelivery {
  readonly text: LiveText;
  /** Another answer begins: the one before was not accepted. */
  beginAnswer(): void;
  /** Sends what need not wait; whether the part is done with. */
  forward(part: StreamPart): boolean;
  /** The answer was not accepted, or broke off: ends its reasoning, marked. */
  dropAnswer(): void;
  /** The answer was accepted: ends its reasoning as the model did. */
  acceptAnswer(): void;
  /** Ends the text. */
  endText(providerMetadata: ProviderMetadata | undefined): void;
}

/** On what comes of more than one answer, or of one that was aborted: no provider would know its item ids. */
export const splicedMetadata: ProviderMetadata = { stagedRetry: { spliced: true } };

export function liveDelivery(format: 'json' | 'text', send: (part: StreamPart) => void): LiveDelivery {
  let answers = 0;
  let latestText: { id: string; providerMetadata?: ProviderMetadata } = { id: 'text' };
  let openText: string | undefined;
  /** Reasoning goes out as it comes; how it ends shows when the answer is accepted or not. */
  const reasoningEnds = new Map<string, StreamPart>();

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

  function dropAnswer(): void {
    for (const id of reasoningEnds.keys()) send({ type: 'reasoning-end', id, providerMetadata: splicedMetadata });
    reasoningEnds.clear();
  }

  return {
    text,
    beginAnswer() {
      dropAnswer();
      answers += 1;
    },
    forward(part) {
      switch (part.type) {
        case 'text-start': {
          const { id, providerMetadata } = part;
          latestText = { id, ...(providerMetadata === undefined ? {} : { providerMetadata }) };
          return false;
        }
        case 'reasoning-start':
          reasoningEnds.set(ownId(part.id), { type: 'reasoning-end', id: ownId(part.id) });
          send({ ...part, id: ownId(part.id) });
          return true;
        case 'reasoning-delta':
          send({ ...part, id: ownId(part.id) });
          return true;
        case 'reasoning-end':
          reasoningEnds.set(ownId(part.id), { ...part, id: ownId(part.id) });
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
    dropAnswer,
    acceptAnswer() {
      for (const end of reasoningEnds.values()) send(end);
      reasoningEnds.clear();
    },
    endText(providerMetadata) {
      if (openText === undefined) return;
      const metadata = text.isSpliced ? splicedMetadata : providerMetadata;
      send({ type: 'text-end', id: openText, ...(metadata === undefined ? {} : { providerMetadata: metadata }) });
      openText = undefined;
    },
  };
}

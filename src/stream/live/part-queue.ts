import type { ProviderMetadata, StreamPart } from '../../model/language-model.ts';
import { isReasoning, withMark, withSuffix } from './stream-parts.ts';

/** The waiting parts of one answer, in order of arrival. */
export interface PartQueue {
  /** Whether the released text is exactly this answer's text. */
  isExact(): boolean;
  /** From now on the released text differs from this answer's; it continues in the open block. */
  leaveText(): void;
  /** The id of the answer's latest text block. */
  textId(): string | undefined;
  /** The id of the text block that was started and not ended. */
  openText(): string | undefined;
  /** Whether the latest part belongs to a text block that has not ended. */
  isInText(): boolean;
  take(part: StreamPart): void;
  /** Sends the next characters of the text, and the parts before them. */
  release(delta: string): void;
  /** Sends all remaining parts as they came. */
  flush(mark: ProviderMetadata | undefined): void;
  /** Ends open reasoning with a mark; returns how many reasoning parts were sent. */
  dropReasoning(metadata: ProviderMetadata): number;
  /** Whether reasoning was sent. */
  hasThought(): boolean;
  /** Whether a part was sent already. Reasoning and parts before released text are. */
  hasSent(part: StreamPart): boolean;
}

export interface PartQueueOptions {
  readonly isExact: boolean;
  /** Distinguishes the ids of this answer's blocks from those of earlier ones. */
  readonly suffix: string;
  readonly send: (part: StreamPart) => void;
}

interface TextBlock {
  readonly start: Extract<
    StreamPart,
    { readonly type: 'text-start' | 'text-end' | 'reasoning-start' | 'reasoning-end' }
  >;
  readonly deltas: string[];
  length: number;
  /** How many characters were sent or skipped. */
  sent: number;
  hasStarted: boolean;
  hasEnded: boolean;
  end: TextBlock['start'] | undefined;
  /** Metadata that came with a delta, such as Gemini's thought signature. */
  metadata: ProviderMetadata | undefined;
}

type Item = StreamPart | TextBlock;

export function partQueue({ isExact: isOwn, suffix, send: sendPart }: PartQueueOptions): PartQueue {
  let isExact = isOwn;
  const items: Item[] = [];
  const blocks = new Map<string, TextBlock>();
  const sent = new Set<StreamPart>();
  const sentReasoning = new Set<string>();
  const openReasoning = new Set<string>();
  let head = 0;
  let hasReleased = false;
  let latest: TextBlock | undefined;

  function send(part: StreamPart): void {
    sent.add(part);
    if (isReasoning(part) && 'id' in part) {
      sentReasoning.add(`${part.type}:${part.id}`);
      if (part.type === 'reasoning-start') openReasoning.add(part.id);
      if (part.type === 'reasoning-end') openReasoning.delete(part.id);
    }
    sendPart(withSuffix(part, suffix));
  }

  /** Sends what does not have to wait: reasoning, and the end of text that was sent completely. */
  function advance(): void {
    for (; head < items.length; head += 1) {
      const item = items[head] as Item;
      if (isBlock(item)) {
        if (isExact && !endIfWhole(item)) return;
      } else if (isReasoning(item)) {
        send(item);
      } else {
        return;
      }
    }
  }

  function endIfWhole(block: TextBlock): boolean {
    if (block.end === undefined || !block.hasStarted || block.sent < block.length) return false;
    if (!block.hasEnded) end(block, block.end);
    return true;
  }

  /** Ends a block with its last metadata. */
  function end(block: TextBlock, part: TextBlock['start'], mark?: ProviderMetadata): void {
    sent.add(part);
    const { providerMetadata = block.metadata } = part;
    send(withMark(providerMetadata === undefined ? part : { ...part, providerMetadata }, mark));
    block.hasEnded = true;
  }

  /** The block that the next character belongs to. Sends everything before it. */
  function nextBlock(): TextBlock | undefined {
    for (; head < items.length; head += 1) {
      const item = items[head] as Item;
      if (!isBlock(item)) send(item);
      else if (item.sent < item.length) return item;
      else if (item.hasStarted && item.end !== undefined) endIfWhole(item);
      else if (item.end === undefined) return undefined;
    }
    return undefined;
  }

  function start(block: TextBlock, mark?: ProviderMetadata): void {
    if (block.hasStarted) return;
    block.hasStarted = true;
    send(withMark(block.start, mark));
  }

  function sendDelta(block: TextBlock, delta: string): void {
    const { id } = block.start;
    send({ type: 'text-delta', id, delta });
    block.sent += delta.length;
  }

  return {
    isExact: () => isExact,
    leaveText() {
      const block = nextBlock();
      if (block !== undefined) start(block);
      isExact = false;
      advance();
    },
    textId: () => (latest === undefined ? undefined : `${latest.start.id}${suffix}`),
    openText() {
      const open = [...blocks.values()].find(({ hasStarted, hasEnded }) => hasStarted && !hasEnded);
      return open === undefined ? undefined : `${open.start.id}${suffix}`;
    },
    isInText: () => latest !== undefined && latest.end === undefined && items.at(-1) === latest,
    take(part) {
      switch (part.type) {
        case 'text-start':
          latest = newBlock(part);
          blocks.set(part.id, latest);
          items.push(latest);
          break;
        case 'text-delta': {
          const block = blocks.get(part.id);
          block?.deltas.push(part.delta);
          if (block !== undefined) block.length += part.delta.length;
          if (block !== undefined && part.providerMetadata !== undefined) block.metadata = part.providerMetadata;
          break;
        }
        case 'text-end': {
          const block = blocks.get(part.id);
          if (block !== undefined) block.end = part;
          break;
        }
        default:
          items.push(part);
      }
      advance();
    },
    release(delta) {
      let rest = delta;
      for (let block = nextBlock(); block !== undefined && rest !== ''; block = nextBlock()) {
        // The opening of a fence, or a byte order mark, precedes the first released character.
        const skipped = hasReleased ? 0 : block.deltas.join('').slice(block.sent).indexOf(rest.charAt(0));
        if (skipped === -1) {
          block.sent = block.length;
          continue;
        }
        hasReleased = true;
        block.sent += skipped;
        start(block);
        const piece = rest.slice(0, block.length - block.sent);
        sendDelta(block, piece);
        rest = rest.slice(piece.length);
      }
      advance();
    },
    flush(mark) {
      for (; head < items.length; head += 1) {
        const item = items[head] as Item;
        if (!isBlock(item)) {
          send(withMark(item, mark));
          continue;
        }
        start(item, mark);
        let position = 0;
        for (const delta of item.deltas) {
          const rest = delta.slice(Math.max(0, item.sent - position));
          position += delta.length;
          if (rest !== '') sendDelta(item, rest);
        }
        if (item.end !== undefined && !item.hasEnded) end(item, item.end, mark);
        item.hasEnded = true;
      }
    },
    dropReasoning(metadata) {
      for (const id of [...openReasoning]) send({ type: 'reasoning-end', id, providerMetadata: metadata });
      return [...sentReasoning].filter((key) => key.startsWith('reasoning-start:')).length;
    },
    hasThought: () => sentReasoning.size > 0,
    hasSent(part) {
      if (isReasoning(part) && 'id' in part) return sentReasoning.has(`${part.type}:${part.id}`);
      return sent.has(part);
    },
  };
}

function newBlock(start: TextBlock['start']): TextBlock {
  const nothingSent = { length: 0, sent: 0, hasStarted: false, hasEnded: false };
  return { start, deltas: [], ...nothingSent, end: undefined, metadata: undefined };
}

function isBlock(item: Item): item is TextBlock {
  return 'deltas' in item;
}

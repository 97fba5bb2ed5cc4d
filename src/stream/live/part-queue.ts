import type { ProviderMetadata, StreamPart } from '../../model/language-model.ts';
import { isReasoning, withMark, withSuffix } from './stream-parts.ts';

/** The parts of one answer that wait, in the order they came. */
export interface PartQueue {
  /** Whether released text is this answer's own, character by character. */
  isExact(): boolean;
  /** What is released from now on is not, and goes on in the block that is open. */
  leaveText(): void;
  /** The id of the answer's latest text block. */
  textId(): string | undefined;
  /** The text block that has begun to go out and has not ended. */
  openText(): string | undefined;
  /** Whether the latest that came is a text block that has not ended. */
  isInText(): boolean;
  take(part: StreamPart): void;
  /** Sends the next characters of the text, and what stands before them. */
  release(delta: string): void;
  /** Sends all the rest as it came. */
  flush(mark: ProviderMetadata | undefined): void;
  /** Ends reasoning that is open, with a mark; how many reasoning parts went out. */
  dropReasoning(metadata: ProviderMetadata): number;
  /** Whether reasoning went out. */
  hasThought(): boolean;
  /** Whether a part went out already: reasoning does, and what stands before released text. */
  hasSent(part: StreamPart): boolean;
}

export interface PartQueueOptions {
  readonly isExact: boolean;
  /** Tells the ids of this answer's blocks from those of earlier ones. */
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
  /** How many characters went out, or were passed over. */
  sent: number;
  hasStarted: boolean;
  hasEnded: boolean;
  end: TextBlock['start'] | undefined;
  /** What the provider said of the text with one of its deltas, as Gemini's signature of a thought. */
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

  /** Sends what need not wait: reasoning, and the end of text that went out whole. */
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

  /** The end of a block says the last that was said of it. */
  function end(block: TextBlock, part: TextBlock['start'], mark?: ProviderMetadata): void {
    sent.add(part);
    const { providerMetadata = block.metadata } = part;
    send(withMark(providerMetadata === undefined ? part : { ...part, providerMetadata }, mark));
    block.hasEnded = true;
  }

  /** The block that the next character is to go to; all before it goes out. */
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
        // The opening of a fence, or a byte order mark, stands before the first character that goes out.
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

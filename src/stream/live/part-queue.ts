import type { ProviderMetadata, StreamPart } from '../../model/language-model.ts';
import { isReasoning, isText, withMark, withSuffix } from './stream-parts.ts';

/** The waiting parts of one answer, in order of arrival. */
export interface PartQueue {
  /** Whether the released text is exactly this answer's text. */
  isExact(): boolean;
  /** From now on the released text, of which these are the next characters, differs from this answer's; it continues in the open block. */
  leaveText(delta: string): void;
  /** The id of the answer's latest text block. */
  textId(): string | undefined;
  /** The id of the text block that was started and not ended; the latest, if there are several. */
  openText(): string | undefined;
  /** Whether the latest part belongs to a text block that has not ended. */
  isInText(): boolean;
  take(part: StreamPart): void;
  /** Sends the next characters of the text, and the parts before them. */
  release(delta: string): void;
  /** Sends all remaining parts as they came. */
  flush(mark: ProviderMetadata | undefined): void;
  /** Ends open reasoning with a mark; returns how many reasoning blocks were sent. */
  dropReasoning(metadata: ProviderMetadata): number;
  /** Whether reasoning was sent. */
  hasThought(): boolean;
  /** Of the answer's parts, as they are delivered, the text and what was not sent: all but text is sent in its order. */
  unsent(parts: readonly StreamPart[]): readonly StreamPart[];
}

export interface PartQueueOptions {
  readonly isExact: boolean;
  /** Distinguishes the ids of this answer's blocks from those of earlier ones. */
  readonly suffix: string;
  readonly send: (part: StreamPart) => void;
}

interface TextBlock {
  readonly start: BlockEdge;
  /** Whether characters of it were left out. */
  isCut: boolean;
}

type BlockEdge = Extract<
  StreamPart,
  { readonly type: 'text-start' | 'text-end' | 'reasoning-start' | 'reasoning-end' }
>;

type Delta = Extract<StreamPart, { readonly type: 'text-delta' | 'reasoning-delta' }>;

interface Item {
  readonly part: StreamPart;
  /** The block that a part of the text belongs to. */
  readonly block: TextBlock | undefined;
}

export function partQueue({ isExact: isOwn, suffix, send: sendPart }: PartQueueOptions): PartQueue {
  let isExact = isOwn;
  const items: Item[] = [];
  const blocks = new Map<string, TextBlock>();
  /** Blocks that begin before what is sent next. */
  let begun: TextBlock[] = [];
  const openTexts = new Set<string>();
  const openReasoning = new Set<string>();
  let head = 0;
  /** How many characters of the delta at the head were sent or left out. */
  let taken = 0;
  let hasReleased = false;
  /** What is sent at once of a block, as one delta: a piece of a number is another number. */
  let joined: Delta | undefined;
  let isJoining = false;
  let latest: TextBlock | undefined;
  /** How many parts that are no text were sent, and how many of them began a reasoning block. */
  let others = 0;
  let thoughts = 0;

  function send(part: StreamPart, mark?: ProviderMetadata): void {
    start(mark);
    if (isJoining && part.type === 'text-delta' && part.id === (joined?.id ?? part.id)) {
      joined = joined === undefined ? part : { ...joined, ...part, delta: joined.delta + part.delta };
      return;
    }
    sendJoined();
    if (!isText(part)) others += 1;
    if (part.type === 'reasoning-start') {
      thoughts += 1;
      openReasoning.add(part.id);
    }
    if (part.type === 'reasoning-end') openReasoning.delete(part.id);
    sendPart(withSuffix(withMark(part, mark), suffix));
  }

  function sendJoined(): void {
    if (joined === undefined) return;
    sendPart(withSuffix(joined, suffix));
    joined = undefined;
  }

  function start(mark?: ProviderMetadata): void {
    const starting = begun;
    begun = [];
    for (const block of starting) {
      openTexts.add(block.start.id);
      send(block.start, mark);
    }
  }

  /** Sends what is left of the part at the head. A block of which nothing is shown is not begun. */
  function pass({ part, block }: Item, mark?: ProviderMetadata): void {
    const rest = part.type === 'text-delta' ? { ...part, delta: part.delta.slice(taken) } : part;
    head += 1;
    taken = 0;
    if (block !== undefined && part.type === 'text-start') {
      begun.push(block);
    } else if (block?.isCut === true && part.type === 'text-end' && begun.includes(block)) {
      begun = begun.filter((other) => other !== block);
    } else if (!isEmpty(rest) || 'providerMetadata' in rest) {
      send(rest, mark);
      if (rest.type === 'text-end') openTexts.delete(rest.id);
    }
  }

  /** Sends what does not have to wait: reasoning, and the end of text that was sent completely. */
  function advance(): void {
    for (let item = items[head]; item !== undefined; item = items[head]) {
      if (!isExact && item.block !== undefined) head += 1;
      else if (isReasoning(item.part) || isEmpty(item.part) || mayEnd(item.part)) pass(item);
      else return;
    }
  }

  /**
   * The end of a text waits for what comes after it: another answer may go on in the block, and what the provider says of
   * the text with its end does not hold if the answer is not accepted.
   */
  function mayEnd({ type }: StreamPart): boolean {
    const next = items[head + 1];
    return type === 'text-end' && next !== undefined && isReasoning(next.part);
  }

  /** The white space before the first character that is released, unless something else stands there too. */
  function blankBefore(character: string): string {
    let before = '';
    for (const { part } of items.slice(head)) {
      if (part.type !== 'text-delta') continue;
      const at = part.delta.indexOf(character);
      before += at === -1 ? part.delta : part.delta.slice(0, at);
      if (at !== -1) break;
    }
    return /^[ \n\r\t]*$/.test(before) ? before : '';
  }

  /**
   * Sends the parts before the next characters. Before the first of all, other characters are left out: the opening of a
   * fence, or a byte order mark.
   */
  function passBefore(text: string): void {
    for (let item = items[head]; item !== undefined; item = items[head]) {
      const { part, block } = item;
      if (block === undefined || !isCharacters(part)) {
        pass(item);
      } else if (hasReleased || part.delta.includes(text.charAt(0))) {
        return;
      } else {
        block.isCut = true;
        head += 1;
      }
    }
  }

  /** Sends the next of these characters; returns the rest of them. */
  function releaseNext(text: string): string {
    passBefore(text);
    const item = items[head];
    if (item === undefined || !isCharacters(item.part)) return '';
    const { part } = item;
    if (!hasReleased) taken += part.delta.indexOf(text.charAt(0));
    hasReleased = true;
    const piece = text.slice(0, part.delta.length - taken);
    if (taken + piece.length === part.delta.length) {
      pass(item);
    } else {
      taken += piece.length;
      send({ type: 'text-delta', id: part.id, delta: piece });
    }
    return text.slice(piece.length);
  }

  return {
    isExact: () => isExact,
    leaveText(delta) {
      passBefore(delta);
      start();
      isExact = false;
      advance();
    },
    textId: () => (latest === undefined ? undefined : `${latest.start.id}${suffix}`),
    openText() {
      const open = [...openTexts].at(-1);
      return open === undefined ? undefined : `${open}${suffix}`;
    },
    isInText() {
      const { part, block } = items.at(-1) ?? {};
      return block !== undefined && part?.type !== 'text-end';
    },
    take(part) {
      if (part.type === 'text-start') {
        latest = { start: part, isCut: false };
        blocks.set(part.id, latest);
      }
      const block = isText(part) && 'id' in part ? blocks.get(String(part.id)) : undefined;
      if (block === undefined && isText(part)) return;
      items.push({ part, block });
      advance();
    },
    release(delta) {
      isJoining = true;
      let rest = hasReleased ? delta : `${blankBefore(delta.charAt(0))}${delta}`;
      while (rest !== '') rest = releaseNext(rest);
      sendJoined();
      isJoining = false;
      advance();
    },
    flush(mark) {
      isJoining = hasReleased;
      for (let item = items[head]; item !== undefined; item = items[head]) pass(item, mark);
      sendJoined();
      start(mark);
    },
    dropReasoning(metadata) {
      const open = [...openReasoning];
      for (const id of open) send({ type: 'reasoning-end', id, providerMetadata: metadata });
      others -= open.length; // They are no parts of the answer.
      return thoughts;
    },
    hasThought: () => thoughts > 0,
    unsent(parts) {
      let left = others;
      return parts.filter((part) => isText(part) || left-- <= 0);
    },
  };
}

function isCharacters(part: StreamPart): part is Delta {
  return part.type === 'text-delta' && part.delta !== '';
}

function isEmpty(part: StreamPart): boolean {
  return part.type === 'text-delta' && part.delta === '';
}

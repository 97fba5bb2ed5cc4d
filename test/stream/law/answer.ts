import type { ContentPart, StreamPart } from '../../../src/model/language-model.ts';
import type { Random } from '../../faults/simulation/random.ts';
import { failsWith } from '../../fixtures.ts';

/** What a model gives to one call, in one piece and as a stream. */
export interface Answer {
  readonly content: readonly ContentPart[];
  readonly finishReason: string;
  /** Whether the stream ends without a `finish`, after which the SDK calls the finish reason `other`. */
  readonly isFinishless?: boolean;
  /** How the connection breaks, if it does. */
  readonly breaks?: Break | undefined;
}

/** Before the stream opens, with an error part, an error of the stream, or an end in the middle of a block. */
export type Break = 'closed' | 'error' | 'throw' | 'end';

/** How a provider cuts its answers into parts. */
export interface Cutting {
  /** The length of the next piece. */
  readonly length: () => number;
  /** Whether each block has the same id as the one before. */
  readonly reusesIds: boolean;
  readonly streamsInputs: boolean;
  /** Whether reasoning ends behind the source or file after it. */
  readonly interleaves: boolean;
}

export const providerFailure = failsWith(503);

/** The parts of an answer up to where it breaks. */
export function partsOf({ content, finishReason, isFinishless, breaks }: Answer, cutting: Cutting): StreamPart[] {
  const blocks = content.map((part, index) => partsOfContent(part, index, cutting));
  const parts = (cutting.interleaves ? interleaved(blocks) : blocks).flat();
  const start: StreamPart = { type: 'stream-start', warnings: [] };
  if (breaks !== undefined) {
    const last = parts.findLast(({ type }) => type.endsWith('-end'));
    const left = parts.filter((part) => part !== last);
    return [start, ...left, ...(breaks === 'error' ? [{ type: 'error', error: providerFailure } as const] : [])];
  }
  if (isFinishless === true) return [start, ...parts];
  return [start, ...parts, { type: 'finish', usage, finishReason: { unified: finishReason, raw: undefined } }];
}

function partsOfContent(part: ContentPart, index: number, { length, reusesIds, streamsInputs }: Cutting): StreamPart[] {
  switch (part.type) {
    case 'text':
    case 'reasoning': {
      const { type, text, providerMetadata } = part;
      const id = reusesIds ? `${type}-0` : String(index);
      const deltas = pieces(text, length).map((delta): StreamPart => ({ type: `${type}-delta`, id, delta }));
      const metadata = providerMetadata === undefined ? {} : { providerMetadata };
      return [{ type: `${type}-start`, id }, ...deltas, { type: `${type}-end`, id, ...metadata }];
    }
    case 'tool-call': {
      if (!streamsInputs) return [part];
      const { toolCallId: id, toolName, input } = part;
      const deltas = pieces(input, length).map((delta): StreamPart => ({ type: 'tool-input-delta', id, delta }));
      return [{ type: 'tool-input-start', id, toolName }, ...deltas, { type: 'tool-input-end', id }, part];
    }
    default:
      return [part];
  }
}

/** Reasoning goes on behind a part that is no block. */
function interleaved(blocks: readonly StreamPart[][]): StreamPart[][] {
  return blocks.map((block, index) => {
    const [before, after] = [blocks[index - 1] ?? [], blocks[index + 1] ?? []];
    if (block[0]?.type === 'reasoning-start' && after.length === 1) return block.slice(0, 2);
    return before[0]?.type === 'reasoning-start' && block.length === 1 ? [...block, ...before.slice(2)] : block;
  });
}

function pieces(text: string, length: () => number): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const piece = text.slice(at, at + length());
    found.push(piece);
    at += piece.length;
  }
  return found;
}

const usage = {
  inputTokens: { total: 1, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: undefined, reasoning: undefined },
};

/** The text in one block or two, with what else a model sends before, between and after. */
export function withOthers(text: string, random: Random): ContentPart[] {
  const at = random.chance(0.2) ? random.between(1, Math.max(1, text.length - 1)) : text.length;
  const texts = [text.slice(0, at), text.slice(at)].filter((half, index) => index === 0 || half !== '');
  const metadata = random.chance(0.3)
    ? { providerMetadata: { other: { itemId: `msg_${random.between(1, 99)}` } } }
    : {};
  const others = (probability: number) => (random.chance(probability) ? [random.pick(otherParts)(random)] : []);
  return [
    ...others(0.25),
    ...texts.flatMap((half, index): ContentPart[] => [
      ...(index === 0 ? [] : others(0.5)),
      { type: 'text', text: half, ...metadata },
    ]),
    ...others(0.15),
  ];
}

const otherParts: readonly ((random: Random) => ContentPart)[] = [
  (random) => ({ type: 'reasoning', text: `Let me see: ${random.between(1, 999)}.` }),
  (random) => ({ type: 'reasoning', text: `So it is ${random.between(1, 999)}.` }),
  (random) => ({ type: 'source', sourceType: 'url', id: `s${random.between(1, 999)}`, url: 'https://a.test' }),
  (random) => ({
    type: 'file',
    mediaType: 'text/plain',
    data: { type: 'data', data: btoa(`file ${random.between(100, 999)}`) },
  }),
];

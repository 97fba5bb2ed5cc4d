import type {
  ContentPart,
  FinishReason,
  GenerateResult,
  ProviderMetadata,
  StreamPart,
  Warning,
} from '../model/language-model.ts';
import type { Usage } from '../trace/usage.ts';
import { noUsage } from '../trace/usage.ts';

interface Block {
  type: 'text' | 'reasoning';
  isOpen: boolean;
  pieces: string[];
  providerMetadata: ProviderMetadata | undefined;
}

/** Assembles a stream's parts into the result that the same answer would have been without streaming. */
export interface Assembler {
  hasFinished(): boolean;
  /** Whether something was said, and every block and call that began has ended. */
  isClosed(): boolean;
  /** How many characters the model has written: text, reasoning and tool inputs. */
  characters(): number;
  push(part: StreamPart): void;
  /** The answer so far. A tool call that has not ended has the input so far, or is left out. */
  result(options?: { readonly leavesOutOpenCalls?: boolean }): GenerateResult;
}

export function assembler(): Assembler {
  const items: (Block | ContentPart)[] = [];
  const open = new Map<string, Block>();
  const openCalls = new Map<string, { toolName: string; pieces: string[] }>();
  let characters = 0;
  let warnings: readonly Warning[] = [];
  let response: Record<string, unknown> | undefined;
  let finish: { usage: Usage; finishReason: FinishReason; providerMetadata?: ProviderMetadata | undefined } | undefined;

  return {
    hasFinished: () => finish !== undefined,
    isClosed() {
      const isOpen = openCalls.size > 0 || items.some((item) => 'pieces' in item && item.isOpen);
      return !isOpen && (characters > 0 || items.some(({ type }) => type === 'tool-call' || type === 'file'));
    },
    characters: () => characters,

    push(part: StreamPart): void {
      if ('delta' in part) characters += part.delta.length;
      switch (part.type) {
        case 'stream-start':
          warnings = part.warnings;
          return;
        case 'response-metadata': {
          const { type: _, ...metadata } = part;
          response = { ...response, ...metadata };
          return;
        }
        case 'text-start':
        case 'reasoning-start': {
          const type = part.type === 'text-start' ? 'text' : 'reasoning';
          const block: Block = { type, isOpen: true, pieces: [], providerMetadata: part.providerMetadata };
          open.set(`${type}:${part.id}`, block);
          items.push(block);
          return;
        }
        case 'text-delta':
        case 'reasoning-delta': {
          const block = open.get(`${part.type === 'text-delta' ? 'text' : 'reasoning'}:${part.id}`);
          block?.pieces.push(part.delta);
          if (block !== undefined && part.providerMetadata !== undefined)
            block.providerMetadata = part.providerMetadata;
          return;
        }
        case 'text-end':
        case 'reasoning-end': {
          const block = open.get(`${part.type === 'text-end' ? 'text' : 'reasoning'}:${part.id}`);
          if (block === undefined) return;
          block.isOpen = false;
          if (part.providerMetadata !== undefined) block.providerMetadata = part.providerMetadata;
          return;
        }
        case 'finish':
          finish = part;
          return;
        case 'tool-input-start':
          openCalls.set(part.id, { toolName: part.toolName, pieces: [] });
          return;
        case 'tool-input-delta':
          openCalls.get(part.id)?.pieces.push(part.delta);
          return;
        case 'tool-call':
          openCalls.delete(part.toolCallId);
          items.push(part);
          return;
        case 'tool-input-end':
        case 'ping':
        case 'raw':
        case 'error':
          return;
        default:
          items.push(part);
      }
    },

    result({ leavesOutOpenCalls = finish !== undefined } = {}): GenerateResult {
      return {
        content: [
          ...items.map((item) => ('pieces' in item ? toContent(item) : item)),
          ...(leavesOutOpenCalls ? [] : [...openCalls].map(toOpenCall)),
        ],
        finishReason: finish?.finishReason ?? { unified: 'other', raw: undefined },
        usage: finish?.usage ?? noUsage,
        warnings,
        ...(finish?.providerMetadata === undefined ? {} : { providerMetadata: finish.providerMetadata }),
        ...(response === undefined ? {} : { response }),
      };
    },
  };
}

function toOpenCall([toolCallId, { toolName, pieces }]: [string, { toolName: string; pieces: string[] }]): ContentPart {
  return { type: 'tool-call', toolCallId, toolName, input: pieces.join('') };
}

function toContent({ type, pieces, providerMetadata }: Block): ContentPart {
  return { type, text: pieces.join(''), ...(providerMetadata === undefined ? {} : { providerMetadata }) };
}

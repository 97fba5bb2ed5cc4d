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
  pieces: string[];
  providerMetadata: ProviderMetadata | undefined;
}

/** Builds from a stream's parts what the same answer would have been unstreamed. */
export function assembler() {
  const items: (Block | ContentPart)[] = [];
  const open = new Map<string, Block>();
  let warnings: readonly Warning[] = [];
  let response: Record<string, unknown> | undefined;
  let finish: { usage: Usage; finishReason: FinishReason; providerMetadata?: ProviderMetadata | undefined } | undefined;

  return {
    get hasFinished(): boolean {
      return finish !== undefined;
    },

    push(part: StreamPart): void {
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
          const block: Block = { type, pieces: [], providerMetadata: part.providerMetadata };
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
          if (block !== undefined && part.providerMetadata !== undefined)
            block.providerMetadata = part.providerMetadata;
          return;
        }
        case 'finish':
          finish = part;
          return;
        case 'tool-input-start':
        case 'tool-input-delta':
        case 'tool-input-end':
        case 'ping':
        case 'raw':
        case 'error':
          return;
        default:
          items.push(part);
      }
    },

    result(): GenerateResult {
      return {
        content: items.map((item) => ('pieces' in item ? toContent(item) : item)),
        finishReason: finish?.finishReason ?? { unified: 'other', raw: undefined },
        usage: finish?.usage ?? noUsage,
        warnings,
        ...(finish?.providerMetadata === undefined ? {} : { providerMetadata: finish.providerMetadata }),
        ...(response === undefined ? {} : { response }),
      };
    },
  };
}

function toContent({ type, pieces, providerMetadata }: Block): ContentPart {
  return { type, text: pieces.join(''), ...(providerMetadata === undefined ? {} : { providerMetadata }) };
}

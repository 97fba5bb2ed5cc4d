import { fromBase64 } from '../trace/base64.ts';
import type { Message, Prompt, PromptPart, ToolOutput } from './language-model.ts';

/** Every text in a prompt: messages, tool results, and text files. */
export function promptTexts(prompt: Prompt): string[] {
  return prompt.flatMap(messageTexts);
}

/** A prompt as one text: each message after its role. */
export function promptText(prompt: Prompt): string {
  return prompt.map((message) => `${message.role}: ${messageTexts(message).join('\n')}`).join('\n\n');
}

function messageTexts({ content }: Message): string[] {
  return typeof content === 'string' ? [content] : content.flatMap(partTexts);
}

function partTexts(part: PromptPart): string[] {
  switch (part.type) {
    case 'text':
      return [part.text];
    case 'tool-result':
      return toolOutputTexts(part.output);
    case 'file':
      return fileTexts(part);
    default:
      return [];
  }
}

function toolOutputTexts(output: ToolOutput): string[] {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return [output.value];
    case 'json':
    case 'error-json':
      return [JSON.stringify(output.value)];
    case 'execution-denied':
      return output.reason === undefined ? [] : [output.reason];
    case 'content':
      return output.value.flatMap((item) => {
        const { text, data, mediaType, filename } = item as Readonly<Record<string, unknown>>;
        if (typeof text === 'string') return [text];
        return typeof mediaType === 'string'
          ? fileTexts({ data, mediaType, filename: typeof filename === 'string' ? filename : undefined })
          : [];
      });
  }
}

const textMedia =
  /^(?:text(?:\/|$)|application\/(?:[\w.-]+\+|x-|vnd\.)?(?:json|jsonl|ndjson|xml|yaml|yml|toml|javascript|ecmascript|typescript|csv|sql|graphql|sh|shellscript|python|httpd-php|tex|rtf)\b)/i;
/** A file of no known media type may say by its name what it is. */
const textName =
  /\.(?:txt|md|mdx|ya?ml|json[lc5]?|toml|ini|cfg|conf|env|properties|csv|tsv|xml|html?|css|sql|log|sh|ps1|py|rb|go|rs|java|kt|[cm]?[jt]sx?|php|c|cc|cpp|h|hpp|tf|pem|key)$|(?:^|\/)(?:\.env[\w.]*|Dockerfile|Makefile)$/i;

interface FileData {
  readonly data: unknown;
  readonly mediaType: string;
  readonly filename?: string | undefined;
}

/** The text of a text file: inline, bytes or base64, in the shape of either SDK major. */
function fileTexts({ data, mediaType, filename }: FileData): string[] {
  const tagged = data as { type?: unknown; text?: unknown; data?: unknown } | null | undefined;
  if (typeof tagged?.text === 'string') return [tagged.text];
  const isNamed = /^(?:application\/octet-stream|\*\/\*|)$/.test(mediaType) && textName.test(filename ?? '');
  if (!textMedia.test(mediaType) && !isNamed) return [];
  const content = tagged?.type === 'data' ? tagged.data : data;
  try {
    const bytes = typeof content === 'string' ? fromBase64(content) : content;
    return bytes instanceof Uint8Array ? [new TextDecoder().decode(bytes)] : [];
  } catch {
    return []; // no base64
  }
}

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
        const { text, data, mediaType } = item as Readonly<Record<string, unknown>>;
        if (typeof text === 'string') return [text];
        return typeof mediaType === 'string' ? fileTexts({ data, mediaType }) : [];
      });
  }
}

const textMedia = /^(?:text(?:\/|$)|application\/(?:[\w.-]+\+)?(?:json|xml|yaml|javascript|csv)\b)/i;

/** The text of a text file: inline, bytes or base64, in the shape of either SDK major. */
function fileTexts({ data, mediaType }: { readonly data: unknown; readonly mediaType: string }): string[] {
  const tagged = data as { type?: unknown; text?: unknown; data?: unknown } | null | undefined;
  if (typeof tagged?.text === 'string') return [tagged.text];
  if (!textMedia.test(mediaType)) return [];
  const content = tagged?.type === 'data' ? tagged.data : data;
  try {
    const bytes = typeof content === 'string' ? fromBase64(content) : content;
    return bytes instanceof Uint8Array ? [new TextDecoder().decode(bytes)] : [];
  } catch {
    return []; // no base64
  }
}

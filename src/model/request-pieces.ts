import type { CallOptions, Message } from './language-model.ts';
import { promptTexts } from './prompt-text.ts';

/** A part of a request, and what it is, in words that complete "in …". */
export interface RequestPiece {
  readonly where: string;
  /** Who says it: a role, or a tool. */
  readonly label: string;
  readonly text: string;
}

/** Every text that a model is sent: each message with its reasoning and tool inputs, and what says how tools work. */
export function requestPieces({ prompt, tools = [] }: Pick<CallOptions, 'prompt' | 'tools'>): RequestPiece[] {
  const messages = prompt.map((message, index) => ({
    where: `message ${index + 1}, ${message.role}`,
    label: message.role as string,
    text: [...promptTexts([message]), ...thoughtsAndCalls(message)].join('\n'),
  }));
  return [
    ...messages,
    ...tools.map((tool) => ({ where: `the tool ${tool.name}`, label: `tool ${tool.name}`, text: toolText(tool) })),
  ];
}

/** What a model wrote for itself and for tools, which is no source of anything. */
function thoughtsAndCalls({ content }: Message): string[] {
  if (typeof content === 'string') return [];
  return content.flatMap((part) => {
    if (part.type === 'reasoning') return [part.text];
    return part.type === 'tool-call' ? [jsonText(part.input)] : [];
  });
}

function toolText(tool: NonNullable<CallOptions['tools']>[number]): string {
  if (tool.type !== 'function') return jsonText(tool);
  return [tool.description ?? '', jsonText(tool.inputSchema)].filter((text) => text !== '').join('\n');
}

function jsonText(value: unknown): string {
  try {
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  } catch {
    return ''; // no JSON
  }
}

import type { JSONValue } from '@ai-sdk/provider';
import type { Tool } from 'ai';
import { excerptBytes } from '../../feedback/excerpt.ts';
import type { ToolOutput } from '../../model/language-model.ts';
import { wellFormed, wellFormedJson } from '../../trace/well-formed.ts';

/** The most of a result that goes to the model, in bytes. */
export interface ResultLimit {
  readonly text: number;
  /** With its files. */
  readonly all: number;
}

export function resultLimit(maxResultBytes: number | undefined): ResultLimit {
  return { text: maxResultBytes ?? 65_536, all: maxResultBytes ?? 1_048_576 };
}

/** What a tool returned, as the model is to see it; an empty text is said to be one, for providers refuse blank ones. */
export async function toOutput(
  tool: Tool,
  result: { readonly toolCallId: string; readonly input: unknown; readonly output: unknown },
  limit: ResultLimit,
): Promise<ToolOutput> {
  const { output } = result;
  if (tool.toModelOutput !== undefined) return limited((await tool.toModelOutput(result)) as ToolOutput, limit);
  if (typeof output === 'string') return limited({ type: 'text', value: output }, limit);
  return limited({ type: 'json', value: JSON.parse(JSON.stringify(output) ?? 'null') as JSONValue }, limit);
}

export function errorOutput(error: unknown, limit: ResultLimit): ToolOutput {
  return limited({ type: 'error-text', value: messageOf(error) }, limit);
}

function limited(output: ToolOutput, limit: ResultLimit): ToolOutput {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return { ...output, value: said(output.value, limit.text) };
    case 'json':
    case 'error-json': {
      const text = JSON.stringify(output.value);
      const cut = excerptBytes(text, limit.text);
      return cut === text
        ? { ...output, value: wellFormedJson(output.value) as JSONValue }
        : { type: output.type === 'json' ? 'text' : 'error-text', value: cut };
    }
    case 'content':
      return { ...output, value: limitedItems(output.value, limit) };
    case 'execution-denied':
      return output;
  }
}

function said(text: string, maxBytes: number): string {
  return text.trim() === '' ? '(nothing)' : excerptBytes(wellFormed(text), maxBytes);
}

/** The items share the limit, the first come first. */
function limitedItems(items: readonly unknown[], limit: ResultLimit): readonly unknown[] {
  const kept: unknown[] = [];
  let textLeft = limit.text;
  let allLeft = limit.all;
  let leftOut = 0;
  for (const item of items) {
    const { type, text } = item as { type?: unknown; text?: unknown };
    const isText = type === 'text' && typeof text === 'string';
    const size = isText ? text.length : JSON.stringify(item).length;
    if (isText ? textLeft <= 0 : size > allLeft) {
      leftOut += size;
      continue;
    }
    kept.push(isText ? { ...(item as object), text: said(text, textLeft) } : item);
    if (isText) textLeft -= size;
    allLeft -= size;
  }
  if (leftOut > 0) kept.push({ type: 'text', text: `[… about ${leftOut} bytes left out: the result is too large …]` });
  return kept.length === 0 ? [{ type: 'text', text: '(nothing)' }] : kept;
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === 'string' ? error : 'The tool failed without saying why.';
}

import type { JSONValue } from '@ai-sdk/provider';
import type { Tool } from 'ai';
import { excerptBytes } from '../../feedback/excerpt.ts';
import type { LanguageModel, ToolOutput } from '../../model/language-model.ts';
import { traitsOf } from '../../model/provider-traits.ts';
import { wellFormed, wellFormedJson } from '../../trace/well-formed.ts';
import { resultItem } from './result-item.ts';

/** What of a result goes to the model: the most of it, in bytes, and its form. */
export interface ResultLimit {
  readonly text: number;
  /** With its files. */
  readonly all: number;
  readonly model: LanguageModel | undefined;
}

export function resultLimit(maxResultBytes: number | undefined, model?: LanguageModel): ResultLimit {
  return { text: maxResultBytes ?? 65_536, all: maxResultBytes ?? 1_048_576, model };
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
      return { ...output, value: limitedItems(inForm(output.value, limit), limit) };
    case 'execution-denied':
      return output;
  }
}

function said(text: string, maxBytes: number): string {
  return text.trim() === '' ? '(nothing)' : excerptBytes(wellFormed(text), maxBytes);
}

function inForm(items: readonly unknown[], { model }: ResultLimit): readonly unknown[] {
  const own = items.map((item) => (model === undefined ? item : resultItem(item, model)));
  return isOneText(model) ? withOneText(own) : own;
}

/** Of tools that the SDK executes the model is not known; it puts their files in form itself. */
function isOneText(model: ResultLimit['model']): boolean {
  return model === undefined || traitsOf(model).splitsResults === true;
}

/** All texts of a result as its first item, and the files after it. */
function withOneText(items: readonly unknown[]): readonly unknown[] {
  const isText = (item: unknown) => (item as { type?: unknown }).type === 'text';
  const texts = items.filter(isText).map((item) => (item as { text: string }).text);
  const text = texts.length === 0 ? 'The result follows.' : texts.join('\n');
  return [{ type: 'text', text }, ...items.filter((item) => !isText(item))];
}

function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
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
    const size = bytesIn(isText ? text : JSON.stringify(item));
    if (isText ? textLeft <= 0 : size > allLeft) {
      leftOut += size;
      continue;
    }
    kept.push(isText ? { ...(item as object), text: said(text, textLeft) } : item);
    if (isText) textLeft -= size;
    allLeft -= size;
  }
  if (leftOut > 0) {
    const note = { type: 'text', text: `[… about ${leftOut} bytes left out: the result is too large …]` };
    return isOneText(limit.model) ? withOneText([...kept, note]) : [...kept, note];
  }
  return kept.length === 0 ? [{ type: 'text', text: '(nothing)' }] : kept;
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === 'string' ? error : 'The tool failed without saying why.';
}

import { APICallError } from '@ai-sdk/provider';
import { type ToolSet, tool } from 'ai';
import { z } from 'zod';
import type { StagedRetryEventName, StagedRetryEvents } from '../src/index.ts';
import type { ContentPart, Message, ToolCall } from '../src/model/language-model.ts';
import { type ScriptedAnswer, type ScriptedModel, scriptedModel } from '../src/testing/index.ts';

/** A model that gives these answers in turn, and then the last one again. */
export function says(...answers: readonly ScriptedAnswer[]): ScriptedModel {
  return scriptedModel(answers);
}

/** A model that says these values as JSON, in turn. */
export function saysJson(...values: readonly unknown[]): ScriptedModel {
  return scriptedModel(values.map((value) => JSON.stringify(value)));
}

/** An answer that calls a tool; input that is no object goes out as it is. */
export function calls(toolName: string, input: unknown, more: Partial<ToolCall> = {}): { content: ContentPart[] } {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  return { content: [{ type: 'tool-call', toolCallId: `${toolName}-1`, toolName, input: text, ...more }] };
}

/** A provider's answer with an error status. */
export function failsWith(
  statusCode: number,
  responseHeaders: Record<string, string> = {},
  body: unknown = {},
): APICallError {
  const url = 'https://provider.test/answers';
  const message = `status ${statusCode}`;
  const responseBody = JSON.stringify(body);
  return new APICallError({ message, url, requestBodyValues: {}, statusCode, responseHeaders, responseBody });
}

/** A connection that broke before anything came back. */
export function losesConnection(): APICallError {
  const url = 'https://provider.test/answers';
  return new APICallError({ message: 'Cannot connect', url, requestBodyValues: {}, isRetryable: true });
}

/** No waiting between the tries of a provider call. */
export const atOnce = { initialMs: 0, jitter: 'none' } as const;

/** What was appended to the caller's prompt for a call of the model, counted from 1. */
export function appended(model: ScriptedModel, call: number): Message[] {
  const given = model.calls[0]?.prompt.length ?? 0;
  return model.calls[call - 1]?.prompt.slice(given) ?? [];
}

/** The feedback the model was sent with a call, counted from 1: the last message's words. */
export function feedback(model: ScriptedModel, call = 2): string {
  const { content = '' } = model.calls[call - 1]?.prompt.at(-1) ?? {};
  if (typeof content === 'string') return content;
  return content
    .map((part) => {
      if ('text' in part) return part.text;
      return 'output' in part && 'value' in part.output ? String(part.output.value) : '';
    })
    .join('\n---\n');
}

export const Invoice = z.object({ vendor: z.string(), total: z.number() });

export const goodInvoice = { vendor: 'Acme', total: 12 };
export const badInvoice = { vendor: 'Acme', total: 'twelve' };

/** A caller's or lent tool that answers with what `execute` makes of its query. */
export function lookup(execute: (query: string) => unknown = (query) => `found ${query}`): ToolSet[string] {
  return tool({ inputSchema: z.object({ query: z.string() }), execute: ({ query }) => execute(query) });
}

/** A tool the caller answers, so that its calls go out. */
export function clientTool(): ToolSet[string] {
  return tool({ inputSchema: z.object({ query: z.string() }) }) as ToolSet[string];
}

/** An event sink, and all that it was told, in order. */
export function recorder() {
  const seen: { name: StagedRetryEventName; event: unknown }[] = [];
  return {
    seen,
    emit(name: StagedRetryEventName, event: unknown): void {
      seen.push({ name, event });
    },
    names: () => seen.map(({ name }) => name),
    of: <NAME extends StagedRetryEventName>(name: NAME): StagedRetryEvents[NAME][] =>
      seen.filter((entry) => entry.name === name).map(({ event }) => event as StagedRetryEvents[NAME]),
  };
}

/** The error a promise rejects with. */
export async function errorOf(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not reject.');
}

import type { JSONValue } from '@ai-sdk/provider';
import type { Tool } from 'ai';
import { raced } from '../../effects/waiting.ts';
import { excerpt } from '../../feedback/excerpt.ts';
import type { Prompt, ToolCall, ToolOutput } from '../../model/language-model.ts';
import type { StageContext } from '../stage.ts';

/** Longest tool output that is given to the model, in characters; of a longer one its two ends. */
const maxOutputLength = 65_536;

export interface Execution {
  readonly call: ToolCall;
  readonly output: ToolOutput;
}

export interface ExecutionOptions {
  readonly context: StageContext;
  /** The prompt the call was made in. */
  readonly prompt: Prompt;
  /** How long the tool may take, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Executes a lent tool inside the run. What goes wrong in it goes back to the model as a tool error.
 *
 * Rejects only with the caller's abort reason.
 */
export async function executeTool(call: ToolCall, tool: Tool, options: ExecutionOptions): Promise<Execution> {
  const { context } = options;
  const startedAt = context.effects.now();
  const { toolCallId, toolName } = call;
  let input: unknown = call.input;
  const report = (outcome: { output: unknown } | { error: unknown }) =>
    context.emit('tool-call', {
      attempt: context.attempt,
      toolCallId,
      toolName,
      input,
      durationMs: context.effects.now() - startedAt,
      ...outcome,
    });
  const controller = new AbortController();
  const abort = () => controller.abort(context.abortSignal?.reason);
  context.abortSignal?.addEventListener('abort', abort, { once: true });
  try {
    input = await validInput(call, tool);
    context.abortSignal?.throwIfAborted();
    const executing = run(tool, input, { ...options, toolCallId, signal: controller.signal }).then(
      async (returned) => ({ returned, output: await toOutput(tool, { toolCallId, input, output: returned }) }),
    );
    const { timeoutMs } = options;
    const { returned, output } = await raced(executing, {
      signal: context.abortSignal,
      timeoutMs,
      effects: context.effects,
    });
    report({ output: returned });
    return { call, output };
  } catch (error) {
    context.abortSignal?.throwIfAborted();
    controller.abort(error);
    report({ error });
    return { call, output: { type: 'error-text', value: excerpt(messageOf(error), maxOutputLength) } };
  } finally {
    context.abortSignal?.removeEventListener('abort', abort);
  }
}

async function validInput({ input, toolName }: ToolCall, tool: Tool): Promise<unknown> {
  const { asSchema } = await import('ai');
  let value: unknown;
  try {
    value = input.trim() === '' ? {} : JSON.parse(input);
  } catch {
    throw new Error(`The input of ${toolName} is no valid JSON.`);
  }
  const result = await asSchema(tool.inputSchema).validate?.(value);
  if (result === undefined) return value;
  if (!result.success) throw result.error;
  return result.value;
}

/** A tool may answer with a value, a promise, or an async iterable whose last value is the answer; one given up is stopped. */
async function run(
  { execute }: Tool,
  input: unknown,
  { toolCallId, prompt, signal }: ExecutionOptions & { toolCallId: string; signal: AbortSignal },
): Promise<unknown> {
  // Only the model's prompt is known here; its messages have the shape of the SDK's, files aside.
  const messages = prompt as never;
  const returned: unknown = execute?.(input, { toolCallId, messages, abortSignal: signal, context: {} } as never);
  if (!isAsyncIterable(returned)) return await returned;
  let last: unknown;
  for await (const value of returned) {
    signal.throwIfAborted();
    last = value;
  }
  return last;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function toOutput(
  tool: Tool,
  { toolCallId, input, output }: { toolCallId: string; input: unknown; output: unknown },
): Promise<ToolOutput> {
  if (tool.toModelOutput !== undefined) {
    return capped((await tool.toModelOutput({ toolCallId, input, output })) as ToolOutput);
  }
  if (typeof output === 'string') return capped({ type: 'text', value: output });
  return capped({ type: 'json', value: JSON.parse(JSON.stringify(output) ?? 'null') as JSONValue });
}

/** Files and images are left whole: they are what the tool was asked for. */
function capped(output: ToolOutput): ToolOutput {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return { ...output, value: excerpt(output.value, maxOutputLength) };
    case 'json':
    case 'error-json': {
      const text = JSON.stringify(output.value);
      if (text.length <= maxOutputLength) return output;
      return { type: output.type === 'json' ? 'text' : 'error-text', value: excerpt(text, maxOutputLength) };
    }
    case 'content':
      return { ...output, value: output.value.map(cappedItem) };
    case 'execution-denied':
      return output;
  }
}

function cappedItem(item: unknown): unknown {
  const { type, text } = item as { type?: unknown; text?: unknown };
  return type === 'text' && typeof text === 'string'
    ? { ...(item as object), text: excerpt(text, maxOutputLength) }
    : item;
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === 'string' ? error : 'The tool failed without saying why.';
}

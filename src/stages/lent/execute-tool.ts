import type { Tool } from 'ai';
import { raced } from '../../effects/waiting.ts';
import type { StagedRetryEvents } from '../../events.ts';
import type { Prompt, ToolCall, ToolOutput } from '../../model/language-model.ts';
import type { StageContext } from '../stage.ts';
import type { LentTool } from './lent-tool.ts';
import { errorOutput, type ResultLimit, toOutput } from './tool-output.ts';

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
  readonly limit: ResultLimit;
}

type Whose = Pick<StagedRetryEvents['tool-call'], 'attempt' | 'call' | 'toolCallId' | 'toolName'>;

/** How many calls an attempt has made. */
const made = new WeakMap<StageContext, number>();

/**
 * Executes a lent tool inside the run. What goes wrong in it goes back to the model as a tool error.
 *
 * Rejects only with the caller's abort reason.
 */
export async function executeTool(call: ToolCall, lent: LentTool, options: ExecutionOptions): Promise<Execution> {
  const { context, limit } = options;
  const { attempt } = context;
  const number = (made.get(context) ?? 0) + 1;
  made.set(context, number);
  const whose = { attempt, call: number, toolCallId: call.toolCallId, toolName: lent.ownName };
  const part = { type: 'tool-call', ...whose } as const;
  try {
    return { call, output: await context.within(part, () => executed(call, lent, whose, options)) };
  } catch (error) {
    context.abortSignal?.throwIfAborted();
    return { call, output: errorOutput(error, limit) };
  }
}

async function executed(call: ToolCall, lent: LentTool, whose: Whose, options: ExecutionOptions): Promise<ToolOutput> {
  const { context, limit } = options;
  const { tool } = lent;
  const { toolCallId } = whose;
  const startedAt = context.effects.now();
  let input: unknown = call.input;
  const report = (outcome: { output: unknown } | { error: unknown }) =>
    context.emit('tool-call', {
      ...whose,
      input,
      durationMs: context.effects.now() - startedAt,
      ...outcome,
    });
  const controller = new AbortController();
  const abort = () => controller.abort(context.abortSignal?.reason);
  context.abortSignal?.addEventListener('abort', abort, { once: true });
  try {
    input = await validInput(call, lent);
    context.abortSignal?.throwIfAborted();
    const executing = run(tool, input, { ...options, toolCallId, signal: controller.signal }).then(
      async (returned) => ({ returned, output: await toOutput(tool, { toolCallId, input, output: returned }, limit) }),
    );
    const { timeoutMs } = options;
    const { returned, output } = await raced(executing, {
      signal: context.abortSignal,
      timeoutMs,
      effects: context.effects,
    });
    report({ output: returned });
    return output;
  } catch (error) {
    context.abortSignal?.throwIfAborted();
    controller.abort(error);
    report({ error });
    throw error;
  } finally {
    context.abortSignal?.removeEventListener('abort', abort);
  }
}

async function validInput({ input, toolName }: ToolCall, { tool, restore }: LentTool): Promise<unknown> {
  const { asSchema } = await import('ai');
  let value: unknown;
  try {
    value = restore(input.trim() === '' ? {} : JSON.parse(input));
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

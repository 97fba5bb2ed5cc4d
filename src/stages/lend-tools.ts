import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Tool, ToolSet } from 'ai';
import { assistantMessage, assistantTurn, isClientCall } from '../feedback/assistant-turn.ts';
import { shownPrefix } from '../feedback/clean-prompt.ts';
import type { CallOptions, ContentPart, Message, ModelTool, ToolCall } from '../model/language-model.ts';
import { addUsage, noUsage } from '../trace/usage.ts';
import { connectTools } from './lent/connect-tools.ts';
import { type Execution, executeTool } from './lent/execute-tool.ts';
import {
  type LentCalls,
  shownCalls,
  shownProviderCalls,
  withEarlierContent,
  withoutLentCalls,
} from './lent/lent-calls.ts';
import { toModelTools } from './lent/model-tools.ts';
import { invalid, listInputs, refuseUnlendable, type ToolsInput } from './lent/tool-source.ts';
import type { ModelAnswer, Stage, StageContext } from './stage.ts';
import { modelHandles, requireAttempts, type StageOptions } from './stage-options.ts';

export interface LendToolsOptions extends StageOptions {
  readonly attempts: number;
  /** Tools, sources of tools such as MCP clients, or a list of both. */
  readonly tools: ToolsInput;
  /** Model calls an attempt may take; the last is made without the lent tools. @default 4 */
  readonly maxSteps?: number;
  /** Keeps the lent calls in the answer as provider-executed dynamic parts, for a chat UI to show. @default false */
  readonly show?: boolean;
  /** Whether the response format goes with every call or with the last alone. @default 'last' for providers that refuse it beside tools */
  readonly format?: 'every' | 'last';
  /** How long a tool may take, in milliseconds. @default 30_000 */
  readonly timeout?: number;
}

/** These answer 400 to a JSON response format beside tools: https://ai.google.dev/gemini-api/docs/structured-output */
const refusesFormatWithTools = /^(?:google|vertex|groq)/;

/**
 * Lends the model tools, and executes them inside the run; the caller sees none of it unless it asks to.
 *
 * @throws InvalidArgumentError for a tool that cannot be lent: without `execute`, with `needsApproval` or a context.
 * @example stages: [retry({ attempts: 2 }), lendTools({ attempts: 2, tools: { lookUpVendor } })]
 * @example lendTools({ attempts: 2, tools: mcpServers(config, { only: ['vendors'] }) })
 */
export function lendTools(options: LendToolsOptions): Stage {
  const { name = 'tools', attempts, tools, maxSteps = 4, handles = modelHandles } = options;
  requireAttempts(name, attempts);
  if (!Number.isInteger(maxSteps) || maxSteps < 2) throw invalid(`The stage "${name}" needs maxSteps: at least 2.`);
  if (tools === undefined) throw invalid(`The stage "${name}" needs tools.`);
  for (const input of listInputs(tools)) if (typeof input !== 'function') refuseUnlendable(input);
  return {
    name,
    attempts,
    handles,
    async propose(context) {
      const lent = await context.once(() => connectTools(tools, context));
      refuseCollisions(lent, context.params);
      return await answerWithTools(context, lent, { ...options, maxSteps });
    },
  };
}

function refuseCollisions(lent: ToolSet, { tools = [] }: CallOptions): void {
  const taken = tools.find(({ name }) => Object.hasOwn(lent, name));
  if (taken === undefined) return;
  throw new InvalidArgumentError({
    argument: 'tools',
    message: `The tool "${taken.name}" is the caller's own and cannot be lent beside it; rename one of them.`,
  });
}

/** A turn with more calls is a model that has lost its way; the others come back as errors. */
const maxCallsPerTurn = 64;

async function answerWithTools(
  context: StageContext,
  lent: ToolSet,
  options: LendToolsOptions & { readonly maxSteps: number },
): Promise<ModelAnswer> {
  const { params } = context;
  const isLent = (toolName: string) => Object.hasOwn(lent, toolName);
  const lentCallsOf = (step: number): LentCalls => ({ isLent, showAs: shownId(step, context, options) });
  const lentTools = await toModelTools(lent);
  const earlier: ContentPart[] = [];
  let prompt = context.promptWithFeedback({ tools: Object.keys(lent) });
  let usage = noUsage;
  for (let step = 1; ; step += 1) {
    const isLast = step === options.maxSteps || lentTools.length === 0;
    const answer = await context.call({ ...(isLast ? params : lending(context, lentTools, options)), prompt });
    usage = addUsage(usage, answer.result.usage);
    const calls = answer.content.filter(isClientCall);
    const lentCalls = calls.filter(({ toolName }) => isLent(toolName)).slice(0, maxCallsPerTurn);
    if (isLast || (lentCalls.length === 0 && !lacksFormat(context, answer, options))) {
      const own = withoutLentCalls(answer, lentCallsOf(step));
      return withEarlierContent({ ...own, result: { ...own.result, usage } }, earlier);
    }
    const executions = await Promise.all(
      lentCalls.map((call) => execute(call, lent[call.toolName] as Tool, context, prompt, options)),
    );
    earlier.push(
      ...answer.content.filter(({ type }) => type === 'source'),
      ...shownProviderCalls(answer.content, lentCallsOf(step)),
      ...shownCalls(executions, lentCallsOf(step)),
    );
    prompt = [...prompt, ...turn(answer, calls, executions)];
    if (lentCalls.length === 0) step = options.maxSteps - 1;
  }
}

/** The call with the lent tools: whoever must answer with text, or with one tool, may look things up first. */
function lending(
  { params, model }: StageContext,
  lentTools: readonly ModelTool[],
  { format }: LendToolsOptions,
): CallOptions {
  const { toolChoice, tools = [] } = params;
  const isNarrow = toolChoice?.type === 'none' || toolChoice?.type === 'tool';
  return {
    ...params,
    tools: [...tools, ...lentTools],
    ...(isNarrow ? { toolChoice: { type: 'auto' } } : {}),
    ...(formatComesLast(model.provider, format) ? { responseFormat: undefined } : {}),
  };
}

function formatComesLast(provider: string, format: LendToolsOptions['format']): boolean {
  return format === undefined ? refusesFormatWithTools.test(provider) : format === 'last';
}

/** An answer made without the response format has to be made once more with it. */
function lacksFormat({ params, model }: StageContext, answer: ModelAnswer, { format }: LendToolsOptions): boolean {
  if (params.responseFormat?.type !== 'json' || !formatComesLast(model.provider, format)) return false;
  return !answer.content.some(isClientCall);
}

function execute(
  call: ToolCall,
  tool: Tool,
  context: StageContext,
  prompt: CallOptions['prompt'],
  { timeout = 30_000 }: LendToolsOptions,
): Promise<Execution> {
  return executeTool(call, tool, { context, prompt, timeoutMs: timeout });
}

/** Providers may count their ids from the beginning in every answer. */
function shownId(
  step: number,
  { attempt, params }: StageContext,
  { show = false }: LendToolsOptions,
): LentCalls['showAs'] {
  if (!show || params.toolChoice?.type === 'none') return undefined;
  return (toolCallId) => `${shownPrefix}${attempt}-${step}-${toolCallId}`;
}

/** The model's turn and what its calls came to. A call to a caller's tool cannot be answered in here. */
function turn(answer: ModelAnswer, calls: readonly ToolCall[], executions: readonly Execution[]): Message[] {
  const assistant = assistantMessage(assistantTurn(answer.content));
  if (calls.length === 0) {
    return [
      assistant,
      { role: 'user', content: [{ type: 'text', text: 'Give the answer in the required format now.' }] },
    ];
  }
  const results = calls.map(({ toolCallId, toolName }) => ({
    type: 'tool-result' as const,
    toolCallId,
    toolName,
    output: executions.find(({ call }) => call.toolCallId === toolCallId)?.output ?? notNow,
  }));
  return [assistant, { role: 'tool', content: results }];
}

const notNow = {
  type: 'error-text',
  value: 'Not executed: call this tool on its own, in a turn without other tools.',
} as const;

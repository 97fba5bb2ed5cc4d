import { assistantMessage, assistantTurn, isClientCall, repeatsIds } from '../../feedback/assistant-turn.ts';
import { callsAsText } from '../../feedback/calls-as-text.ts';
import { quote } from '../../feedback/feedback.ts';
import { userMessage } from '../../feedback/note.ts';
import { shownPrefix } from '../../feedback/shown-calls.ts';
import { isLegalToolName } from '../../feedback/tool-name.ts';
import type {
  ContentPart,
  LanguageModel,
  Message,
  ModelTool,
  Prompt,
  ToolCall,
  ToolOutput,
} from '../../model/language-model.ts';
import { offersTools } from '../../model/offers-tools.ts';
import { addUsage, noUsage } from '../../trace/usage.ts';
import type { ModelAnswer, StageContext } from '../stage.ts';
import { type Execution, executeTool } from './execute-tool.ts';
import { type LendingOptions, lacksFormat, lending } from './lending.ts';
import { type LentCalls, shownCalls, shownProviderCalls, withEarlierContent, withoutLentCalls } from './lent-calls.ts';
import type { LentTools } from './lent-tool.ts';
import { resultLimit } from './tool-output.ts';

export interface AnswerOptions extends LendingOptions {
  readonly maxSteps: number;
  readonly show?: boolean;
  readonly timeout?: number;
  readonly maxResultBytes?: number;
}

/** A turn with more calls is a model that has lost its way; the others come back as errors. */
const maxCallsPerTurn = 64;
/** A turn with more goes back in words: https://github.com/github/copilot-cli/issues/669 */
const maxCallsSent = 128;

/** Asks until the model answers without calling a lent tool; the last call of `maxSteps` is made without them. */
export async function answerWithTools(
  context: StageContext,
  lent: LentTools,
  options: AnswerOptions,
): Promise<ModelAnswer> {
  const { params } = context;
  const isLent = (toolName: string) => lent.has(toolName);
  const ownName = (toolName: string) => lent.get(toolName)?.ownName ?? toolName;
  const lentCallsOf = (step: number): LentCalls => ({ isLent, ownName, showAs: shownId(step, context, options) });
  const lentTools = [...lent.values()].map(({ modelTool }) => modelTool);
  const declared = [...(params.tools ?? []), ...lentTools];
  const earlier: ContentPart[] = [];
  let prompt = context.promptWithFeedback({ tools: [...lent.keys()] });
  let usage = noUsage;
  for (let step = 1; ; step += 1) {
    const isLast = step === options.maxSteps || lentTools.length === 0;
    const answer = await context.call(
      isLast
        ? { ...params, prompt: forLastCall(prompt, context) }
        : { ...lending(context, lentTools, options), prompt },
    );
    usage = addUsage(usage, answer.result.usage);
    const calls = answer.content.filter(isClientCall);
    const lentCalls = calls
      .flatMap((call) => {
        const tool = lent.get(call.toolName);
        return tool === undefined ? [] : [{ call, tool }];
      })
      .slice(0, maxCallsPerTurn);
    if (isLast || (lentCalls.length === 0 && !lacksFormat(context, answer, options))) {
      const own = withoutLentCalls(answer, lentCallsOf(step));
      return withEarlierContent({ ...own, result: { ...own.result, usage } }, earlier);
    }
    const { timeout = 30_000, maxResultBytes } = options;
    const execution = {
      context,
      prompt,
      timeoutMs: timeout,
      limit: resultLimit(maxResultBytes, context.model),
    };
    const executions = await Promise.all(lentCalls.map(({ call, tool }) => executeTool(call, tool, execution)));
    earlier.push(
      ...answer.content.filter(({ type }) => type === 'source'),
      ...shownProviderCalls(answer.content, lentCallsOf(step)),
      ...shownCalls(executions, lentCallsOf(step)),
    );
    prompt = [...prompt, ...asMessages(answer, executions, { declared, model: context.model })];
    if (lentCalls.length === 0) step = options.maxSteps - 1;
  }
}

/** Where the last call has no tools at all, what was called and returned is told in words: some providers refuse it else. */
function forLastCall(prompt: Prompt, { params, effects }: StageContext): Prompt {
  if (offersTools(params)) return prompt;
  const own = params.prompt.length;
  const nonce = effects.createId().slice(0, 8);
  return [
    ...prompt.slice(0, own),
    ...callsAsText(
      prompt.slice(own),
      () => false,
      (text) => quote(text, nonce),
    ),
  ];
}

/** Providers may count their ids from the beginning in every answer. */
function shownId(
  step: number,
  { attempt, params }: StageContext,
  { show = false }: AnswerOptions,
): LentCalls['showAs'] {
  if (!show || params.toolChoice?.type === 'none') return undefined;
  return (toolCallId) => `${shownPrefix}${attempt}-${step}-${toolCallId}`;
}

interface Asked {
  readonly declared: readonly ModelTool[];
  readonly model: LanguageModel;
}

/** The model's turn and what its calls came to. A call to a caller's tool cannot be answered in here. */
function asMessages(answer: ModelAnswer, executions: readonly Execution[], { declared, model }: Asked): Prompt {
  const assistant = assistantMessage(assistantTurn(answer.content, model));
  const calls = answer.content.filter(isClientCall);
  if (calls.length === 0) return [assistant, userMessage('Give the answer in the required format now.')];
  const isDeclared = (toolName: string) => declared.some(({ name }) => name === toolName);
  const results: Message = {
    role: 'tool',
    content: calls.map((call) => ({
      type: 'tool-result',
      toolCallId: call.toolCallId,
      toolName: call.toolName,
      output:
        executions.find((execution) => execution.call === call)?.output ?? notExecuted(call, isDeclared, declared),
    })),
  };
  const isTold = repeatsIds(calls) || calls.length > maxCallsSent;
  return callsAsText(
    [assistant, results],
    (toolName) => !isTold && (isDeclared(toolName) || isLegalToolName(toolName)),
  );
}

function notExecuted(
  { toolName }: ToolCall,
  isDeclared: (toolName: string) => boolean,
  declared: readonly ModelTool[],
): ToolOutput {
  const value = isDeclared(toolName)
    ? 'Not executed: call this tool on its own, in a turn without other tools.'
    : `Not executed: there is no such tool. Call one of ${declared.map(({ name }) => name).join(', ')}.`;
  return { type: 'error-text', value };
}

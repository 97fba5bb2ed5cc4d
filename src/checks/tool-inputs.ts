import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { cut } from '../feedback/excerpt.ts';
import type { Answer } from '../model/answer.ts';
import type { CallOptions, ContentPart, ModelTool, ToolCall } from '../model/language-model.ts';
import { parseJson } from '../trace/parse-json.ts';
import type { Check, FoundIssue } from './check.ts';
import { withCompiled } from './plan/schema-compiler.ts';
import { isPromiseLike } from './schema.ts';

const maxNameLength = 128;

/** How strictly the inputs of tool calls are checked. */
export interface ToolInputsOptions {
  /**
   * Whether a member that the tool's schema forbids as unknown is an issue (`judge`) or is allowed.
   * @default 'judge'
   */
  readonly unknownMembers?: 'judge' | 'allow';
}

/**
 * Every call of the caller's own tools names an existing tool and has an input that fits its schema. If the tool choice
 * requires a call, there is one. Provider tools and dynamic tools are not checked. An input of `''` counts as `{}`.
 *
 * @example checks: [toolInputs({ unknownMembers: 'allow' })]
 */
export function toolInputs(options: ToolInputsOptions = {}): Check {
  refuseBadOptions('toolInputs', options, { unknownMembers: 'string' });
  const { unknownMembers = 'judge' } = options;
  if (unknownMembers !== 'judge' && unknownMembers !== 'allow')
    throw new InvalidArgumentError({
      argument: 'unknownMembers',
      message: 'unknownMembers of toolInputs() must be judge or allow.',
    });
  return {
    name: 'toolInputs',
    phase: 'tool-input',
    unknownMembers,
    test: ({ content }, { params }) => {
      const judged = content.filter(isCall).filter((call) => call.providerExecuted !== true && call.dynamic !== true);
      const missing = missingCall(content, params);
      const found = [missing, ...judged.map((call) => judgeCall(call, params, unknownMembers))];
      return found.some(isPromiseLike)
        ? Promise.all(found).then((issues) => issues.flat())
        : (found as FoundIssue[][]).flat();
    },
  };
}

/** Whether there is anything for `toolInputs` to judge: a call, or the choice to have one. */
export function concernsCalls({ content }: Pick<Answer, 'content'>, { toolChoice }: CallOptions): boolean {
  return toolChoice?.type === 'required' || toolChoice?.type === 'tool' || content.some(isCall);
}

function missingCall(content: readonly ContentPart[], { toolChoice, tools = [] }: CallOptions): FoundIssue[] {
  if (toolChoice?.type === 'required' && !content.some(isCall)) {
    return [{ message: `Call ${oneOf(tools)} instead of answering with text.` }];
  }
  if (toolChoice?.type === 'tool' && !content.some((part) => isCall(part) && part.toolName === toolChoice.toolName)) {
    return [{ message: `Call the tool ${toolChoice.toolName}.` }];
  }
  return [];
}

function isCall(part: ContentPart): part is ToolCall {
  return part.type === 'tool-call';
}

function judgeCall(
  call: ToolCall,
  { tools = [] }: CallOptions,
  unknownMembers: 'judge' | 'allow',
): readonly FoundIssue[] | Promise<readonly FoundIssue[]> {
  const { toolCallId } = call;
  const tool = tools.find(({ name }) => name === call.toolName);
  if (tool === undefined) {
    const name = JSON.stringify(cut(call.toolName, maxNameLength));
    const instead = tools.length === 0 ? 'Do not call it' : `Call ${oneOf(tools)}`;
    return [{ message: `${instead}; there is no tool ${name}.`, toolCallId }];
  }
  if (tool.type !== 'function') return [];
  const input = parseInput(call.input);
  if (input === undefined) return [{ message: `Give the tool ${tool.name} an input that is valid JSON.`, toolCallId }];
  // What is no JSON Schema is the provider's to refuse.
  return withCompiled([tool.inputSchema, unknownMembers], (compiled) =>
    (compiled?.issuesOf(input.value) ?? []).map(({ message, path }) => ({ message, path, toolCallId })),
  );
}

function parseInput(input: string): { value: unknown } | undefined {
  return input.trim() === '' ? { value: {} } : parseJson(input);
}

function oneOf(tools: readonly ModelTool[]): string {
  const names = tools.map(({ name }) => name).join(', ');
  return tools.length === 1 ? `the tool ${names}` : `one of the tools ${names}`;
}

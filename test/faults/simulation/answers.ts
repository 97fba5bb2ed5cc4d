import type { CallOptions, ContentPart, FinishReason, Prompt } from '../../../src/model/language-model.ts';
import type { Random } from './random.ts';

export const schema = {
  type: 'object',
  properties: { n: { type: 'integer' }, tag: { type: 'string' } },
  required: ['n', 'tag'],
  additionalProperties: false,
} as const;

export const callerTool = {
  type: 'function',
  name: 'order',
  inputSchema: { type: 'object', properties: { count: { type: 'integer' } }, required: ['count'] },
} as const;

export const lentToolName = 'lookUp';

export interface SimulatedAnswer {
  readonly content: readonly ContentPart[];
  readonly finishReason: FinishReason;
}

/** An answer as models give them: right, wrong in one of the ways the checks know, or a call of a tool. */
export function drawAnswer(random: Random, { prompt, tools = [], responseFormat }: CallOptions): SimulatedAnswer {
  // A model that used a tool before may call it again, whether or not it is still there.
  const names = [...tools.map(({ name }) => name), ...(hasLookedUp(prompt) ? [lentToolName] : [])];
  const toolName = names.length > 0 && random.chance(0.4) ? random.pick(names) : undefined;
  if (toolName !== undefined) return toolCall(toolName, random);
  const text = responseFormat?.type === 'json' ? drawJson(random) : drawText(random);
  const isCut = random.chance(0.05);
  return {
    content: [
      ...(random.chance(0.2) ? [{ type: 'reasoning', text: 'Let me see.' } as const] : []),
      { type: 'text', text: isCut ? text.slice(0, text.length / 2) : text },
    ],
    finishReason: { unified: isCut ? 'length' : 'stop', raw: undefined },
  };
}

function hasLookedUp(prompt: Prompt): boolean {
  return prompt.some(
    ({ role, content }) =>
      role === 'tool' && content.some((part) => 'toolName' in part && part.toolName === lentToolName),
  );
}

function toolCall(toolName: string, random: Random): SimulatedAnswer {
  const input = random.pick(['{"count":2}', '{"count":"two"}', '{"count":', '{}']);
  return {
    content: [{ type: 'tool-call', toolCallId: `call-${random.between(0, 1e9)}`, toolName, input }],
    finishReason: { unified: 'tool-calls', raw: undefined },
  };
}

function drawJson(random: Random): string {
  const n = 2 * random.between(1, 20);
  const right = `{"n":${n},"tag":"a"}`;
  return random.pick([
    right,
    right,
    `\`\`\`json\n${right}\n\`\`\``,
    `{"n":${n + 1},"tag":"a"}`,
    `{"n":"${n}","tag":"a"}`,
    `{"n":${n}}`,
    `{"n":${n},"tag":"a","more":1}`,
    `{"n":${n},"tag":"a"`,
    'I cannot say.',
    '',
  ]);
}

function drawText(random: Random): string {
  return random.pick(['even', 'odd', `even ${random.between(10, 99)}`, 'x'.repeat(random.between(0, 9)), '']);
}

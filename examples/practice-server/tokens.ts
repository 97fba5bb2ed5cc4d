import type { PracticeAnswer, PracticeRequest, PracticeUsage } from './exchange.ts';

/** The usage an answer states, or an estimate of four characters a token. */
export function usageOf(answer: PracticeAnswer, request: PracticeRequest): PracticeUsage {
  return answer.usage ?? { inputTokens: estimate(inputOf(request)), outputTokens: estimate(outputOf(answer)) };
}

/** Cuts a text into pieces of the size models stream; whole code points, so no surrogate pair is torn. */
export function pieces(text: string): readonly string[] {
  return text.match(/[\s\S]{1,8}/gu) ?? [];
}

function estimate(text: string): number {
  return Math.ceil(text.length / 4);
}

function inputOf({ messages, tools, schema }: PracticeRequest): string {
  return (
    messages.map(({ text, toolCalls = [] }) => text + JSON.stringify(toolCalls)).join('') +
    JSON.stringify([tools, schema])
  );
}

function outputOf({ text = '', reasoning = '', toolCalls = [] }: PracticeAnswer): string {
  return text + reasoning + toolCalls.map(({ name, input }) => name + input).join('');
}

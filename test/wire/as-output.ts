import type { PracticeAnswer } from '../../examples/practice-server/exchange.ts';
import type { RetryExchange } from './retry-exchanges.ts';

/**
 * The exchange as the SDK asks for structured output: its one answering tool becomes the output's schema, and calls of
 * it become JSON text. `undefined` where no single tool gives the answer.
 */
export function asOutput(exchange: RetryExchange): RetryExchange | undefined {
  if (exchange.outputSchema !== undefined) return exchange;
  const answers = [...exchange.wrong.map(({ answer }) => answer), exchange.right ?? {}];
  const names = new Set(answers.flatMap(({ toolCalls = [] }) => toolCalls.map(({ name }) => name)));
  const [name = ''] = names;
  const outputSchema = exchange.toolSchemas.get(name);
  if (names.size !== 1 || outputSchema === undefined) return undefined;
  return {
    ...exchange,
    outputSchema,
    toolChoice: 'auto',
    toolSchemas: new Map([...exchange.toolSchemas].filter(([other]) => other !== name)),
    wrong: exchange.wrong.map((wrong) => ({ ...wrong, answer: asText(wrong.answer) })),
    right: exchange.right && asText(exchange.right),
    stillWrong: exchange.stillWrong && asText(exchange.stillWrong),
  };
}

function asText({ text, toolCalls = [] }: PracticeAnswer): PracticeAnswer {
  return { text: toolCalls[0]?.input ?? text };
}

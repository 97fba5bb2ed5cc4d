import { type ModelMessage, stepCountIs, streamText } from 'ai';
import { type StagedRetryOptions, withStagedRetry } from '../../../src/index.ts';
import { scriptedModel } from '../../../src/testing/index.ts';
import { type Answer, type Cutting, partsOf } from '../law/answer.ts';
import { tools } from './scenario.ts';

/** What a caller has of an agent in the end. */
export interface Seen {
  readonly messages: readonly ModelMessage[];
  readonly text: string;
  /** What was wrong with the stream itself. */
  readonly faults: readonly string[];
}

let models = 0;

/** Plays an agent, of the bare model without options. */
export async function play(answers: readonly Answer[], cutting: Cutting, options?: StagedRetryOptions): Promise<Seen> {
  const script = answers.map((answer) => ({ ...answer, parts: partsOf(answer, cutting) }));
  const model = scriptedModel(script, { modelId: `agent-${models++}` });
  const faults: string[] = [];
  const result = streamText({
    model: options === undefined ? model : withStagedRetry(model, options),
    tools,
    prompt: 'What is it?',
    stopWhen: stepCountIs(8),
    maxRetries: 0,
    onError: ({ error }) => void faults.push(String(error)),
  });
  const open = new Set<string>();
  for await (const part of result.fullStream) {
    const key = 'id' in part ? `${part.type.replace(/-\w+$/, '')} ${part.id}` : '';
    if (/^(?:text|reasoning)-start$/.test(part.type)) open.add(key);
    if (/^(?:text|reasoning)-delta$/.test(part.type) && !open.has(key)) faults.push(`a piece of no block: ${key}`);
    if (/^(?:text|reasoning)-end$/.test(part.type) && !open.delete(key)) faults.push(`the end of no block: ${key}`);
    if (part.type === 'finish-step' && open.size > 0) faults.push('a block that did not end');
    if (part.type === 'tool-error') faults.push('a call that failed');
  }
  return { messages: await result.responseMessages, text: await result.text, faults };
}

import { InvalidArgumentError } from '@ai-sdk/provider';
import type { ToolSet } from 'ai';
import { quote, quotingNote } from '../feedback/feedback.ts';
import type { Prompt } from '../model/language-model.ts';
import type { ModelInput } from '../model/resolve-model.ts';
import type { Check, FoundIssue } from './check.ts';

export interface JudgeOptions {
  /** The model that judges; a second one sees more than the one that answered. */
  readonly model: ModelInput;
  /** What makes an answer good, in words. */
  readonly rubric: string;
  /** Unique on a model. @default 'judge' */
  readonly name?: string;
  /** What the judge may look things up with. */
  readonly tools?: ToolSet;
  /** Model calls the judge may take with its tools. @default 4 */
  readonly maxSteps?: number;
  /** The names of the checks that must have passed first. @default [] */
  readonly after?: readonly string[];
  /** @default 30_000 */
  readonly timeoutMs?: number;
}

const verdictSchema = {
  type: 'object',
  properties: {
    issues: {
      type: 'array',
      description: 'What is wrong with the answer by the rubric; empty when nothing is.',
      items: {
        type: 'object',
        properties: {
          message: { type: 'string', description: 'One imperative sentence that says what to change.' },
          path: {
            type: 'array',
            items: { type: 'string' },
            description:
              'Member names and indices that lead to the place in a JSON answer; empty for the whole answer.',
          },
        },
        required: ['message', 'path'],
        additionalProperties: false,
      },
    },
  },
  required: ['issues'],
  additionalProperties: false,
} as const;

/**
 * A second model judges the answer by a rubric. It runs only on answers whose structure holds; put cheap checks before it
 * with `after`.
 *
 * @throws InvalidArgumentError without a model or a rubric.
 * @example judge({ model: openai('gpt-5'), rubric: 'Every claim is supported by the document.', after: ['notEmpty'] })
 */
export function judge({ model, rubric, name = 'judge', tools, maxSteps = 4, after, timeoutMs }: JudgeOptions): Check {
  if (model === undefined || model === null) throw invalid('judge() needs a model.');
  if (typeof rubric !== 'string' || rubric.trim() === '') throw invalid('judge() needs a rubric.');
  return {
    name,
    ...(after === undefined ? {} : { after }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    async test({ text }, { params, metered, abortSignal }) {
      const { generateText, jsonSchema, Output } = await import('ai');
      const nonce = crypto.randomUUID().slice(0, 8);
      const { output } = await generateText({
        model: await metered(model),
        system: `You judge the answer of a language model by a rubric. ${quotingNote(nonce)}\n\nRubric:\n${rubric}`,
        prompt: `The request:\n${quote(textOf(params.prompt), nonce)}\n\nThe answer:\n${quote(text, nonce)}`,
        output: Output.object({ schema: jsonSchema<{ issues: FoundIssue[] }>(verdictSchema) }),
        ...(tools === undefined
          ? {}
          : { tools, stopWhen: ({ steps }: { steps: unknown[] }) => steps.length >= maxSteps }),
        ...(abortSignal === undefined ? {} : { abortSignal }),
      });
      return output.issues.map(({ message, path = [] }) => ({ message, path: path.map(toKey) }));
    },
  };
}

function toKey(segment: string | number): string | number {
  return typeof segment === 'string' && /^(?:0|[1-9]\d*)$/.test(segment) ? Number(segment) : segment;
}

function textOf(prompt: Prompt): string {
  return prompt
    .map(({ role, content }) => {
      const text =
        typeof content === 'string' ? content : content.map((part) => ('text' in part ? part.text : '')).join('');
      return `${role}: ${text}`;
    })
    .join('\n\n');
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'judge', message });
}

import type { LanguageModel, ToolSet } from 'ai';
import { readJson } from '../../reading/index.ts';
import { wellFormed } from '../../trace/well-formed.ts';
import { type Judging, judgingModel } from './judging-model.ts';

export interface JsonQuestion extends Partial<Judging> {
  readonly model: LanguageModel;
  readonly system: string;
  readonly prompt: string;
  readonly schema: object;
  readonly signal: AbortSignal;
  readonly tools?: ToolSet | undefined;
}

/** An answer that does not fit the schema is asked for once more. */
const mostTries = 2;

/** Asks a model for a value of a schema. Rejects when none that fits comes. */
export async function askForJson(question: JsonQuestion): Promise<unknown> {
  const { schema } = question;
  let { prompt } = question;
  for (let count = 1; ; count += 1) {
    const read = readJson(await textOf({ ...question, prompt }), schema);
    if (read !== undefined) return read.value;
    if (count === mostTries) throw new Error('The judging model gave no verdict that fits its schema.');
    prompt = `${prompt}\n\nAnswer with one JSON value by this schema, and nothing around it:\n${JSON.stringify(schema)}`;
  }
}

async function textOf({
  model,
  system,
  prompt,
  schema,
  tools,
  maxSteps = 1,
  signal,
  open,
  pay,
}: JsonQuestion): Promise<string> {
  const { generateText, jsonSchema, NoObjectGeneratedError, Output } = await import('ai');
  try {
    const { text } = await generateText({
      model: judgingModel(model as never, { maxSteps, open, pay }) as typeof model, // as the SDK types its own
      // Some providers refuse JSON mode where the word does not stand in the prompt, and half a surrogate pair.
      system: wellFormed(`${system}\n\nAnswer with one JSON value.`),
      prompt: wellFormed(prompt),
      output: Output.object({ schema: jsonSchema(schema) }),
      abortSignal: signal,
      ...(tools === undefined
        ? {}
        : { tools, stopWhen: ({ steps }: { steps: unknown[] }) => steps.length >= maxSteps }),
    });
    return text;
  } catch (error) {
    if (!NoObjectGeneratedError.isInstance(error)) throw error;
    return error.text ?? '';
  }
}

import { AISDKError, type APICallError } from '@ai-sdk/provider';
import type { LanguageModel, ToolSet } from 'ai';
import { mark } from '../../errors/mark.ts';
import { incrementalValidator } from '../../incremental/index.ts';
import { readJson } from '../../reading/index.ts';
import { wellFormed } from '../../trace/well-formed.ts';
import { type Judging, judgingModel } from './judging-model.ts';

export interface JsonQuestion extends Partial<Judging> {
  readonly model: LanguageModel;
  readonly system: string;
  readonly prompt: string;
  readonly schema: object;
  /** What an answer must fit to be of use. @default `schema` */
  readonly accepts?: object;
  readonly signal: AbortSignal;
  readonly tools?: ToolSet | undefined;
}

/** An answer that does not fit the schema is asked for once more. */
const mostTries = 2;

/** Asks a model for a value of a schema. Rejects when none that fits comes, saying which model, which call and why. */
export async function askForJson(question: JsonQuestion): Promise<unknown> {
  const { schema, model, accepts = schema } = question;
  let { prompt } = question;
  for (let count = 1; ; count += 1) {
    const text = await textOf({ ...question, prompt }).catch((cause) => rethrow(cause, question, count));
    const read = readJson(text, accepts);
    const repeated = repeatedMember(text);
    if (read !== undefined && repeated === undefined) return read.value;
    const fault = repeated ?? faultOf(text, accepts);
    if (count === mostTries) {
      const said =
        text.trim() === '' ? 'it wrote nothing' : `it wrote ${text.length} characters of something else (${fault})`;
      const why = `The model ${nameOf(model)} gave no verdict that fits its schema in ${mostTries} calls; in the last, ${said}.`;
      throw failed(`${why} Give the check a model that writes structured output, and enough output tokens.`);
    }
    const mend = text.trim() === '' ? '' : ` ${fault}`;
    prompt = `${question.prompt}\n\nAnswer with one JSON value by this schema, and nothing around it.${mend}\n${JSON.stringify(schema)}`;
  }
}

/** Why a text does not fit a schema, in a sentence that says what to change. */
function faultOf(text: string, schema: object): string {
  const [first] = validated(text, schema);
  return first?.message ?? 'Answer with one JSON value.';
}

/** Of a member that is said twice nobody knows which is meant. */
function repeatedMember(text: string): string | undefined {
  return validated(text, {}).find(({ kind, message }) => kind === 'syntax' && message.includes('repeated'))?.message;
}

function validated(text: string, schema: object) {
  const judging = incrementalValidator(schema, { lenient: true }).start();
  judging.push(text);
  return judging.end().issues;
}

/** A provider's error says which call it was; the run's own ends, and those that say what to do, go on as they are. */
function rethrow(cause: unknown, { model, signal }: JsonQuestion, count: number): never {
  // The SDK wraps the last of several in a RetryError.
  const { lastError = cause } = Object(cause) as { readonly lastError?: unknown };
  const { name, statusCode } = Object(lastError) as Partial<APICallError>;
  if (signal.aborted || !String(name).startsWith('AI_')) throw cause;
  const status = statusCode === undefined ? '' : `, status ${statusCode}`;
  const why = `Call ${count} of the model ${nameOf(model)} failed with ${name}${status}. See the cause, and the key, limits and name of that model.`;
  throw failed(`${why} whenCheckCrashes: 'pass' lets answers go that cannot be judged.`, cause);
}

function failed(message: string, cause?: unknown): AISDKError {
  const name = 'StagedRetry_JudgeFailedError';
  const error = new AISDKError({ name, message, cause });
  mark(error, name);
  return error;
}

function nameOf(model: LanguageModel): string {
  return typeof model === 'string' ? model : `${model.provider}/${model.modelId}`;
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

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { ModelMessage } from 'ai';
import type { PracticeAnswer } from '../../examples/practice-server/exchange.ts';
import { isObject, type JsonObject, objectsIn } from '../../examples/practice-server/json.ts';
import { readAnswer } from './recorded-answer.ts';
import { type Failure, failureOf, feedbackOf } from './recorded-feedback.ts';
import { readMessages, toModelMessages } from './recorded-messages.ts';
import { readOutputSchema, readToolSchemas } from './recorded-schemas.ts';

/** A recorded conversation in which a model's answer failed a check and the caller answered with feedback. */
export interface RetryExchange {
  readonly file: string;
  readonly kind: string;
  readonly api: string;
  readonly model: string;
  readonly note: string;
  readonly isStreaming: boolean;
  /** The conversation before the first wrong answer. */
  readonly messages: readonly ModelMessage[];
  /** JSON Schemas of the tools' inputs, by name. */
  readonly toolSchemas: ReadonlyMap<string, JsonObject>;
  readonly toolChoice: 'auto' | 'required' | { readonly type: 'tool'; readonly toolName: string };
  readonly outputSchema?: JsonObject | undefined;
  /** The answers that failed, in order, and what was wrong with each. */
  readonly wrong: readonly WrongAnswer[];
  /** The answer that was accepted, if the model got there. */
  readonly right?: PracticeAnswer | undefined;
  /** The last answer of a model that did not get there, as far as one can tell. */
  readonly stillWrong?: PracticeAnswer | undefined;
}

/** An answer and the reason it was refused. */
export interface WrongAnswer {
  readonly answer: PracticeAnswer;
  readonly failure: Failure;
  /** The provider refused its own model's answer with this error. */
  readonly providerError?: JsonObject | undefined;
}

const folder = new URL('../../../shared/data/retry-exchanges/', import.meta.url);

/** The recorded exchanges; `undefined` where the folder is absent. */
export function retryExchanges(): readonly RetryExchange[] | undefined {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'index.json');
  return files.map((file) => read(file, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))));
}

function read(file: string, recorded: JsonObject): RetryExchange {
  const exchanges = objectsIn(recorded.exchanges).map(readExchange);
  const feedback = exchanges.map(({ request, recordedFeedback }, index) =>
    index === 0 ? undefined : feedbackOf(request, recordedFeedback),
  );
  const begin = Math.max(0, feedback.findIndex((text) => text !== undefined) - 1);
  const end = feedback.findLastIndex((text) => text !== undefined);
  const first = exchanges[begin] ?? readExchange({});
  const toolSchemas = readToolSchemas(first.request);

  const wrong: WrongAnswer[] = [];
  for (let index = begin; index < end; index++) {
    const { answer, providerError } = exchanges[index] ?? first;
    const next = exchanges[index + 1] ?? first;
    const failure = failureOf(feedback[index + 1] ?? '', { answer, messages: readMessages(next.request) });
    wrong.push({ answer, failure, providerError });
  }
  const last = exchanges[end] && readAnswer(exchanges[end].response, wrong.at(-1)?.answer).answer;
  return {
    file,
    kind: String(recorded.kind),
    api: String(recorded.api),
    model: String(recorded.model),
    note: String(recorded.note),
    isStreaming: first.request.stream === true,
    messages: toModelMessages(readMessages(first.request)),
    toolSchemas,
    toolChoice: readToolChoice(first.request.tool_choice),
    outputSchema: readOutputSchema(first.request),
    wrong,
    ...(recorded.recovered === true ? { right: last } : { stillWrong: last }),
  };
}

function readExchange(exchange: JsonObject) {
  const request = isObject(exchange.request) ? exchange.request : {};
  const response = isObject(exchange.response) ? exchange.response : {};
  return { request, response, recordedFeedback: exchange.feedback_in_request, ...readAnswer(response) };
}

function readToolChoice(choice: unknown): RetryExchange['toolChoice'] {
  if (choice === 'required' || choice === 'any') return 'required';
  if (!isObject(choice)) return 'auto';
  const named = [choice.function, choice.tool, choice].filter(isObject).find(({ name }) => typeof name === 'string');
  if (named !== undefined) return { type: 'tool', toolName: String(named.name) };
  return 'any' in choice || choice.type === 'any' || choice.mode === 'ANY' ? 'required' : 'auto';
}

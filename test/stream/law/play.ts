import { generateText, NoObjectGeneratedError, streamText } from 'ai';
import { reportOf, withStagedRetry } from '../../../src/index.ts';
import type { StreamPart, StreamResult } from '../../../src/model/language-model.ts';
import { type ScriptedAnswer, type ScriptedModel, scriptedModel } from '../../../src/testing/index.ts';
import { type Answer, partsOf, providerFailure } from './answer.ts';
import type { Scenario } from './scenario.ts';

export type Delivery = 'auto' | 'buffer' | 'live';

/** What a caller has in the end. */
export interface Ending {
  /** The value, or the text where none was asked for. */
  readonly value?: unknown;
  /** The name of the error. */
  readonly error?: string;
  readonly calls: number;
  readonly content: readonly Content[];
  /** How the run says that it ended; `undefined` if it ended with an error. */
  readonly outcome: string | undefined;
  readonly attempts: number;
}

export interface Content {
  readonly type: string;
  readonly text?: string;
  readonly toolName?: string;
  readonly input?: unknown;
  readonly invalid?: boolean;
  readonly providerMetadata?: object;
}

/** What a reader has seen meanwhile, too. */
export interface Seen extends Ending {
  readonly text: string;
  readonly partials: readonly unknown[];
  readonly elements: readonly unknown[];
  /** Whether text was seen while the provider still wrote. */
  readonly isEarly: boolean;
  /** The answers that were cancelled before their end. */
  readonly cancelled: readonly Answer[];
}

export async function generated(played: Scenario, name: string): Promise<Ending> {
  const { model, calls } = wrappedModel(played, { name: `${name} generate` });
  try {
    const result = await generateText({ ...callOf(played, name), model });
    const { content, providerMetadata, text } = result;
    const ended = { content: content as unknown as readonly Content[], calls: calls(), ...reported(providerMetadata) };
    try {
      return { value: played.call.output === undefined ? text : result.output, ...ended };
    } catch (error) {
      return { error: nameOf(error), ...ended };
    }
  } catch (error) {
    const text = NoObjectGeneratedError.isInstance(error) ? error.text : undefined;
    const content = text === undefined ? [] : [{ type: 'text', text }];
    return { error: nameOf(error), calls: calls(), content, outcome: undefined, attempts: calls() };
  }
}

export async function streamed(played: Scenario, name: string, delivery: Delivery): Promise<Seen> {
  const { model, calls, isWriting, cancelled } = wrappedModel(played, { name: `${name} ${delivery}`, delivery });
  const errors: unknown[] = [];
  let text = '';
  let isEarly = false;
  const result = streamText({
    ...callOf(played, name),
    model,
    onError: ({ error }) => void errors.push(error),
    onChunk({ chunk }) {
      if (chunk.type !== 'text-delta') return;
      text += chunk.text;
      isEarly ||= isWriting();
    },
  });
  const { output } = played.call;
  const partials: unknown[] = [];
  const elements: unknown[] = [];
  const reading = [
    output === undefined ? result.consumeStream() : collect(result.partialOutputStream, partials),
    played.kind === 'array' ? collect(result.elementStream, elements) : undefined,
  ];
  const settled = async <VALUE>(value: PromiseLike<VALUE>) =>
    Promise.resolve(value).catch((error: unknown) => void (errors.length > 0 || errors.push(error)));
  await Promise.all(reading.map((read) => settled(Promise.resolve(read))));
  const value = await settled<unknown>(output === undefined ? result.text : result.output);
  const content = ((await settled(result.content)) ?? []) as unknown as readonly Content[];
  const metadata = (await settled(result.finalStep))?.providerMetadata;
  const [error] = errors;
  return {
    ...(error === undefined ? { value } : { error: nameOf(error) }),
    calls: calls(),
    content,
    ...reported(metadata),
    text,
    partials,
    elements,
    isEarly,
    cancelled,
  };
}

async function collect(stream: AsyncIterable<unknown>, into: unknown[]): Promise<void> {
  for await (const value of stream) into.push(structuredClone(value));
}

function callOf({ call }: Scenario, name: string) {
  return { ...call, prompt: `Extract ${name}.`, maxRetries: 0 } as const;
}

function reported(metadata: Parameters<typeof reportOf>[0]): Pick<Ending, 'outcome' | 'attempts'> {
  const report = reportOf(metadata);
  return { outcome: report?.outcome, attempts: report?.attempts ?? 1 };
}

/** An answer without any text has a name of its own in `generateText`, of the bare model too. */
function nameOf(error: unknown): string {
  return (error as Error).name.replace('AI_NoOutputGeneratedError', 'AI_NoObjectGeneratedError');
}

interface Playing {
  /** Each play has a name of its own, because retries are limited by model. */
  readonly name: string;
  readonly delivery?: Delivery;
}

function wrappedModel({ answers, cutting, options }: Scenario, { name, delivery }: Playing) {
  const models: ScriptedModel[] = [];
  let isWriting = false;
  const cancelled: Answer[] = [];
  const modelFrom = (from: number): ScriptedModel => {
    const left = answers.slice(from);
    const script = left.map((answer): ScriptedAnswer => {
      const fails = answer.breaks === 'closed' || (answer.breaks !== undefined && delivery === undefined);
      return fails ? providerFailure : { ...answer, parts: partsOf(answer, cutting) };
    });
    const scripted = scriptedModel(script, { modelId: `${name} ${from}` });
    models.push(scripted);
    return {
      ...scripted,
      async doStream(params: never) {
        const opened = (await scripted.doStream(params)) as unknown as StreamResult;
        const answer = left[Math.min(scripted.calls.length, left.length) - 1];
        return { ...opened, stream: watched(opened.stream, answer) };
      },
    } as unknown as ScriptedModel; // by structure
  };

  /** The stream as the reader asks for it, which breaks if the answer says so. */
  function watched(stream: ReadableStream<StreamPart>, answer: Answer | undefined): ReadableStream<StreamPart> {
    const reader = stream.getReader();
    isWriting = true;
    return new ReadableStream<StreamPart>(
      {
        async pull(controller) {
          const { done, value } = await reader.read();
          if (!done) {
            controller.enqueue(value);
            return;
          }
          isWriting = false;
          if (answer?.breaks === 'throw') controller.error(providerFailure);
          else controller.close();
        },
        cancel(reason) {
          isWriting = false;
          if (answer !== undefined) cancelled.push(answer);
          return reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }

  const model = withStagedRetry(modelFrom(0), {
    ...options(modelFrom),
    ...(delivery === undefined ? {} : { delivery }),
  });
  return {
    model,
    isWriting: () => isWriting,
    cancelled,
    calls: () => models.reduce((sum, { calls }) => sum + calls.length, 0),
  };
}

import { InvalidArgumentError } from '@ai-sdk/provider';
import type { LanguageModel as SdkLanguageModel } from 'ai';
import { installedVersion } from '../model/installed-version.ts';
import type {
  CallOptions,
  ContentPart,
  FinishReason,
  GenerateResult,
  LanguageModel,
  StreamPart,
} from '../model/language-model.ts';
import { partsOf } from '../stream/replay.ts';
import type { Usage } from '../trace/usage.ts';

/**
 * An answer of a scripted model: a text, a whole or partial result, an error that the call fails with, or a function
 * that returns one of these.
 */
export type ScriptedAnswer =
  | string
  | Error
  | (Partial<Omit<GenerateResult, 'finishReason'>> & {
      readonly finishReason?: string;
      readonly parts?: readonly StreamPart[];
    })
  | ((params: CallOptions, call: number) => ScriptedAnswer | PromiseLike<ScriptedAnswer>);

/** The installed SDK's language model, of a specification version. */
type SdkModel<VERSION> = Extract<SdkLanguageModel, { readonly specificationVersion: VERSION }>;

/** A language model with a script that records its calls. */
export type ScriptedModel<VERSION extends 'v3' | 'v4' = 'v3' | 'v4'> = SdkModel<VERSION> & {
  /** The calls so far, oldest first. */
  readonly calls: CallOptions[];
};

/** The model's identity, and what follows the last answer. */
export interface ScriptedModelOptions<VERSION extends 'v3' | 'v4'> {
  /** The version of the SDK's model specification. @default that of the installed `ai` */
  readonly specificationVersion?: VERSION;
  /** The provider's name. @default 'scripted' */
  readonly provider?: string;
  /** The model's id. @default 'scripted-model' */
  readonly modelId?: string;
  /** What a call after the last answer gets: the last answer again, or an error. @default 'repeat' */
  readonly whenUsedUp?: 'repeat' | 'throw';
}

/**
 * Creates a language model that gives the answers of a script in order, generated or streamed, and then repeats the
 * last one.
 *
 * A model with an empty script rejects when it is called. So does one whose script is used up, with
 * `whenUsedUp: 'throw'`.
 *
 * @example
 * const model = scriptedModel(['{"total": "12"}', '{"total": 12}']);
 * await generateText({ model: withStagedRetry(model), output, prompt });
 * expect(model.calls).toHaveLength(2);
 */
export function scriptedModel<VERSION extends 'v3' | 'v4' = 'v3' | 'v4'>(
  answers: readonly ScriptedAnswer[],
  options: ScriptedModelOptions<VERSION> = {},
): ScriptedModel<VERSION> {
  const {
    specificationVersion = installedVersion() as VERSION,
    provider = 'scripted',
    modelId = 'scripted-model',
    whenUsedUp = 'repeat',
  } = options;
  if (!Array.isArray(answers))
    throw new InvalidArgumentError({
      argument: 'answers',
      message: "scriptedModel() takes a list of answers: scriptedModel(['no', 'yes']).",
    });
  const calls: CallOptions[] = [];

  async function next(params: CallOptions): Promise<{ result: GenerateResult; parts?: readonly StreamPart[] }> {
    calls.push(params);
    params.abortSignal?.throwIfAborted();
    if (answers.length === 0) {
      throw new InvalidArgumentError({ argument: 'answers', message: 'The scripted model has no answer to give.' });
    }
    if (whenUsedUp === 'throw' && calls.length > answers.length) {
      const message = `The script is used up: it has answers for ${answers.length} calls, and this is call ${calls.length}.`;
      throw new InvalidArgumentError({ argument: 'answers', message });
    }
    let answer = answers[Math.min(calls.length, answers.length) - 1] ?? '';
    while (typeof answer === 'function') answer = await answer(params, calls.length);
    if (answer instanceof Error) throw answer;
    return toResult(answer);
  }

  const model: LanguageModel & Pick<ScriptedModel, 'calls'> = {
    specificationVersion,
    provider,
    modelId,
    supportedUrls: {},
    calls,
    doGenerate: async (params) => (await next(params)).result,
    async doStream(params) {
      const { result, parts = streamParts(result) } = await next(params);
      const remaining = parts.values();
      return {
        stream: new ReadableStream<StreamPart>({
          pull(controller) {
            const { done, value } = remaining.next();
            if (done) controller.close();
            else controller.enqueue(value);
          },
        }),
      };
    },
  };
  return model as unknown as ScriptedModel<VERSION>; // by structure, for either major
}

function streamParts(result: GenerateResult): StreamPart[] {
  let id = 0;
  return [
    { type: 'stream-start', warnings: result.warnings },
    ...partsOf(result, () => String(id++)),
    {
      type: 'finish',
      usage: result.usage,
      finishReason: result.finishReason,
      providerMetadata: result.providerMetadata,
    },
  ];
}

function toResult(answer: Exclude<ScriptedAnswer, Error | ((...all: never) => unknown)>): {
  result: GenerateResult;
  parts?: readonly StreamPart[];
} {
  if (typeof answer === 'string') return { result: resultOf([{ type: 'text', text: answer }]) };
  const { finishReason, content = [], parts, ...rest } = answer;
  const result = { ...resultOf(content, finishReason), ...rest };
  return parts === undefined ? { result } : { result, parts };
}

function resultOf(content: readonly ContentPart[], finishReason?: string): GenerateResult {
  const hasCalls = content.some((part) => part.type === 'tool-call' && part.providerExecuted !== true);
  const reason: FinishReason = { unified: finishReason ?? (hasCalls ? 'tool-calls' : 'stop'), raw: undefined };
  return { content, finishReason: reason, usage: scriptedUsage, warnings: [] };
}

/** Ten tokens in and ten out a call, so that sums are easy to tell. */
const scriptedUsage: Usage = {
  inputTokens: { total: 10, noCache: 10, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 10, text: 10, reasoning: undefined },
};

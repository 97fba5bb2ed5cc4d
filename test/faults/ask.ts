import { createOpenAI } from '@ai-sdk/openai';
import { type CallSettings, generateText, type LanguageModel, type Output, streamText, type ToolSet } from 'ai';
import { type Report, reportOf } from '../../src/index.ts';

export type CallType = 'generate' | 'stream';

export const callTypes: readonly CallType[] = ['generate', 'stream'];

/** What a call came to, whichever way it was made. */
export interface Outcome {
  readonly text: string;
  /** What it rejected with, or the first error part of its stream. */
  readonly error: unknown;
  readonly report: Report | undefined;
}

export interface Question extends Pick<CallSettings, 'abortSignal' | 'maxRetries'> {
  readonly model: LanguageModel;
  readonly prompt?: string;
  readonly tools?: ToolSet;
  readonly output?: ReturnType<typeof Output.object>;
}

/** Asks a model once, without retries of the SDK's unless said. */
export async function ask(type: CallType, question: Question): Promise<Outcome> {
  const settings = { prompt: 'Go on.', maxRetries: 0, ...question };
  try {
    return type === 'generate' ? await askGenerated(settings) : await askStreamed(settings);
  } catch (error) {
    return { text: '', error, report: undefined };
  }
}

async function askGenerated(settings: Parameters<typeof generateText>[0]): Promise<Outcome> {
  const { text, providerMetadata } = await generateText(settings);
  return { text, error: undefined, report: reportOf(providerMetadata) };
}

async function askStreamed(settings: Parameters<typeof streamText>[0]): Promise<Outcome> {
  const result = streamText({ ...settings, onError: () => {} });
  let text = '';
  let error: unknown;
  let report: Report | undefined;
  for await (const part of result.fullStream) {
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'error') error ??= part.error;
    if (part.type === 'abort') error ??= settings.abortSignal?.reason;
    if (part.type === 'finish-step') report = reportOf(part.providerMetadata);
  }
  return { text, error, report };
}

/** The real OpenAI provider's Chat Completions model of a server. */
export function chatModel(server: { readonly url: string }, modelId = 'replayed') {
  return createOpenAI({ baseURL: server.url, apiKey: 'replay' }).chat(modelId);
}

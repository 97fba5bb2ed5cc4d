import { APICallError } from '@ai-sdk/provider';
import type { CallOptions } from '../../src/model/language-model.ts';
import { type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';

/** A model behind HTTP, whose provider counts (`startUpstream`); it remembers no call. */
export function upstreamModel(url: string, modelId = 'upstream-model'): ScriptedModel {
  const model = scriptedModel([forgetAndAsk], { provider: 'upstream', modelId });
  return model;

  function forgetAndAsk(params: CallOptions): Promise<string> {
    model.calls.length = 0;
    return ask(url, params);
  }
}

async function ask(url: string, { prompt, abortSignal }: CallOptions): Promise<string> {
  const body = textOf(prompt);
  const response = await fetch(url, {
    method: 'POST',
    body,
    ...(abortSignal === undefined ? {} : { signal: abortSignal }),
  });
  if (response.ok) return await response.text();
  const { status: statusCode } = response;
  throw new APICallError({ message: 'The upstream failed.', url, requestBodyValues: {}, statusCode });
}

function textOf(prompt: CallOptions['prompt']): string {
  const { content = '' } = prompt.at(-1) ?? {};
  if (typeof content === 'string') return content;
  return content.map((part) => ('text' in part ? part.text : '')).join('');
}

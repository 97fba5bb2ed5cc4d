import type { Run } from '../context/run.ts';
import type { CallOptions, LanguageModel } from '../model/language-model.ts';
import { callModel } from '../provider/call-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { type AttemptPlace, mayAbort } from './foresee.ts';

/** Calls a model for an attempt, and watches its stream. */
export async function callFor(
  run: Run,
  place: AttemptPlace,
  params: CallOptions,
  model: LanguageModel,
): Promise<ModelAnswer> {
  run.sent.push(params.prompt);
  const answer = await callModel({
    run,
    model,
    params,
    mayAbort: (fragment) => mayAbort(run, place, fragment),
  });
  for (const part of answer.content) {
    if (part.type === 'tool-result') run.toolResults.push({ toolName: part.toolName, output: part.result });
  }
  return answer;
}

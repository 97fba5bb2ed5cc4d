import type { Run } from '../context/run.ts';
import type { CallOptions, LanguageModel } from '../model/language-model.ts';
import { callModel } from '../provider/call-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { type AttemptPlace, mayAbort } from './foresee.ts';

/** Calls a model for an attempt, and watches its stream. */
export function callFor(
  run: Run,
  place: AttemptPlace,
  params: CallOptions,
  model: LanguageModel,
): Promise<ModelAnswer> {
  run.sent.push(params.prompt);
  return callModel({ run, model, params, mayAbort: (fragment) => mayAbort(run, place, fragment) });
}

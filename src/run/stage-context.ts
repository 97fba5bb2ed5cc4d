import type { StageContext } from '../stages/stage.ts';
import { callModel } from './call-model.ts';
import { promptWithFeedback, rejectedAnswer } from './feedback-prompt.ts';
import { type AttemptPlace, isAskedAgain } from './foresee.ts';
import { emit, type Run } from './run.ts';
import { watchAnswer } from './watch-answer.ts';

/** What a stage may see and do in an attempt. */
export function stageContext(run: Run, place: AttemptPlace): StageContext {
  const { stage, history, number: attempt } = place;
  const { params, model, abortSignal, settings } = run;
  return {
    runId: run.id,
    stage,
    params,
    history,
    attempt,
    rejected: rejectedAnswer(run, history),
    model,
    abortSignal,
    effects: settings.effects,
    promptWithFeedback: (options = {}) => promptWithFeedback(run, place, options),
    call: (callParams, { model: other = model } = {}) =>
      callModel({
        run,
        model: other,
        params: callParams,
        watch: () => watchAnswer(run, callParams, () => isAskedAgain(run, place)),
      }),
    emit: (name, event) => emit(run, name, event),
    once<VALUE>(create: () => VALUE): VALUE {
      if (!run.shared.has(stage)) run.shared.set(stage, create());
      return run.shared.get(stage) as VALUE; // what this stage's first attempt put there
    },
    onRunEnd: (release) => {
      run.releases.push(release);
    },
  };
}

import type { ToolOutcome } from '../checks/check.ts';
import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { within } from '../context/within.ts';
import { isOurs } from '../errors/is-ours.ts';
import { ThrownByCaller } from '../errors/thrown-by-caller.ts';
import type { EventDetail } from '../events.ts';
import type { Answer } from '../model/answer.ts';
import { ProviderCallFailed } from '../provider/provider-call-failed.ts';
import type { Stage, StageContext } from '../stages/stage.ts';
import { describeError } from '../telemetry/describe-error.ts';
import { copied } from '../trace/copied.ts';
import { parseJson } from '../trace/parse-json.ts';
import { callFor } from './call-for.ts';
import { promptWithFeedback, rejectedAnswer } from './feedback-prompt.ts';
import type { AttemptPlace } from './foresee.ts';

/**
 * What a stage proposes.
 *
 * Rejects with `ThrownByCaller` if the fault is in the stage, and as the calls do that it makes.
 */
export async function proposalOf(run: Run, stage: Stage, place: AttemptPlace): Promise<Answer | undefined> {
  const callback = `propose of the stage "${stage.name}"`;
  let answer: Answer | undefined;
  try {
    answer = await stage.propose(stageContext(run, place));
  } catch (error) {
    throw isExplained(error) ? error : new ThrownByCaller(callback, error);
  }
  if (answer !== undefined && typeof answer?.text !== 'string')
    throw new ThrownByCaller(callback, undefined, 'returned an answer without a text');
  return answer;
}

/** Whether an error says itself what failed: a call, or a function of the caller's that the stage called. */
function isExplained(error: unknown): boolean {
  return error instanceof ProviderCallFailed || error instanceof ThrownByCaller || isOurs(error);
}

/** What a stage may see and do in an attempt. */
export function stageContext(run: Run, place: AttemptPlace): StageContext {
  const { stage, history, number: attempt } = place;
  const { params, model, abortSignal, settings } = run;
  return {
    runId: run.id,
    stage,
    params,
    history: copied(history),
    attempt,
    rejected: rejectedAnswer(run, history),
    model,
    abortSignal,
    effects: settings.effects,
    promptWithFeedback: (options = {}) => promptWithFeedback(run, place, options),
    async call(callParams, { model: other = model } = {}) {
      const answer = await callFor(run, place, callParams, other);
      const parsed = parseJson(answer.text);
      return { ...answer, value: parsed?.value, parsed };
    },
    emit(name, event) {
      if (name === 'tool-call' && 'output' in event) run.toolResults.push(event as unknown as ToolOutcome); // it is one
      if (name === 'tool-source-error') noteToolFailure(run, event as EventDetail<'tool-source-error'>);
      emit(run, name, event);
    },
    within: (part, code) => within(run, part, code),
    once<VALUE>(create: () => VALUE): VALUE {
      if (!run.shared.has(stage)) run.shared.set(stage, create());
      return run.shared.get(stage) as VALUE; // what this stage's first attempt put there
    },
    onRunEnd: (release) => {
      run.releases.push(release);
    },
  };
}

/** Keeps what a source of tools failed with, each once, for the error that the run may end with. */
function noteToolFailure({ state }: Run, { stage, source, error }: EventDetail<'tool-source-error'>): void {
  const of = source === undefined ? '' : ` of ${source}`;
  const failure = `The stage ${stage} lacked tools${of}: ${describeError(error).replace(/\.$/, '')}.`;
  if (!state.toolFailures.includes(failure)) state.toolFailures = [...state.toolFailures, failure];
}

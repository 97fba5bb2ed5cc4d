import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { lazily } from '../effects/lazily.ts';
import type { Attempt } from '../trace/history.ts';

const saying = /* @__PURE__ */ lazily(() => import('./ends/said.ts'));

/** Emits that an attempt was judged, with the means to explain what was found. */
export async function tellAttempt(run: Run, attempt: Attempt): Promise<void> {
  const { verdict, warnings, fixes } = attempt;
  const hasFindings = verdict.type === 'fail' || warnings !== undefined || fixes !== undefined;
  const explaining = hasFindings && run.sinks.length > 0 ? (await saying()).explainingRun(run) : undefined;
  emit(run, 'attempt-end', { attempt }, explaining);
}

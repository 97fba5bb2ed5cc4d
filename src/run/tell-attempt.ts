import { type Bill, costSince } from '../context/bill.ts';
import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { lazily } from '../effects/lazily.ts';
import type { EventDetail } from '../events.ts';
import type { Attempt } from '../trace/history.ts';
import type { AttemptPlace } from './foresee.ts';

const saying = /* @__PURE__ */ lazily(() => import('./said.ts'));

/** Emits that an attempt was judged, with the means to explain what was found. */
export async function tellAttempt(run: Run, attempt: Attempt): Promise<void> {
  const { verdict, warnings, fixes } = attempt;
  const hasFindings = verdict.type === 'fail' || warnings !== undefined || fixes !== undefined;
  const explaining = hasFindings && run.sinks.length > 0 ? (await saying()).explainingRun(run) : undefined;
  emit(run, 'attempt-end', { attempt }, explaining);
}

/** An attempt that has begun, and the run's bill when it did. */
export interface BegunAttempt extends AttemptPlace {
  readonly billBefore: Bill;
}

/** Why an attempt came to no answer that was judged. */
export type AttemptFailure = Pick<EventDetail<'attempt-failed'>, 'reason' | 'error'>;

/** Emits that an attempt which began will not be judged, with what it cost. */
export function tellFailedAttempt(
  run: Run,
  { number, stage, billBefore }: BegunAttempt,
  failure: AttemptFailure,
): void {
  emit(run, 'attempt-failed', { attempt: number, stage, ...failure, ...costSince(run, billBefore) });
}

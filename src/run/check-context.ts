import type { Circumstances } from '../checks/plan/guarded.ts';
import type { Run } from '../context/run.ts';
import { copied } from '../trace/copied.ts';
import type { History } from '../trace/history.ts';

export interface JudgedAttempt {
  readonly history: History;
  readonly number: number;
  readonly isLast: boolean;
}

/** What checks get besides the answer, and the models that they may call. */
export function checkContext(
  run: Run,
  { history, number, isLast }: JudgedAttempt,
): Pick<Circumstances, 'context' | 'meter'> {
  const { params, toolResults, abortSignal } = run;
  return {
    context: {
      params,
      // Its own, as a check may sort or shorten it.
      history: copied(history),
      attempt: number,
      isLastAttempt: isLast,
      toolResults: [...toolResults],
      ...(abortSignal === undefined ? {} : { abortSignal }),
    },
    async meter(check, model, calls) {
      // Most checks call no model.
      const { meteredModel } = await import('../provider/metered-model.ts');
      return await meteredModel(run, model, { check, attempt: number, calls });
    },
  };
}

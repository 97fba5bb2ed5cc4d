import type { Decision } from '../trace/decision.ts';
import type { FailureSummary } from '../trace/provider-failure.ts';
import type { StageEnd } from '../trace/stage-end.ts';

/** Why a stage ended, in one clause. */
export function explainEnd({
  stage,
  reason,
  attempts,
  maxAttempts,
  repeats,
  kinds = [],
  limit,
  error,
  decision,
}: StageEnd): string {
  switch (reason) {
    case 'accepted':
      return `${stage} was accepted${decision === undefined ? '' : ` after a person's ${byPerson[decision]}`}`;
    case 'attempts-used':
      return `${stage} used its ${maxAttempts === 1 ? 'one attempt' : `${maxAttempts} attempts`}`;
    case 'no-progress': {
      const what = repeats?.type === 'answer' ? 'answer' : 'issues';
      return `${stage} stopped after ${attempts} of ${maxAttempts}, as the model repeated the ${what} of attempt ${repeats?.attempt} (convergence: 'strict')`;
    }
    case 'not-handled':
      return `${stage} does not handle ${kinds.join(', ')}`;
    case 'skipped':
      return `${stage} had nothing to propose`;
    case 'budget':
      return `${stage} was beyond the budget${limit === undefined ? '' : ` (${limit})`}`;
    case 'provider-failed':
      return `${stage} was left: ${error === undefined ? 'its provider failed' : explainFailure(error)}`;
    case 'released':
      return `${stage} was left, as a check rejected what the live stream had delivered`;
    case 'error':
      return `${stage} was left, as an error ended the run`;
    case 'decided':
      return decision === undefined
        ? `${stage} was passed over by a person`
        : `${stage} ended with a person's ${byPerson[decision]}`;
  }
}

/** What a person did, as a noun. */
export const byPerson: Readonly<Record<Decision['type'], string>> = {
  approve: 'approval',
  edit: 'edit',
  retry: 'advice',
  reject: 'rejection',
  escalate: 'escalation',
};

/** A failed provider call, without the provider's own words: "status 402 from gpt-5-mini (a quota or balance is used up)". */
export function explainFailure({ name, model, statusCode, isSpent, noRetry, heldBy }: FailureSummary): string {
  if (heldBy !== undefined) return `a limiter (${heldBy}) held back the call of ${model}`;
  const what = statusCode === undefined ? (name ?? 'a failure') : `status ${statusCode}`;
  const why =
    isSpent === true ? 'a quota or balance is used up' : noRetry === undefined ? undefined : unretried[noRetry];
  return `${what} from ${model}${why === undefined ? '' : ` (${why})`}`;
}

/** Why a retry that was left was not made. */
const unretried: Readonly<Record<NonNullable<FailureSummary['noRetry']>, string>> = {
  budget: 'no retry: the budget leaves too little time',
  'retry-bucket': 'no retry: this process has used up its retries of the model',
};

import { emit } from '../../context/emit.ts';
import type { Run, Spending } from '../../context/run.ts';
import { callingForText } from '../../errors/thrown-by-caller.ts';
import { pauseBudget } from '../../limits/shared-budget.ts';
import type { HumanStage } from '../../stages/human.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { AppliedDecision, Attempt, History } from '../../trace/history.ts';
import { rounded } from '../../trace/price.ts';
import { addUsage, inputTotal, outputTotal } from '../../trace/usage.ts';
import { Suspended } from './suspended.ts';

/** Records what earlier calls did. It counts for the run's budget and report, not for what this call spends. */
export function goOnFrom(run: Run, stage: HumanStage, history: History): void {
  const attempts = history.filter((entry) => entry.type === 'attempt');
  run.state.earlier = {
    attempts,
    isReported: canRespond(run, stage),
    addTo: (spent) => attempts.reduce(withAttempt, spent),
  };
}

function withAttempt({ usage, estimatedTokens, bill }: Spending, attempt: Attempt): Spending {
  const outputTokens = (outputTotal(attempt.usage) ?? 0) + (attempt.estimatedTokens ?? 0);
  return {
    usage: addUsage(usage, attempt.usage),
    estimatedTokens: estimatedTokens + (attempt.estimatedTokens ?? 0),
    bill: {
      ...bill,
      outputTokens: bill.outputTokens + outputTokens,
      totalTokens: bill.totalTokens + outputTokens + (inputTotal(attempt.usage) ?? 0),
      usd: rounded(bill.usd + (attempt.usd ?? 0)),
      estimatedUsd: rounded(bill.estimatedUsd + (attempt.estimatedUsd ?? 0)),
      unpriced: [...bill.unpriced, ...(attempt.unpriced ?? [])],
    },
  };
}

/** The decision of a person. Rejects with `Suspended` while nobody has decided. */
export async function awaitDecision(
  run: Run,
  stage: HumanStage,
  { escalation, history }: Pick<Suspended, 'escalation' | 'history'>,
): Promise<AppliedDecision> {
  const decided = await decidedBy(run, stage, escalation);
  if (decided?.decision === undefined)
    throw new Suspended({
      escalation,
      history,
      response: canRespond(run, stage) ? responseOf(stage, escalation) : undefined,
    });
  run.state.decided = { inbox: stage.inbox, escalation: decided };
  emit(run, 'escalation-response', { escalation: decided, decision: decided.decision });
  const { id: escalationId, decision, outcome } = decided;
  const { type, text: answer, verdict } = outcome ?? {};
  const isAnswered = decision.type === 'retry' && type === 'accepted' && verdict?.type === 'pass';
  const applied = { type: 'decision', stage: stage.name, escalationId, decision } as const;
  return isAnswered && answer !== undefined ? { ...applied, answer } : applied;
}

function responseOf({ name, response }: HumanStage, escalation: Escalation): string {
  return callingForText(`response of the stage "${name}"`, () => response(escalation));
}

/** A call that wants JSON could not parse a text about waiting. */
function canRespond({ params }: Run, { whenPending }: HumanStage): boolean {
  return whenPending === 'respond' && params.responseFormat?.type !== 'json';
}

async function decidedBy(
  run: Run,
  { inbox, wait }: HumanStage,
  escalation: Escalation,
): Promise<Escalation | undefined> {
  if (escalation.state === 'decided') return escalation;
  if (wait === undefined) return undefined;
  const { now } = run.settings.effects;
  const { shared } = run.budget;
  const since = now();
  const goOn = shared === undefined ? undefined : pauseBudget(shared, now);
  try {
    return await inbox.waitFor(escalation.id, { ...wait, abortSignal: run.abortSignal });
  } finally {
    run.state.waitedMs += now() - since;
    goOn?.();
  }
}

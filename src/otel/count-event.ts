import type { StagedRetryEventName, StagedRetryEvents } from '../events.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Attempt } from '../trace/history.ts';
import { inputTotal, noUsage, outputTotal, type Usage } from '../trace/usage.ts';
import type { Instruments } from './instruments.ts';

/** Counts what an event tells, unless it is the end of an attempt. */
export function countEvent<NAME extends StagedRetryEventName>(
  instruments: Instruments,
  name: NAME,
  event: StagedRetryEvents[NAME],
): void {
  counted[name]?.(instruments, event);
}

type Counted = {
  readonly [NAME in StagedRetryEventName]?: (instruments: Instruments, event: StagedRetryEvents[NAME]) => void;
};

const counted: Counted = {
  'check-call': ({ tokens, usd: spent }, call) => {
    const { check, model, usage = noUsage, usd } = call;
    const attributes = { 'gen_ai.evaluation.name': check, 'gen_ai.response.model': model };
    countTokens(tokens, usage, attributes);
    if (usd !== undefined) spent.add(usd, attributes);
  },
  'cache-hit': ({ cacheRequests }, { status }) => cacheRequests.add(1, { 'staged_retry.cache.status': status }),
  'cache-miss': ({ cacheRequests }) => cacheRequests.add(1, { 'staged_retry.cache.status': 'miss' }),
  'escalation-request': ({ escalationsOpened }, { escalation }) =>
    escalationsOpened.add(1, { 'staged_retry.stage': escalation.stage }),
  'escalation-response': (instruments, { escalation }) => countDecision(instruments, escalation),
  'run-end': ({ attempts, duration }, { outcome, stage, attempts: made, durationMs }) => {
    const attributes = {
      'staged_retry.outcome': outcome,
      ...(stage === undefined ? {} : { 'staged_retry.stage': stage }),
    };
    attempts.record(made, attributes);
    duration.record(durationMs / 1000, attributes);
  },
};

/** Counts an attempt; `usd` is what it cost without the calls of its checks. */
export function countAttempt(
  { checkFailures, discardedTokens, fixes, tokens, usd: spent }: Instruments,
  { stage, model, verdict, isUnjudged, usage, estimatedTokens, usd, fixes: made = [] }: Attempt,
): void {
  const attributes = { 'staged_retry.stage': stage, 'gen_ai.response.model': model };
  countTokens(tokens, usage, attributes);
  if (estimatedTokens !== undefined) discardedTokens.add(estimatedTokens, attributes);
  if (usd !== undefined && usd > 0) spent.add(usd, attributes);
  for (const { rule } of made) fixes.add(1, { 'staged_retry.fix.rule': rule });
  if (verdict.type === 'pass' || isUnjudged === true) return;
  for (const check of new Set(verdict.issues.map((issue) => issue.check)))
    checkFailures.add(1, { 'gen_ai.evaluation.name': check, 'staged_retry.stage': stage });
}

/** What a run has spent, and what of it its attempts and its checks' calls told of. */
export interface RunSpending {
  readonly usage: readonly Usage[];
  readonly discarded?: number | undefined;
  readonly usd?: number | undefined;
}

/** Counts what no attempt tells: calls of attempts that failed half-way, and of checks outside attempts. */
export function countRest({ tokens, discardedTokens, usd }: Instruments, whole: RunSpending, told: RunSpending): void {
  for (const [type, totalOf] of [['input', inputTotal] as const, ['output', outputTotal] as const]) {
    const sum = ({ usage }: RunSpending) => usage.reduce((total, each) => total + (totalOf(each) ?? 0), 0);
    const rest = sum(whole) - sum(told);
    if (rest > 0) tokens.add(rest, { 'gen_ai.token.type': type });
  }
  const discarded = (whole.discarded ?? 0) - (told.discarded ?? 0);
  if (discarded > 0) discardedTokens.add(discarded);
  const rest = (whole.usd ?? 0) - (told.usd ?? 0);
  if (rest > leastUsd) usd.add(rest, {});
}

/** Less is what binary fractions leave over. */
const leastUsd = 1e-10;

function countTokens(tokens: Instruments['tokens'], usage: Usage, attributes: Readonly<Record<string, string>>): void {
  const input = inputTotal(usage);
  const output = outputTotal(usage);
  if (input !== undefined) tokens.add(input, { ...attributes, 'gen_ai.token.type': 'input' });
  if (output !== undefined) tokens.add(output, { ...attributes, 'gen_ai.token.type': 'output' });
}

/** How many decisions are remembered as counted. */
const mostKnown = 1000;

/** Every later run of the same request applies the decision again. Its id is the same when it is filed anew. */
function countDecision(
  { escalationsDecided, timeToDecision, known }: Instruments,
  { id, stage, createdAt, decision, outcome }: Escalation,
): void {
  const wasApplied = outcome !== undefined && outcome.at !== decision?.at;
  if (decision === undefined || wasApplied) return;
  const key = `${id} ${createdAt} ${decision.at}`;
  if (known.has(key)) return;
  known.add(key);
  if (known.size > mostKnown) known.delete(known.values().next().value ?? '');
  const attributes = { 'staged_retry.stage': stage, 'staged_retry.decision': decision.type };
  escalationsDecided.add(1, attributes);
  timeToDecision.record((Date.parse(decision.at) - Date.parse(createdAt)) / 1000, attributes);
}

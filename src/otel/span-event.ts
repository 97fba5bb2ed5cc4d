import type { Attributes } from '@opentelemetry/api';
import { errorName } from '../errors/error-name.ts';
import type { StagedRetryEventName, StagedRetryEvents } from '../events.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Telling } from './telling.ts';

/** What an event adds to the span it belongs to; `undefined` for one that a span says itself. */
export function spanEvent<NAME extends StagedRetryEventName>(
  name: NAME,
  event: StagedRetryEvents[NAME],
  telling: Telling,
): Attributes | undefined {
  return attributesOf[name]?.(event, telling);
}

type AttributesOf = {
  readonly [NAME in StagedRetryEventName]?: (event: StagedRetryEvents[NAME], telling: Telling) => Attributes;
};

const attributesOf: AttributesOf = {
  'delivery-start': ({ delivery, heldBy }) => ({
    'staged_retry.delivery': delivery,
    'staged_retry.held_by': [...heldBy],
  }),
  'stage-end': ({ stage, reason, attempts, maxAttempts, repeats, kinds, limit, error, decision }) => ({
    'staged_retry.stage': stage,
    'staged_retry.reason': reason,
    'staged_retry.attempts': attempts,
    'staged_retry.max_attempts': maxAttempts,
    'staged_retry.repeats.attempt': repeats?.attempt,
    'staged_retry.repeats.type': repeats?.type,
    'staged_retry.issue.kinds': kinds === undefined ? undefined : [...kinds],
    'staged_retry.limit': limit,
    'staged_retry.decision': decision,
    'staged_retry.model': error?.model,
    'error.type': error === undefined ? undefined : errorType(error),
  }),
  'tool-source-error': ({ stage, source, error }, telling) => ({
    'staged_retry.stage': stage,
    'staged_retry.tool_source': source,
    'error.type': errorType(error),
    'error.message': telling.error(error),
  }),
  'transport-retry': ({ model, retry, delayMs, error }, telling) => ({
    'staged_retry.model': model,
    'staged_retry.retry': retry,
    'staged_retry.delay_ms': delayMs,
    'error.type': errorType(error),
    'error.message': telling.error(error),
  }),
  'cache-hit': ({ status, ageMs }) => ({ 'staged_retry.cache.status': status, 'staged_retry.cache.age_ms': ageMs }),
  'cache-miss': ({ reason }) => ({ 'staged_retry.cache.status': 'miss', 'staged_retry.cache.reason': reason }),
  'escalation-request': ({ escalation }) => escalationAttributes(escalation),
  'escalation-pending': ({ escalation }) => escalationAttributes(escalation),
  'escalation-response': ({ escalation, decision }) => ({
    ...escalationAttributes(escalation),
    'staged_retry.decision': decision.type,
    'staged_retry.decided_by': decision.by,
  }),
};

function escalationAttributes({ id, stage }: Escalation) {
  return { 'staged_retry.escalation.id': id, 'staged_retry.stage': stage };
}

/** The status a server answered with, or what the error is called. */
export function errorType(error: unknown): string {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  if (typeof statusCode === 'number') return String(statusCode);
  return errorName(error) ?? '_OTHER';
}

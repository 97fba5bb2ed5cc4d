import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { StagedRetryEvents } from '../events.ts';
import type { TracedRun } from '../telemetry/telemetry.ts';
import { inputTotal, outputTotal, type Usage } from '../trace/usage.ts';
import { inputMessages } from './input-messages.ts';
import { usageAttributes } from './judged.ts';
import { jsonOf } from './telling.ts';

/** What is known of a run when it begins. */
export function runAttributes(run: TracedRun, recordContent: boolean): Attributes {
  const { runId, type, provider, model, metadata = {}, prompt } = run;
  const attributes: Attributes = {
    'staged_retry.run_id': runId,
    'staged_retry.type': type,
    'staged_retry.provider': provider,
    'staged_retry.model': model,
  };
  for (const [name, value] of Object.entries(metadata)) {
    if (value !== null && value !== undefined) attributes[`staged_retry.metadata.${name}`] = attributeOf(value);
  }
  if (recordContent) attributes['gen_ai.input.messages'] = jsonOf(inputMessages(prompt));
  return attributes;
}

function attributeOf(value: unknown): AttributeValue {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain ? value : jsonOf(value);
}

/** What a run came to. */
export function endAttributes(end: StagedRetryEvents['run-end'], usage: Usage, checks: Usage): Attributes {
  return {
    'staged_retry.outcome': end.outcome,
    'staged_retry.attempts': end.attempts,
    'staged_retry.stage': end.stage,
    'staged_retry.limit': end.limit,
    'staged_retry.usd': end.usd,
    'staged_retry.estimated_usd': end.estimatedUsd,
    'staged_retry.unpriced': end.unpriced === undefined ? undefined : [...end.unpriced],
    'staged_retry.price_faults': end.priceFaults === undefined ? undefined : [...end.priceFaults],
    'staged_retry.escalation.id': end.escalationId,
    'staged_retry.decision': end.decision,
    'staged_retry.cache.not_kept': end.cache?.notKept,
    'staged_retry.observed.next_stage': end.observed?.nextStage,
    'staged_retry.observed.limit': end.observed?.limit,
    ...usageAttributes(usage),
    'staged_retry.usage.discarded_tokens': end.discardedTokens,
    'staged_retry.checks.usage.input_tokens': inputTotal(checks),
    'staged_retry.checks.usage.output_tokens': outputTotal(checks),
  };
}

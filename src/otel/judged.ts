import type { Attributes } from '@opentelemetry/api';
import type { StagedRetryEvents } from '../events.ts';
import type { Attempt } from '../trace/history.ts';
import type { Issue } from '../trace/issue.ts';
import { inputTotal, outputTotal, type Usage } from '../trace/usage.ts';
import { jsonOf, type Telling } from './telling.ts';

type AttemptEnd = StagedRetryEvents['attempt-end'];

/** What an attempt came to. */
export function attemptAttributes(attempt: Attempt, { recordContent }: Telling): Attributes {
  const { model, verdict, isUnjudged, usage, estimatedTokens, text } = attempt;
  return {
    'staged_retry.model': model,
    'staged_retry.verdict': isUnjudged === true ? 'none' : verdict.type,
    ...usageAttributes(usage),
    'staged_retry.usage.discarded_tokens': estimatedTokens,
    ...costAttributes(attempt),
    'gen_ai.output.messages': recordContent ? answerMessages(text) : undefined,
  };
}

/** What something cost, where there is a price. */
export function costAttributes({
  usd,
  estimatedUsd,
  unpriced,
}: Pick<Attempt, 'usd' | 'estimatedUsd' | 'unpriced'>): Attributes {
  return {
    'staged_retry.usd': usd,
    'staged_retry.estimated_usd': estimatedUsd,
    'staged_retry.unpriced': unpriced === undefined ? undefined : [...unpriced],
  };
}

/**
 * Tokens are not `gen_ai.usage.*`: the SDK's span around the run has their sum, and a back end that adds up spans would
 * count them twice.
 */
export function usageAttributes(usage: Usage): Attributes {
  return {
    'staged_retry.usage.input_tokens': inputTotal(usage),
    'staged_retry.usage.output_tokens': outputTotal(usage),
  };
}

function answerMessages(text: string): string {
  return jsonOf([{ role: 'assistant', parts: [{ type: 'text', content: text }] }]);
}

/** Each check that found fault, or warned, as an event `gen_ai.evaluation.result`. */
export function evaluations(event: AttemptEnd, telling: Telling): Attributes[] {
  const { verdict, isUnjudged, warnings = [] } = event.attempt;
  const faults = verdict.type === 'pass' || isUnjudged === true ? [] : byCheck(verdict.issues);
  const label = (found: readonly Issue[][], name: string) =>
    found.map((issues) => ({
      'gen_ai.evaluation.name': issues[0]?.check,
      'gen_ai.evaluation.score.label': name,
      'gen_ai.evaluation.explanation': telling.issues(issues, event),
      'staged_retry.issue.count': issues.length,
      'staged_retry.issue.kinds': [...new Set(issues.map(({ kind }) => kind))],
    }));
  return [...label(faults, 'fail'), ...label(byCheck(warnings), 'warning')];
}

/** Why an answer was not judged, in words; `undefined` if it was. */
export function whyUnjudged(event: AttemptEnd, telling: Telling): string | undefined {
  const { verdict, isUnjudged } = event.attempt;
  return isUnjudged === true && verdict.type === 'fail' ? telling.issues(verdict.issues, event) : undefined;
}

function byCheck(issues: readonly Issue[]): Issue[][] {
  const checks = new Set(issues.map(({ check }) => check));
  return [...checks].map((check) => issues.filter((issue) => issue.check === check));
}

/** Each change that reading made, as an event `staged_retry.fix`. */
export function fixEvents(event: AttemptEnd, telling: Telling): Attributes[] {
  const { fixes = [] } = event.attempt;
  return fixes.map(({ rule, path, from, to }) => ({
    'staged_retry.fix.rule': rule,
    'staged_retry.fix.path': telling.path(path, event),
    ...(telling.recordContent ? { 'staged_retry.fix.from': from, 'staged_retry.fix.to': to } : {}),
  }));
}

import type { Counter, Histogram, Meter } from '@opentelemetry/api';

/** What runs are counted with. */
export interface Instruments {
  readonly attempts: Histogram;
  readonly duration: Histogram;
  readonly checkFailures: Counter;
  readonly tokens: Counter;
  readonly discardedTokens: Counter;
  readonly usd: Counter;
  readonly cacheRequests: Counter;
  readonly escalationsOpened: Counter;
  readonly escalationsDecided: Counter;
  readonly timeToDecision: Histogram;
  readonly fixes: Counter;
  /** The escalations, as they were filed, whose decision was counted. */
  readonly known: Set<string>;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

export function instrumentsOf(meter: Meter): Instruments {
  return {
    attempts: meter.createHistogram('staged_retry.run.attempts', {
      unit: '{attempt}',
      description: 'Attempts of a run, by its outcome and the stage it ended in.',
      advice: { explicitBucketBoundaries: [0, 1, 2, 3, 4, 5, 6, 8, 10, 15] },
    }),
    duration: meter.createHistogram('staged_retry.run.duration', {
      unit: 's',
      description: 'How long a run took.',
      advice: { explicitBucketBoundaries: [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 40, 80, 160, 320] },
    }),
    checkFailures: meter.createCounter('staged_retry.check.failures', {
      unit: '{failure}',
      description: 'Answers that a check found fault with.',
    }),
    tokens: meter.createCounter('staged_retry.tokens', {
      unit: '{token}',
      description: 'Tokens that attempts and checks used, as the provider reported them.',
    }),
    discardedTokens: meter.createCounter('staged_retry.tokens.discarded', {
      unit: '{token}',
      description: 'Output tokens of streams that were aborted or broke off, estimated.',
    }),
    usd: meter.createCounter('staged_retry.cost', {
      unit: 'USD',
      description: 'What attempts and checks cost.',
    }),
    cacheRequests: meter.createCounter('staged_retry.cache.requests', {
      unit: '{request}',
      description: 'Runs that looked into the cache, by what came of it.',
    }),
    escalationsOpened: meter.createCounter('staged_retry.escalations.opened', {
      unit: '{escalation}',
      description: 'Escalations that were filed.',
    }),
    escalationsDecided: meter.createCounter('staged_retry.escalations.decided', {
      unit: '{escalation}',
      description: 'Escalations whose decision a run applied for the first time.',
    }),
    timeToDecision: meter.createHistogram('staged_retry.escalation.time_to_decision', {
      unit: 's',
      description: 'From filing an escalation to its decision.',
      advice: {
        explicitBucketBoundaries: [10, 30, minute, 5 * minute, 15 * minute, hour, 4 * hour, day, 3 * day, 7 * day],
      },
    }),
    fixes: meter.createCounter('staged_retry.fixes', {
      unit: '{fix}',
      description: 'Changes that reading made to answers, by rule.',
    }),
    known: new Set(),
  };
}

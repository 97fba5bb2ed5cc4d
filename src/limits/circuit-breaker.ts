import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Effects, systemEffects } from '../effects/effects.ts';
import { LimitReachedError } from '../errors/limit-reached-error.ts';
import type { CallCost, CallOutcome, Limiter } from './limiter.ts';

export interface CircuitBreakerOptions {
  /** The share of failed calls that opens it. @default 0.5 */
  readonly failureRate?: number;
  /** How many calls the share is counted over at least. @default 5 */
  readonly minimumCalls?: number;
  /** How far back calls count, in milliseconds. @default 30_000 */
  readonly windowMs?: number;
  /** How long it stays open before one call may try again, in milliseconds. @default 10_000 */
  readonly halfOpenAfterMs?: number;
}

/** The calls of one model: those of the window, and whether more may be made. */
interface Circuit {
  calls: { readonly at: number; readonly isFailure: boolean }[];
  /** Closed while undefined. */
  openUntil: number | undefined;
  isProbing: boolean;
}

const maxModels = 1000;

/**
 * Stops calling a provider's model that keeps failing, within the process. Answers that fail checks, refused requests
 * (4xx) and calls that the caller aborted are no failures. After a pause one call is let through; it decides.
 * Rejects with `LimitReachedError`.
 *
 * @throws InvalidArgumentError for numbers that make no sense.
 * @example limits: [circuitBreaker({ failureRate: 0.5, halfOpenAfterMs: 10_000 })]
 */
export function circuitBreaker(options: CircuitBreakerOptions = {}, effects: Effects = systemEffects): Limiter {
  const { failureRate = 0.5, minimumCalls = 5, windowMs = 30_000, halfOpenAfterMs = 10_000 } = options;
  refuseBadNumbers({ failureRate, minimumCalls, windowMs, halfOpenAfterMs });
  const circuits = new Map<string, Circuit>();

  function circuitOf({ provider, model }: CallCost): Circuit {
    const key = JSON.stringify([provider, model]);
    const circuit = circuits.get(key) ?? { calls: [], openUntil: undefined, isProbing: false };
    if (circuits.size >= maxModels && !circuits.has(key)) circuits.clear();
    circuits.set(key, circuit);
    return circuit;
  }

  function record(circuit: Circuit, isFailure: boolean): void {
    const now = effects.now();
    if (circuit.openUntil !== undefined) {
      if (!circuit.isProbing) return;
      circuit.isProbing = false;
      circuit.openUntil = isFailure ? now + halfOpenAfterMs : undefined;
      circuit.calls = [];
      return;
    }
    circuit.calls = circuit.calls.filter(({ at }) => at > now - windowMs);
    circuit.calls.push({ at: now, isFailure });
    const failures = circuit.calls.filter((call) => call.isFailure).length;
    if (!isFailure || circuit.calls.length < minimumCalls || failures < failureRate * circuit.calls.length) return;
    circuit.openUntil = now + halfOpenAfterMs;
  }

  return {
    async reserve(cost) {
      const circuit = circuitOf(cost);
      if (circuit.openUntil === undefined) return;
      const retryAfterMs = circuit.openUntil - effects.now();
      if (retryAfterMs > 0 || circuit.isProbing) {
        throw new LimitReachedError({ limit: 'circuit', retryAfterMs: Math.max(0, retryAfterMs) });
      }
      circuit.isProbing = true;
    },

    async settle({ type, cost, error }: CallOutcome) {
      const circuit = circuitOf(cost);
      switch (type) {
        case 'answered':
          return record(circuit, false);
        case 'failed':
          return record(circuit, isOutage(error));
        case 'aborted':
        case 'refused':
          // The probe told nothing; the next call is one again.
          circuit.isProbing = false;
          return;
      }
    },
  };
}

/** A network error, a timeout, or the server's own fault. */
function isOutage(error: unknown): boolean {
  const status = (error as { statusCode?: unknown } | null | undefined)?.statusCode;
  return typeof status !== 'number' || status >= 500;
}

function refuseBadNumbers(options: Required<CircuitBreakerOptions>): void {
  const { failureRate } = options;
  for (const [argument, value] of Object.entries(options)) {
    if (value > 0 && Number.isFinite(value)) continue;
    throw new InvalidArgumentError({ argument, message: `${argument} must be above 0.` });
  }
  if (failureRate <= 1) return;
  throw new InvalidArgumentError({ argument: 'failureRate', message: 'failureRate must be at most 1.' });
}

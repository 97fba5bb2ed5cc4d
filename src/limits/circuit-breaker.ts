import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Effects, systemEffects } from '../effects/effects.ts';
import { LimitReachedError } from '../errors/limit-reached-error.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { CallCost, CallOutcome, Limiter } from './limiter.ts';

/** When calls to a failing model stop, and when one is tried again. */
export interface CircuitBreakerOptions {
  /** The share of failed calls, above 0 and up to 1, that opens the circuit. @default 0.5 */
  readonly failureRate?: number;
  /** How many calls must be in the window before the circuit can open. @default 5 */
  readonly minimumCalls?: number;
  /** How far back calls count, in milliseconds. @default 30_000 */
  readonly windowMs?: number;
  /** How long the circuit stays open before one call may try again, in milliseconds. @default 10_000 */
  readonly halfOpenAfterMs?: number;
}

/** The state of one model: its calls in the window, and whether more may be made. */
interface Circuit {
  /** How often it opened and closed. Calls that began before the last change do not count. */
  era: number;
  slices: Slice[];
  /** `undefined` while the circuit is closed. */
  openUntil: number | undefined;
  /** When the probing call counts as lost, so that another one may probe. */
  probesUntil: number | undefined;
}

/** The calls in one slice of the window. */
interface Slice {
  readonly index: number;
  calls: number;
  failures: number;
}

interface Passage {
  readonly era: number;
  readonly isProbe: boolean;
}

const maxModels = 1000;
const slicesInWindow = 10;

/**
 * Stops calling a model that keeps failing, within this process. Network errors, timeouts and 5xx count as failures;
 * answers that fail checks, refused requests (4xx) and aborted calls do not. After a pause one call is let through and
 * decides. If it has not ended after the same time, another one may try. Rejects with `LimitReachedError`.
 *
 * @throws InvalidArgumentError for an invalid number.
 * @example limits: [circuitBreaker({ failureRate: 0.5, halfOpenAfterMs: 10_000 })]
 */
export function circuitBreaker(options: CircuitBreakerOptions = {}, effects: Effects = systemEffects): Limiter {
  refuseBadOptions('circuitBreaker', options, {
    failureRate: 'number',
    minimumCalls: 'number',
    windowMs: 'number',
    halfOpenAfterMs: 'number',
  });
  const { failureRate = 0.5, minimumCalls = 5, windowMs = 30_000, halfOpenAfterMs = 10_000 } = options;
  refuseBadNumbers({ failureRate, minimumCalls, windowMs, halfOpenAfterMs });
  const circuits = new Map<string, Circuit>();
  /** Calls in flight; oldest first if several share one cost object. */
  const passages = new WeakMap<CallCost, Passage[]>();
  const sliceMs = windowMs / slicesInWindow;

  function circuitOf({ provider, model }: CallCost): Circuit {
    const key = JSON.stringify([provider, model]);
    const circuit = circuits.get(key) ?? { era: 0, slices: [], openUntil: undefined, probesUntil: undefined };
    circuits.delete(key);
    circuits.set(key, circuit);
    const [oldest] = circuits.keys();
    if (circuits.size > maxModels && oldest !== undefined) circuits.delete(oldest);
    return circuit;
  }

  function turn(circuit: Circuit, openUntil: number | undefined): void {
    Object.assign(circuit, { era: circuit.era + 1, slices: [], openUntil, probesUntil: undefined });
  }

  function count(circuit: Circuit, isFailure: boolean): void {
    const now = effects.now();
    const index = Math.floor(now / sliceMs);
    circuit.slices = circuit.slices.filter((slice) => slice.index > index - slicesInWindow);
    let slice = circuit.slices.find((candidate) => candidate.index === index);
    if (slice === undefined) {
      slice = { index, calls: 0, failures: 0 };
      circuit.slices.push(slice);
    }
    slice.calls += 1;
    if (!isFailure) return;
    slice.failures += 1;
    const calls = circuit.slices.reduce((sum, each) => sum + each.calls, 0);
    const failures = circuit.slices.reduce((sum, each) => sum + each.failures, 0);
    if (calls >= minimumCalls && failures >= failureRate * calls) turn(circuit, now + halfOpenAfterMs);
  }

  return {
    async reserve(cost) {
      const circuit = circuitOf(cost);
      const now = effects.now();
      const isProbe = circuit.openUntil !== undefined;
      const retryAfterMs = Math.max(circuit.openUntil ?? 0, circuit.probesUntil ?? 0) - now;
      // Where it is longer than ever, the clock was set back.
      if (isProbe && retryAfterMs > 0 && retryAfterMs <= halfOpenAfterMs)
        throw new LimitReachedError({ limit: 'circuit', retryAfterMs });
      if (isProbe) circuit.probesUntil = now + halfOpenAfterMs;
      const underWay = passages.get(cost) ?? [];
      underWay.push({ era: circuit.era, isProbe });
      passages.set(cost, underWay);
    },

    async settle({ type, cost, error }: CallOutcome) {
      const circuit = circuitOf(cost);
      const { era, isProbe } = passages.get(cost)?.shift() ?? { era: circuit.era, isProbe: false };
      if (era !== circuit.era) return;
      if (type === 'aborted' || type === 'refused') {
        // The probe told nothing; the next call is one again.
        if (isProbe) circuit.probesUntil = undefined;
        return;
      }
      const isFailure = type === 'failed' && isOutage(error);
      if (isProbe) turn(circuit, isFailure ? effects.now() + halfOpenAfterMs : undefined);
      else count(circuit, isFailure);
    },
  };
}

/** A network error, a timeout, or a server error. */
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

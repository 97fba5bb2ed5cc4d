import { InvalidArgumentError } from '@ai-sdk/provider';
import type { EventSink } from '../events.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { Budget } from '../policy/budget.ts';
import { plainCall } from '../policy/rung.ts';
import type { Stage } from '../stages/stage.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type IssueKind, issueKinds } from '../trace/issue.ts';
import { nearestName } from '../trace/nearest-name.ts';

/** @throws InvalidArgumentError for stages that are none, or two of one name. */
export function refuseBadLadder(ladder: readonly Stage[]): void {
  if (!Array.isArray(ladder)) throw invalid('stages', 'stages must be a list: stages: [retry({ attempts: 2 })].');
  const names = new Set<string>();
  for (const stage of ladder) {
    if (typeof stage?.propose !== 'function' || typeof stage.name !== 'string' || stage.name === '') {
      throw invalid(
        'stages',
        'A stage has a name, attempts and propose(): use retry(), fallback(), human() and the like.',
      );
    }
    if (!Number.isInteger(stage.attempts) || stage.attempts < 0) {
      throw invalid('stages', `The stage "${stage.name}" needs attempts: a whole number.`);
    }
    if (stage.name === plainCall)
      throw invalid('stages', `"${plainCall}" names the plain call; give the stage another name.`);
    if (stage.handles !== undefined) refuseNoKinds(stage.name, stage.handles);
    const { delay = 0 } = stage;
    if (typeof delay !== 'function' && !(typeof delay === 'number' && delay >= 0)) {
      throw invalid('stages', `The delay of the stage "${stage.name}" must be milliseconds, or exponential(…).`);
    }
    if (names.has(stage.name)) {
      const example = `{ name: '${stage.name}-2', … }`;
      throw invalid('stages', `Two stages are named "${stage.name}": give one another name, as in ${example}.`);
    }
    names.add(stage.name);
  }
}

/** @throws InvalidArgumentError for a budget in USD without a price. */
export function refuseUnpricedBudget(budget: Budget, price: unknown, where = 'budget'): void {
  if (budget.usd === undefined || price !== undefined) return;
  const example = 'price: { input: 0.25, output: 2 }, in USD per million tokens';
  throw invalid(where, `${where}.usd needs the option price, to know what a call costs: ${example}.`);
}

export function refuseBadLimits(limits: unknown): void {
  if (limits === undefined) return;
  if (!Array.isArray(limits)) throw invalid('limits', 'limits must be a list: limits: [rateLimiter({ … })].');
  const isLimiter = (limiter: Partial<Limiter> | null) =>
    typeof limiter?.reserve === 'function' && typeof limiter.settle === 'function';
  if (!limits.every(isLimiter))
    throw invalid(
      'limits',
      'A limiter has reserve() and settle(), as rateLimiter(), circuitBreaker() and spendLimiter() have.',
    );
}

export function refuseBadEvents(events: unknown): void {
  if (events === undefined) return;
  const isSink = (sink: Partial<EventSink> | null) => typeof sink?.emit === 'function';
  if ((Array.isArray(events) ? events : [events]).every(isSink)) return;
  throw invalid(
    'events',
    'events must have emit(name, event), as createEmitter() and logEvents() have (with their parentheses), or be a list of such.',
  );
}

export function refuseBadTelemetry(telemetry: unknown): void {
  if (telemetry === undefined) return;
  if (typeof (telemetry as Partial<Telemetry> | null)?.startRun === 'function') return;
  throw invalid(
    'telemetry',
    'telemetry must be otelTelemetry() of ai-staged-retry/otel; a tracer goes into it: otelTelemetry({ tracer }).',
  );
}

/** A scope is part of addresses and of the names of lists. */
const maxScopeLength = 256;

export function refuseBadScope(scope: unknown): void {
  if (scope === undefined || (typeof scope === 'string' && scope !== '' && scope.length <= maxScopeLength)) return;
  throw invalid('scope', `scope must be a tenant's id of at most ${maxScopeLength} characters, or 'public'.`);
}

export function oneOf(option: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw invalid(
    option,
    `${option} must be one of ${allowed.join(', ')}, not ${typeof value === 'string' ? `"${value}"` : typeof value}.`,
  );
}

/** @throws InvalidArgumentError for what is no issue kind. */
function refuseNoKinds(stage: string, handles: readonly IssueKind[]): void {
  if (!Array.isArray(handles))
    throw invalid('stages', `handles of the stage "${stage}" must be a list of issue kinds.`);
  const unknown: string | undefined = handles
    .map(String)
    .find((kind) => !(issueKinds as readonly string[]).includes(kind));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, issueKinds);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const all = issueKinds.join(', ');
  throw invalid(
    'stages',
    `The stage "${stage}" handles "${unknown}", which is no issue kind.${hint} There are ${all}.`,
  );
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}

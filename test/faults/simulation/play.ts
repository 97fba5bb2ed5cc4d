import { getEventListeners } from 'node:events';
import { EscalationPendingError } from '../../../src/errors/escalation-pending-error.ts';
import { generate, stream } from '../../../src/middleware.ts';
import type { CallOptions, ContentPart, StreamPart } from '../../../src/model/language-model.ts';
import type { Decision } from '../../../src/trace/decision.ts';
import type { Escalation } from '../../../src/trace/escalation.ts';
import { createScenario, type FixedOptions, type Scenario } from './scenario.ts';
import { untilQuiet } from './virtual-time.ts';

/** How one call of the wrapped model ended, and what it left behind. */
export interface Call {
  readonly type: Scenario['type'];
  readonly outcome:
    | { readonly type: 'answer'; readonly content: readonly ContentPart[]; readonly metadata: unknown }
    | { readonly type: 'error'; readonly error: unknown }
    | { readonly type: 'cancelled' }
    | { readonly type: 'hangs' };
  /** The parts of a stream, as they came. */
  readonly parts: readonly StreamPart[];
  readonly events: Scenario['events'];
  readonly wasAborted: boolean;
  readonly modelCalls: number;
  /** Whether the person had not decided when the call was made. */
  readonly foundPending: boolean;
  readonly listenersLeft: number;
  readonly timersLeft: number;
  readonly streamsLeft: number;
}

export interface Play {
  readonly scenario: Scenario;
  readonly calls: readonly Call[];
}

const mostSends = 3;

/** Plays a scenario: sends the request, decides what is filed, and sends it again while a person is waited for. */
export async function play(seed: number, fixed: FixedOptions = {}): Promise<Play> {
  const scenario = createScenario(seed, fixed);
  const calls: Call[] = [];
  let pending: Escalation | undefined;
  for (let sent = 0; sent < mostSends; sent += 1) {
    const { random } = scenario;
    const decides = pending !== undefined && random.chance(0.8);
    if (pending !== undefined && decides) await scenario.inbox.decide(pending.id, drawDecision(scenario, pending));
    const call = await send(scenario, { foundPending: pending !== undefined && !decides });
    calls.push(call);
    pending = call.outcome.type === 'error' ? EscalationPendingError.find(call.outcome.error)?.escalation : undefined;
    if (pending === undefined) break;
  }
  return { scenario, calls };
}

async function send(scenario: Scenario, { foundPending }: { foundPending: boolean }): Promise<Call> {
  const { models, events, time, caller, type } = scenario;
  const controller = new AbortController();
  caller.controller = controller;
  const firstEvent = events.length;
  const callsBefore = countCalls(scenario);
  const parts: StreamPart[] = [];
  const params = { ...scenario.params, abortSignal: controller.signal };
  const outcome = await settled(
    scenario,
    type === 'generate' ? generated(scenario, params) : streamed(scenario, params, parts),
  );
  // What goes out unread may outlive the call that opened it.
  if (!scenario.isJudged) await untilOver(scenario);
  return {
    type,
    outcome,
    parts,
    events: events.slice(firstEvent),
    wasAborted: controller.signal.aborted,
    modelCalls: countCalls(scenario) - callsBefore,
    foundPending,
    listenersLeft: getEventListeners(controller.signal, 'abort').length,
    timersLeft: time.pending('library'),
    streamsLeft: models.flatMap(({ streams }) => streams).filter(({ state }) => state === 'open').length,
  };
}

function countCalls({ models }: Scenario): number {
  return models.reduce((sum, { calls }) => sum + calls.length, 0);
}

type Outcome = Call['outcome'];

async function generated({ model, settings }: Scenario, params: CallOptions): Promise<Outcome> {
  try {
    const { content, providerMetadata } = await generate(model, params, settings);
    return { type: 'answer', content, metadata: providerMetadata };
  } catch (error) {
    return { type: 'error', error };
  }
}

async function streamed(scenario: Scenario, params: CallOptions, parts: StreamPart[]): Promise<Outcome> {
  const { model, settings, random, chaos } = scenario;
  const patience = random.chance(0.1) ? random.between(0, 10) : Number.POSITIVE_INFINITY;
  try {
    const reader = (await stream(model, params, settings)).stream.getReader();
    while (parts.length < patience) {
      await chaos.moment('read').catch(() => {});
      const { done, value } = await reader.read();
      if (done) return outcomeOfParts(parts);
      parts.push(value);
    }
    await reader.cancel('enough');
    return { type: 'cancelled' };
  } catch (error) {
    return { type: 'error', error };
  }
}

function outcomeOfParts(parts: readonly StreamPart[]): Outcome {
  const failure = parts.find((part) => part.type === 'error');
  if (failure !== undefined) return { type: 'error', error: failure.error };
  const finish = parts.find((part) => part.type === 'finish');
  const text = parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
  const others = parts.filter((part) => part.type === 'tool-call');
  return { type: 'answer', content: [{ type: 'text', text }, ...others], metadata: finish?.providerMetadata };
}

/** Lets time pass until the call has settled and all is quiet. Where only the caller could end it, the caller goes away. */
async function settled(scenario: Scenario, call: Promise<Outcome>): Promise<Outcome> {
  const { time, caller, chaos, isJudged } = scenario;
  let outcome: Outcome | undefined;
  call.then((result) => {
    outcome = result;
  });
  for (;;) {
    await untilQuiet();
    if (outcome !== undefined) return outcome;
    decideNow(scenario);
    if (time.fireNext()) continue;
    const isFinal = caller.controller.signal.aborted || (isJudged && !chaos.hasHung);
    // A model that nothing stands around hangs as it would by itself.
    if (isFinal) return { type: isJudged ? 'hangs' : 'cancelled' };
    caller.controller.abort(new DOMException('Enough.', 'AbortError'));
  }
}

async function untilOver({ time }: Scenario): Promise<void> {
  do await untilQuiet();
  while (time.fireNext());
}

/** A person who looks into the inbox while the run waits. */
function decideNow(scenario: Scenario): void {
  const { events, random, inbox } = scenario;
  const filed = events.at(-1);
  if (filed?.name !== 'escalation-request' || !random.chance(0.1)) return;
  const escalation = filed.event.escalation as Escalation;
  void inbox.decide(escalation.id, drawDecision(scenario, escalation));
}

function drawDecision({ random, params }: Scenario, { proposal, passesOnTo }: Escalation): Decision {
  const text =
    params.responseFormat === undefined ? random.pick(['even', 'odd']) : random.pick(['{"n":2,"tag":"p"}', '{"n":1}']);
  return random.pick<Decision>([
    proposal === '' ? { type: 'reject' } : { type: 'approve' },
    { type: 'edit', text },
    { type: 'edit', text, force: true },
    { type: 'retry', advice: 'Look again.' },
    { type: 'retry', advice: 'Look once more.' },
    { type: 'reject' },
    passesOnTo === null ? { type: 'reject' } : { type: 'escalate' },
  ]);
}

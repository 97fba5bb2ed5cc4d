import { jsonSchema, type ToolSet, tool } from 'ai';
import type { CheckInput } from '../../../src/checks/check.ts';
import { createInbox } from '../../../src/escalation/create-inbox.ts';
import type { Inbox } from '../../../src/escalation/inbox.ts';
import type { CallOptions } from '../../../src/model/language-model.ts';
import { type Settings, type StagedRetryOptions, settingsOf } from '../../../src/options/settings.ts';
import { fallback } from '../../../src/stages/fallback.ts';
import { human } from '../../../src/stages/human.ts';
import { lendTools } from '../../../src/stages/lend-tools.ts';
import { repair } from '../../../src/stages/repair.ts';
import { retry } from '../../../src/stages/retry.ts';
import type { Stage } from '../../../src/stages/stage.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { callerTool, lentToolName, schema } from './answers.ts';
import { type Chaos, createChaos, WorldError } from './chaos.ts';
import { faultyStore } from './faulty-store.ts';
import { type Random, seeded } from './random.ts';
import { type SimulatedModel, simulatedModel } from './simulated-model.ts';
import { type VirtualTime, virtualTime } from './virtual-time.ts';

/** Everything a simulated run meets, made of a seed. */
export interface Scenario {
  readonly seed: number;
  readonly random: Random;
  readonly time: VirtualTime;
  readonly chaos: Chaos;
  readonly settings: Settings;
  readonly model: SimulatedModel;
  readonly models: readonly SimulatedModel[];
  readonly params: CallOptions;
  readonly type: 'generate' | 'stream';
  /** Whether there is anything to judge; without it the model's very stream goes out. */
  readonly isJudged: boolean;
  /** The names of the caller's own checks. */
  readonly checks: ReadonlySet<string>;
  readonly events: { readonly name: string; readonly event: Readonly<Record<string, unknown>> }[];
  /** The inbox as the person sees it: nothing goes wrong there. */
  readonly inbox: Inbox;
  /** Aborts whichever call the caller is making. */
  readonly caller: { controller: AbortController };
}

const startsAt = Date.parse('2026-01-01T00:00:00Z');

/** Options of a scenario's model that are not drawn. */
export type FixedOptions = Pick<StagedRetryOptions, 'telemetry' | 'mode'>;

export function createScenario(seed: number, fixed: FixedOptions = {}): Scenario {
  const random = seeded(seed);
  const time = virtualTime(startsAt);
  const world = time.effects('world', random);
  const effects = time.effects('library', random);
  const caller = { controller: new AbortController() };
  const abort = () => caller.controller.abort(new DOMException('The caller went away.', 'AbortError'));
  const chaos = createChaos({
    random,
    effects: world,
    faults: random.pick([0, 0.05, 0.25]),
    delays: random.pick([0, 0.2]),
    aborts: random.pick([0, 0, 0.02]),
    abort,
  });
  const model = simulatedModel(`provider-${seed}`, 'main', chaos);
  const other = simulatedModel(`provider-${seed}`, 'other', chaos);
  const judge = simulatedModel(`provider-${seed}`, 'judge', chaos);
  const store = memoryStore({ now: time.now });
  const inbox = createInbox(
    { store: faultyStore(store, chaos), onFiled: () => chaos.moment('onFiled') },
    time.effects('inbox', random),
  );
  const stages = drawLadder({ random, chaos, inbox, other });
  const checks = drawChecks(random, chaos, judge);
  const events: Scenario['events'] = [];
  const settings = settingsOf(
    {
      stages,
      checks: checks.map(({ input }) => input),
      scope: 'public',
      fix: random.chance(0.8),
      convergence: random.pick(['strict', 'off']),
      delivery: random.pick(['auto', 'buffer', 'live']),
      ...(random.chance(0.1) ? { whenCheckCrashes: 'pass' } : {}),
      ...(random.chance(0.3) ? { transport: drawTransport(random) } : {}),
      ...(random.chance(0.2) ? { budget: drawBudget(random) } : {}),
      ...(random.chance(0.1) ? { limits: [limiter(chaos)] } : {}),
      ...fixed,
      events: {
        emit(name, event) {
          events.push({ name, event: event as never }); // a record of any event
          if (random.chance(0.01)) throw new WorldError('listener');
        },
      },
    },
    effects,
  );
  const params = drawParams(seed, random);
  return {
    seed,
    random,
    time,
    chaos,
    settings,
    model,
    models: [model, other, judge],
    params,
    isJudged: checks.length > 0 || params.responseFormat !== undefined || params.tools !== undefined,
    type: random.pick(['generate', 'stream']),
    checks: new Set(checks.map(({ name }) => name)),
    events,
    inbox: createInbox({ store }, time.effects('person', random)),
    caller,
  };
}

function drawParams(seed: number, random: Random): CallOptions {
  return {
    prompt: [{ role: 'user', content: [{ type: 'text', text: `Request ${seed}` }] }],
    ...(random.chance(0.6) ? { responseFormat: { type: 'json', schema } } : {}),
    ...(random.chance(0.3) ? { tools: [callerTool] } : {}),
  };
}

interface LadderParts {
  readonly random: Random;
  readonly chaos: Chaos;
  readonly inbox: Inbox;
  readonly other: SimulatedModel;
}

function drawLadder({ random, chaos, inbox, other }: LadderParts): Stage[] {
  const attempts = () => random.between(1, 3);
  const stages: Stage[] = [];
  if (random.chance(0.9)) stages.push(retry({ attempts: attempts(), delay: random.pick([0, 0, 100]) }));
  if (random.chance(0.2)) stages.push(repair({ attempts: attempts() }));
  if (random.chance(0.4)) stages.push(lendTools({ attempts: attempts(), tools: lentTools(chaos) }));
  if (random.chance(0.3)) stages.push(fallback({ model: other as never, attempts: attempts() }));
  if (random.chance(0.1)) stages.push(customStage(chaos));
  if (random.chance(0.4)) stages.push(person('human', random, inbox));
  if (random.chance(0.1)) stages.push(person('lead', random, inbox));
  return stages;
}

function person(name: string, random: Random, inbox: Inbox): Stage {
  return human({
    name,
    inbox,
    attempts: random.between(0, 2),
    whenPending: random.pick(['throw', 'respond']),
    ...(random.chance(0.5) ? { wait: { timeoutMs: random.pick([0, 5000, 600_000]) } } : {}),
  });
}

function customStage(chaos: Chaos): Stage {
  return {
    name: 'custom',
    attempts: 2,
    async propose() {
      await chaos.moment('provider');
      if (chaos.random.chance(0.3)) return undefined;
      const text = '{"n":2,"tag":"a"}';
      return { text, value: undefined, content: [{ type: 'text', text }], finishReason: 'stop' };
    },
  };
}

function lentTools(chaos: Chaos) {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const tools: ToolSet = {
    [lentToolName]: tool({
      inputSchema: jsonSchema<object>({ type: 'object' }),
      execute: async () => {
        await chaos.moment('tool', { hangs: 'bounded' });
        return chaos.random.pick(['found', { found: true }, circular, undefined]);
      },
    }),
  };
  if (chaos.random.chance(0.5)) return tools;
  return async () => {
    await chaos.moment('connect', { hangs: 'bounded' });
    return {
      tools: async () => {
        await chaos.moment('list tools', { hangs: 'bounded' });
        return tools;
      },
      close: () => chaos.moment('close', { hangs: 'bounded' }),
    };
  };
}

function drawChecks(random: Random, chaos: Chaos, judge: SimulatedModel): { name: string; input: CheckInput }[] {
  const even: CheckInput = {
    name: 'even',
    test: async ({ text }) => {
      if (random.chance(0.3)) await chaos.moment('check', { hangs: 'bounded' });
      return isEven(text) || `Make it even, not ${text.length}.`;
    },
  };
  return [
    ...(random.chance(0.4) ? [{ name: 'even', input: even }] : []),
    ...(random.chance(0.3) ? [{ name: 'schema', input: jsonSchema(schema) }] : []),
    ...(random.chance(0.2) ? [{ name: 'asks', input: asks(random, judge) }] : []),
  ];
}

/** A check that has a model look at the answer, generated or streamed, and passes whatever it says. */
function asks(random: Random, judge: SimulatedModel): CheckInput {
  return {
    name: 'asks',
    test: async (_, { params, abortSignal, metered }) => {
      const model = (await metered(judge as never)) as unknown as SimulatedModel; // the SDK's model, by structure
      const call = { prompt: params.prompt, ...(abortSignal === undefined ? {} : { abortSignal }) };
      if (random.chance(0.5)) await model.doGenerate(call);
      else await readToEnd((await model.doStream(call)).stream);
      return true as const;
    },
  };
}

async function readToEnd(stream: ReadableStream<unknown>): Promise<void> {
  const reader = stream.getReader();
  while (!(await reader.read()).done);
}

/** What the check `even` asks for: of JSON its `n`, of other text its length. */
export function isEven(text: string): boolean {
  try {
    const { n } = JSON.parse(text);
    return n % 2 === 0;
  } catch {
    return text.length % 2 === 0;
  }
}

function drawTransport(random: Random) {
  return {
    attempts: random.between(1, 3),
    timeout: {
      ...(random.chance(0.5) ? { callMs: 10_000 } : {}),
      ...(random.chance(0.5) ? { firstChunkMs: 5000 } : {}),
      ...(random.chance(0.5) ? { chunkMs: 2000 } : {}),
    },
  };
}

function drawBudget(random: Random) {
  return random.pick([
    { attempts: random.between(1, 4) },
    { outputTokens: random.between(1, 50) },
    { elapsedMs: random.between(1, 60_000) },
  ]);
}

function limiter(chaos: Chaos) {
  return {
    reserve: () => chaos.moment('reserve', { hangs: 'allowed' }),
    settle: () => chaos.moment('settle', { hangs: 'bounded' }),
  };
}

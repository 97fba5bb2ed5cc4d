import { jsonSchema, Output, type Tool, tool } from 'ai';
import { excludes, length, toolInputs } from '../../../src/checks/index.ts';
import {
  check,
  createInbox,
  fallback,
  human,
  lendTools,
  repair,
  retry,
  type Stage,
  type StagedRetryOptions,
} from '../../../src/index.ts';
import type { ContentPart } from '../../../src/model/language-model.ts';
import type { ScriptedModel } from '../../../src/testing/index.ts';
import type { Random } from '../../faults/simulation/random.ts';
import { atOnce, lookup } from '../../fixtures.ts';
import { type Answer, type Break, type Cutting, withOthers } from './answer.ts';
import { objectKind } from './random-kind.ts';
import { readAlong } from './read-along.ts';
import { written } from './written.ts';

/** A call, the answers that a model gives to it, and what judges them. */
export interface Scenario {
  readonly kind: Call['kind'];
  readonly answers: readonly Answer[];
  readonly cutting: Cutting;
  /** What is asked for. */
  readonly call: Pick<Call, 'output' | 'tools'>;
  /** The value of the right answer. */
  readonly right: unknown;
  /** Whether a check has to see the whole answer, so that `delivery: 'live'` may end in an error. */
  readonly judgesWhole: boolean;
  /** The options, given the model that the ladder falls back to. */
  options(other: (from: number) => ScriptedModel): StagedRetryOptions;
}

/** What is asked for, how it is judged, and how a model answers. */
interface Call {
  readonly kind: 'object' | 'array' | 'choice' | 'json' | 'text' | 'calls';
  readonly output?: Output.Output<unknown, unknown, unknown>;
  readonly tools?: Record<string, Tool>;
  readonly right: unknown;
  readonly options: StagedRetryOptions;
  readonly judgesWhole?: boolean;
  /** The first answer, if it is of another kind. */
  readonly first?: Answer;
  /** An answer, right or wrong. */
  answer(): Answer;
  /** The beginning of the right one. */
  cut(): readonly ContentPart[];
}

export function scenario(random: Random): Scenario {
  const breaks = random.chance(0.25);
  const made = random.pick(calls)(random, breaks);
  const hasFinish = !random.chance(0.1);
  const answers = Array.from({ length: 7 }, () => {
    if (breaks && random.chance(0.3)) return broken(made, random);
    const isCut = made.output !== undefined && random.chance(0.12);
    if (isCut) return { content: made.cut(), finishReason: 'length' };
    const answer = made.answer();
    const isFinishless = !hasFinish && answer.content.some((part) => part.type !== 'source' && !isEmpty(part));
    return isFinishless ? { ...answer, finishReason: 'other', isFinishless } : answer;
  });
  if (random.chance(0.2)) answers[1] = answers[0] as Answer;
  if (made.first !== undefined) answers[0] = made.first;
  const ladder = random.pick(ladders);
  const longest = random.pick([1, 4, 4, 16, 16, 400]);
  const transport = breaks ? { transport: { attempts: random.between(1, 3), ...atOnce } } : {};
  const ending = random.chance(0.15) ? random.pick(endings) : {};
  return {
    kind: made.kind,
    answers,
    right: made.right,
    call: { ...(made.output && { output: made.output }), ...(made.tools && { tools: made.tools }) },
    judgesWhole: made.judgesWhole ?? false,
    cutting: {
      length: () => 1 + random.between(0, longest - 1),
      reusesIds: random.chance(0.3),
      streamsInputs: random.chance(0.8),
      interleaves: random.chance(0.3),
    },
    options: (other) => ({ scope: 'public', stages: ladder(other), ...transport, ...ending, ...made.options }),
  };
}

/** The SDK has an error for a stream in which nothing was said, if it has no finish. */
function isEmpty(part: ContentPart): boolean {
  return (part.type === 'text' || part.type === 'reasoning') && part.text === '';
}

const calls = [objectCall, objectCall, objectCall, arrayCall, arrayCall, choiceCall, jsonCall, textCall, toolCall];

/** An answer that is right as far as it comes. */
function broken(made: Call, random: Random): Answer {
  const breaks: Break = random.pick(['closed', 'error', 'throw', 'end']);
  return { content: made.cut(), finishReason: 'stop', breaks };
}

const ladders: readonly ((other: (from: number) => ScriptedModel) => readonly Stage[])[] = [
  () => [retry({ attempts: 1 })],
  () => [retry({ attempts: 2 })],
  () => [retry({ attempts: 3 })],
  () => [retry({ attempts: 2 }), repair({ attempts: 1 }), retry({ name: 'again', attempts: 2 })],
  () => [retry({ attempts: 1 }), lendTools({ attempts: 2, tools: { lookup: lookup() } })],
  (other) => [retry({ attempts: 2 }), fallback({ model: other(3), attempts: 2 })],
  () => [retry({ attempts: 2 }), human({ inbox: createInbox() })],
];

const endings: readonly StagedRetryOptions[] = [
  { convergence: 'off' },
  { budget: { attempts: 2 } },
  { whenExhausted: 'deliver' },
  { whenExhausted: () => 'Nothing.' },
  { fix: false },
  { fix: { syntax: true, values: false } },
  { fix: { syntax: false, values: true } },
];

function objectCall(random: Random): Call {
  const { schema, right, wrong } = objectKind(random, 2);
  const output = Output.object({ schema: jsonSchema(schema) });
  const made = jsonCallOf({ kind: 'object', output, right, wrong, ...judged(schema, random) }, random);
  return random.chance(0.15) ? { ...made, ...withTool(random) } : made;
}

/** The first answer may call a tool instead. */
function withTool(random: Random): Pick<Call, 'first' | 'tools'> {
  const tools = { look: tool({ inputSchema: jsonSchema({ type: 'object' }) }) as Tool };
  if (random.chance(0.7)) return { tools };
  const call = { type: 'tool-call', toolCallId: 'call-1', toolName: 'look', input: '{}' } as const;
  const text = random.chance(0.5) ? withOthers('Let me look.', random) : [];
  return { tools, first: { content: [...text, call], finishReason: 'tool-calls' } };
}

function arrayCall(random: Random): Call {
  const element = objectKind(random, 1);
  const length = random.between(1, 4);
  const right = { elements: Array.from({ length }, () => element.right) };
  const wrong = () => ({ elements: right.elements.with(random.between(0, length - 1), element.wrong(random)) });
  const output = Output.array({ element: jsonSchema(element.schema) });
  return jsonCallOf({ kind: 'array', output, right, wrong, options: {} }, random);
}

function choiceCall(random: Random): Call {
  const options = ['in progress', 'done', 'done by hand', 'not done'];
  const output = Output.choice({ options });
  const right = { result: random.pick(options) };
  const wrong = (chance: Random) => ({ result: chance.pick(['purple', 'Done!', `${right.result}.`, '', 3, null]) });
  return jsonCallOf({ kind: 'choice', output, right, wrong, options: {} }, random);
}

/** Any JSON will do, so that nothing but what reads along finds it wrong. */
function jsonCall(random: Random): Call {
  const { right } = objectKind(random, 2);
  const wrong = () => right;
  return jsonCallOf({ kind: 'json', output: Output.json(), right, wrong, options: {} }, random);
}

/** By the schema of the call, a check with the same one, or in addition one that sees the whole. */
function judged(schema: object, random: Random): Pick<Call, 'options' | 'judgesWhole'> {
  if (random.chance(0.5)) return { options: {} };
  const shape = check({ name: 'shape', schema: jsonSchema(schema), incremental: true });
  if (random.chance(0.8)) return { options: { checks: [shape] } };
  const whole = check({ name: 'whole', test: ({ text }) => text.length % 3 !== 0 || 'Make it longer.' });
  return { options: { checks: [shape, whole] }, judgesWhole: true };
}

type JsonCall = Omit<Call, 'answer' | 'cut'> & { wrong(random: Random): unknown };

/** A call for JSON, which checks that read along may judge as well. */
function jsonCallOf({ wrong, ...made }: JsonCall, random: Random): Call {
  const { right, options, judgesWhole = false } = made;
  const along = readAlong(right, { isAny: made.kind === 'json' }, random);
  const checks = [...(options.checks ?? []), ...(along?.checks ?? [])];
  const value = (): unknown => {
    if (random.chance(0.35)) return right;
    return along !== undefined && random.chance(0.6) ? along.spoilt(right, random) : wrong(random);
  };
  return {
    ...made,
    options: { ...options, ...(checks.length === 0 ? {} : { checks }) },
    judgesWhole,
    answer() {
      const said = value();
      // Where any JSON will do, a wrapper around a wrong value is shown as part of it.
      const text = made.kind === 'json' && said !== right ? JSON.stringify(said) : written(said, right, random);
      const around = along !== undefined && random.chance(0.15) ? along.around(text, random) : text;
      return { content: withOthers(around, random), finishReason: random.chance(0.1) ? 'other' : 'stop' };
    },
    cut() {
      // Not too long for a check on its length before it breaks off.
      const json = JSON.stringify(right, undefined, along === undefined ? random.pick([0, 1]) : 0);
      return withOthers(random.pick(['', '```json\n']) + beginning(json, random), random);
    },
  };
}

function beginning(text: string, random: Random): string {
  return text.slice(0, random.between(1, Math.max(1, text.length - 1)));
}

function textCall(random: Random): Call {
  const right = 'The sun is up in Lyon, and a fine day it will be for all of us. '.repeat(random.between(1, 4)).trim();
  const words = right.split(' ');
  // The wrong ones go as far as one place, so that each continues what was shown of another.
  const start = `${words.slice(0, random.between(1, words.length - 1)).join(' ')} `;
  const forbidden = `${start}forbidden words, and more. `;
  const { checks, wrong } = random.pick([
    { checks: [], wrong: [forbidden] },
    { checks: [length({ max: right.length + 10 })], wrong: [forbidden, `${right} And so on and on.`] },
    { checks: [length({ min: right.length })], wrong: [forbidden, start] },
  ]);
  return {
    kind: 'text',
    right,
    options: { checks: [excludes('forbidden words'), ...checks] },
    answer() {
      const text = random.chance(0.35) ? right : random.pick(wrong);
      return { content: withOthers(text, random), finishReason: 'stop' };
    },
    cut: () => withOthers(beginning(start, random), random),
  };
}

function toolCall(random: Random, breaks: boolean): Call {
  const { schema, right, wrong } = objectKind(random, 1);
  const tools = { save: tool({ inputSchema: jsonSchema(schema) }) as Tool };
  const text = random.pick(['One moment, please.', 'Let me save it. ', 'I will save it now, if I may.']);
  const call = (value: unknown): ContentPart => {
    const input = random.chance(0.8) ? JSON.stringify(value) : written(value, right, random);
    return { type: 'tool-call', toolCallId: 'call-1', toolName: 'save', input };
  };
  return {
    kind: 'calls',
    tools,
    right,
    options: random.chance(0.5) ? { checks: [toolInputs()] } : {},
    answer() {
      if (random.chance(0.2)) return { content: withOthers(text, random), finishReason: 'stop' };
      // A text that broke off has to go on.
      const before = breaks || random.chance(0.6) ? withOthers(text, random) : [];
      const content = [...before, call(random.chance(0.4) ? right : wrong(random))];
      return { content, finishReason: 'tool-calls' };
    },
    cut: () => withOthers(beginning(text, random), random),
  };
}

import {
  BudgetExceededError,
  CallbackFailedError,
  CheckCrashedError,
  EscalationPendingError,
  ProviderFailedError,
  StagesExhaustedError,
  StoreError,
} from '../../../src/errors/index.ts';
import { compileSchema } from '../../../src/incremental/index.ts';
import type { ContentPart, StreamPart, ToolCall } from '../../../src/model/language-model.ts';
import type { Report } from '../../../src/run/report/report.ts';
import { reportOf } from '../../../src/run/report/report-of.ts';
import type { Stage } from '../../../src/stages/stage.ts';
import type { Attempt } from '../../../src/trace/history.ts';
import { callerTool, lentToolName, schema } from './answers.ts';
import { WorldError } from './chaos.ts';
import type { Call } from './play.ts';
import { isEven, type Scenario } from './scenario.ts';

/** What holds of every call, whatever goes wrong around it. */
export const rules: Readonly<Record<string, (call: Call, scenario: Scenario) => boolean>> = {
  'a call ends': ({ outcome }) => outcome.type !== 'hangs',

  'a run has one beginning and one end': ({ events }) => {
    const names = events.map(({ name }) => name).filter((name) => name === 'run-start' || name === 'run-end');
    return names.length === 0 || names.join() === 'run-start,run-end';
  },

  'an answer that is delivered was accepted': (call, scenario) => {
    const { outcome } = call;
    return outcome.type !== 'answer' || mayBeDelivered(outcome.content, outcome.metadata, call, scenario);
  },

  "a call fails with an error of the library, the provider's own, or the caller's": (call, { isJudged }) => {
    const { outcome, wasAborted } = call;
    if (outcome.type !== 'error' || !isJudged) return true;
    const { error } = outcome;
    const isOurs = typed.some((each) => each.isInstance(error));
    return isOurs || isWorlds(error) || (wasAborted && (error as Error).name === 'AbortError');
  },

  'a stage makes no more attempts than it may': ({ events }, { settings: { ladder } }) => {
    const attempts = events.filter(({ name }) => name === 'attempt-end').map(({ event }) => event.attempt as Attempt);
    return ladder.every((stage) => {
      const most = stage.asksPerson === true ? Math.max(1, stage.attempts) : stage.attempts;
      return attempts.filter((attempt) => attempt.stage === stage.name).length <= most;
    });
  },

  'attempts are numbered without a gap': ({ events }) => {
    // After an escalation the run may go on from the history of the process that filed it.
    const asked = events.findIndex(({ name }) => name === 'escalation-response');
    const own = asked === -1 ? events : events.slice(0, asked);
    const numbers = own
      .filter(({ name }) => name === 'attempt-end')
      .map(({ event }) => (event.attempt as Attempt).number);
    return numbers.every((number, index) => number === index + 1);
  },

  "every call begins with the caller's prompt": (_, { models, params }) =>
    models.every(({ calls }) =>
      calls.every(({ prompt }) => JSON.stringify(prompt[0]) === JSON.stringify(params.prompt[0])),
    ),

  "attempt 1 has the caller's prompt alone": (_, { model }) => (model.calls[0]?.prompt.length ?? 1) === 1,

  'a stream has one beginning and one finish, and nothing after it': (call, { isJudged }) => {
    const { type, parts, outcome, wasAborted } = call;
    if (type === 'generate' || !isJudged || parts.length === 0) return true;
    const starts = count(parts, 'stream-start');
    const finishes = count(parts, 'finish');
    if (starts !== 1 || parts[0]?.type !== 'stream-start' || finishes > 1) return false;
    if (outcome.type === 'cancelled' || (wasAborted && finishes === 0)) return true;
    return finishes === 1 && parts.at(-1)?.type === 'finish';
  },

  'an error part is followed by a finish that says so': ({ parts, outcome }, { isJudged }) => {
    if (!isJudged || outcome.type === 'cancelled' || count(parts, 'error') === 0) return true;
    const finish = parts.at(-1);
    return count(parts, 'error') === 1 && finish?.type === 'finish' && finish.finishReason.unified === 'error';
  },

  'every block that is opened in a stream that finishes is closed': ({ parts }, { isJudged }) => {
    if (!isJudged || parts.at(-1)?.type !== 'finish') return true;
    const open = new Set<string>();
    for (const part of parts) {
      if (part.type === 'text-start' || part.type === 'reasoning-start') open.add(`${part.type.slice(0, 4)}${part.id}`);
      if (part.type === 'text-end' || part.type === 'reasoning-end') open.delete(`${part.type.slice(0, 4)}${part.id}`);
    }
    return open.size === 0;
  },

  'no timer is left': ({ timersLeft }) => timersLeft === 0,
  "no listener is left on the caller's signal": ({ listenersLeft }, { isJudged, chaos }) =>
    // The model's own, where it hangs and nothing stands around it.
    listenersLeft === 0 || (!isJudged && chaos.hasHung),

  'no stream of a provider is left open': ({ streamsLeft }, { isJudged }) => !isJudged || streamsLeft === 0,
};

const typed = [
  CallbackFailedError,
  BudgetExceededError,
  CheckCrashedError,
  EscalationPendingError,
  ProviderFailedError,
  StagesExhaustedError,
  StoreError,
];

/** What the simulated providers fail with. */
function isWorlds(error: unknown): boolean {
  if (error instanceof WorldError) return error.message === 'provider';
  return error instanceof Error && ['The provider failed.', 'fetch failed'].includes(error.message);
}

function mayBeDelivered(content: readonly ContentPart[], metadata: unknown, call: Call, scenario: Scenario): boolean {
  const { settings, checks } = scenario;
  const report = reportOf(metadata as never);
  const calls = content.filter((part) => part.type === 'tool-call');
  if (calls.some(({ toolName }) => toolName === lentToolName)) return false;
  if (call.events.at(-1)?.event.outcome === 'pending') return true;
  if (report?.decision?.type === 'approve' || report?.decision?.force === true) return true;
  const faults = calls.length > 0 ? calls.flatMap(faultsOfCall) : faultsOfText(textOf(content), scenario);
  if (faults.length === 0) return true;
  if (settings.whenCheckCrashes === 'pass' && !faults.some((name) => name !== 'even')) return true;
  const isOnlyZeroConfig = faults.every((name) => !checks.has(name));
  return isOnlyZeroConfig && (isMade(report, settings.ladder) || isWholeAnswer(content, report, scenario));
}

function textOf(content: readonly ContentPart[]): string {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function faultsOfText(text: string, { checks, params }: Scenario): string[] {
  const value = parse(text);
  const isJsonWanted = params.responseFormat?.type === 'json';
  const found: string[] = [];
  if (checks.has('schema') && !strict.isValid(value)) found.push('schema');
  if (isJsonWanted && !checks.has('schema') && !lenient.isValid(value)) found.push('responseFormat');
  // Content is judged only where the structure holds.
  if (found.length === 0 && checks.has('even') && !isEven(text)) found.push('even');
  return found;
}

const strict = compileSchema(schema);
const lenient = compileSchema(schema, { additionalMembers: 'allow' });
const toolInput = compileSchema(callerTool.inputSchema);

function faultsOfCall({ input }: ToolCall): string[] {
  return toolInput.isValid(parse(input)) ? [] : ['toolInputs'];
}

/** Whether it is what a person wrote, or what a repair put together. */
function isMade(report: Report | undefined, ladder: readonly Stage[]): boolean {
  const stage = ladder.find(({ name }) => name === report?.stage);
  return stage?.asksPerson === true || stage?.name === 'repair';
}

/**
 * Whether it is one answer of a model, unchanged. Where the report says that a stream was put together, its text may stand
 * after what was shown of an answer that broke off, and without what the stream had passed over before the JSON.
 */
function isWholeAnswer(content: readonly ContentPart[], report: Report | undefined, { models }: Scenario): boolean {
  const text = textOf(content);
  const calls = JSON.stringify(content.filter(({ type }) => type === 'tool-call').map(withoutMarks));
  return models.some(({ answers }) =>
    answers.some((answer) => {
      const given = textOf(answer.content);
      const isText =
        text === given || (report?.spliced === true && (text.endsWith(given) || (text !== '' && given.endsWith(text))));
      return isText && JSON.stringify(answer.content.filter(isOwnCall)) === calls;
    }),
  );
}

/** The caller never sees calls of lent tools. */
function isOwnCall(part: ContentPart): boolean {
  return part.type === 'tool-call' && part.toolName !== lentToolName;
}

/** What a live stream says of reasoning before a part is none of the model's. */
function withoutMarks({ providerMetadata: _, ...part }: ContentPart): object {
  return part;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // as wrong as no JSON at all
  }
}

function count(parts: readonly StreamPart[], type: StreamPart['type']): number {
  return parts.filter((part) => part.type === type).length;
}

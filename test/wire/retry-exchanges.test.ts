import { createOpenAI } from '@ai-sdk/openai';
import { generateText, jsonSchema, type LanguageModel, Output, streamText, type ToolSet, tool } from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import type { PracticeAnswer } from '../../examples/practice-server/exchange.ts';
import { type JsonObject, objectsIn } from '../../examples/practice-server/json.ts';
import { toolInputs } from '../../src/checks/index.ts';
import {
  type Attempt,
  type CheckInput,
  check,
  createEmitter,
  type FoundIssue,
  type Issue,
  retry,
  withStagedRetry,
} from '../../src/index.ts';
import { jsonPointer } from '../../src/trace/json-pointer.ts';
import type { Reply } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';
import { asOutput } from './as-output.ts';
import { type RetryExchange, retryExchanges, type WrongAnswer } from './retry-exchanges.ts';

const exchanges = retryExchanges();
const reason = exchanges === undefined ? ' (skipped: ../shared/data/retry-exchanges is absent)' : '';

const servers: ReplayServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe.skipIf(exchanges === undefined)(`recorded wrong answers${reason}`, () => {
  for (const { title, exchange, wrong } of (exchanges ?? []).flatMap(casesOf)) {
    for (const isStreaming of [false, true]) {
      test(`${title}, ${isStreaming ? 'streamed' : 'generated'}`, async () => {
        const { attempts, requests, answer } = await replay({ exchange, wrong: [wrong], isStreaming });

        const issues = issuesOf(attempts[0]);
        const paths = failingPaths(wrong);
        const found = paths.filter((path) => issues.some((issue) => jsonPointer(issue.path) === jsonPointer(path)));
        expect(issues).not.toEqual([]);
        // A stream is aborted at the first place that fails.
        const isCutShort = isStreaming && found.length > 0;
        expect(found).toEqual(isCutShort ? found : paths);

        const [asked = [], reasked = []] = requests;
        expect(reasked.slice(0, asked.length)).toEqual(asked);
        const feedback = JSON.stringify(reasked.slice(asked.length));
        for (const path of found) expect(feedback).toContain(`At ${jsonPointer(path)}: `);

        if (exchange.right === undefined) return;
        expect(attempts.map(({ verdict }) => verdict.type)).toEqual(['fail', 'pass']);
        expect(requests).toHaveLength(2);
        const shown = isStreaming && exchange.outputSchema === undefined ? textBeforeCall(wrong) : '';
        expect(answer).toEqual(readable({ ...exchange.right, text: `${shown}${exchange.right.text ?? ''}` }));
      });
    }
  }

  for (const exchange of (exchanges ?? []).filter(({ wrong, right }) => wrong.length > 1 && right !== undefined)) {
    test(`${exchange.file}, all ${exchange.wrong.length} wrong answers in a row`, async () => {
      const { attempts, answer } = await replay({ exchange, wrong: exchange.wrong, isStreaming: exchange.isStreaming });

      expect(attempts.map(({ verdict }) => verdict.type)).toEqual([...exchange.wrong.map(() => 'fail'), 'pass']);
      expect(answer).toEqual(readable(exchange.right ?? {}));
    });
  }
});

interface Case {
  readonly title: string;
  readonly exchange: RetryExchange;
  readonly wrong: WrongAnswer;
}

/** Each wrong answer comes first once, as the tool call it was and, where one tool gives the answer, as JSON output. */
function casesOf(recorded: RetryExchange): readonly Case[] {
  const forms = [recorded, asOutput(recorded)].filter((form) => form !== undefined);
  return [...new Set(forms)].flatMap((exchange) =>
    exchange.wrong.map((wrong, index) => {
      const form = exchange.outputSchema === undefined ? 'tool call' : 'output';
      return { title: `${exchange.file}, wrong answer ${index + 1} as ${form}`, exchange, wrong };
    }),
  );
}

/** Text flows while the calls beside it are judged. */
function textBeforeCall({ answer: { text = '', toolCalls = [] } }: WrongAnswer): string {
  return toolCalls.length > 0 ? text : '';
}

/** Where the schema says it, the paths the recorded validator named. */
function failingPaths({ failure }: WrongAnswer): Issue['path'][] {
  return failure.type === 'invalid' ? failure.findings.map(({ path }) => path) : [];
}

interface Replayed {
  readonly attempts: readonly Attempt[];
  /** The messages of each request. */
  readonly requests: readonly (readonly JsonObject[])[];
  readonly answer: unknown;
}

interface Replay {
  readonly exchange: RetryExchange;
  /** The answers to begin with. */
  readonly wrong: readonly WrongAnswer[];
  readonly isStreaming: boolean;
}

async function replay({ exchange, wrong, isStreaming }: Replay): Promise<Replayed> {
  const last = exchange.right ?? exchange.stillWrong ?? {};
  const server = await startReplayServer([...wrong.map(({ answer }) => answer), last].map(answers));
  servers.push(server);
  const openai = createOpenAI({ baseURL: server.url, apiKey: 'replay' });
  const bare = exchange.api === 'openai-responses' ? openai.responses('replayed') : openai.chat('replayed');
  const attempts: Attempt[] = [];
  const events = createEmitter();
  events.on('attempt-end', ({ attempt }) => attempts.push(attempt));
  const checks = checksFor(exchange, wrong);
  const model = withStagedRetry(bare, { checks, stages: [retry({ attempts: wrong.length + 1 })], events });

  const answer = await ask({ exchange, wrong, model, isStreaming }).catch((error: unknown) => ({ error }));
  const requests = server.requests.map(({ body }) => objectsIn(body.messages ?? body.input));
  return { attempts, requests, answer };
}

async function ask({ exchange, wrong, model, isStreaming }: Replay & { model: LanguageModel }): Promise<unknown> {
  const { outputSchema, messages } = exchange;
  const settings = {
    model,
    messages: [...messages],
    allowSystemInMessages: true,
    maxRetries: 0,
    tools: toolsOf(exchange),
    toolChoice: toolChoiceOf(exchange, wrong),
    ...(outputSchema === undefined ? {} : { output: Output.object({ schema: jsonSchema(outputSchema) }) }),
  };
  const result = isStreaming ? streamText({ ...settings, onError: () => {} }) : await generateText(settings);
  return {
    text: await result.text,
    toolCalls: (await result.toolCalls).map(({ toolName, input }) => ({ name: toolName, input })),
  };
}

function answers(answer: PracticeAnswer): Reply {
  return { type: 'answer', answer };
}

/** What the SDK should make of a recorded answer. */
function readable({ text = '', toolCalls = [] }: PracticeAnswer): unknown {
  return { text, toolCalls: toolCalls.map(({ name, input }) => ({ name, input: JSON.parse(input) })) };
}

function toolsOf({ toolSchemas }: RetryExchange): ToolSet {
  return Object.fromEntries(
    [...toolSchemas].map(([name, schema]) => [name, tool({ inputSchema: jsonSchema(schema) })]),
  );
}

/** A caller that refuses an answer without a tool call demands one; not every provider was told. */
function toolChoiceOf({ toolChoice, outputSchema }: RetryExchange, wrong: readonly WrongAnswer[]) {
  const lacksCall = wrong.some(({ failure }) => failure.type === 'no-tool-call');
  return lacksCall && outputSchema === undefined ? 'required' : toolChoice;
}

/** None of the caller's where what the call brings along must do; strict ones for members that are too many. */
function checksFor({ outputSchema }: RetryExchange, wrong: readonly WrongAnswer[]): CheckInput[] {
  const custom = wrong.flatMap(({ answer, failure }) =>
    failure.type === 'custom' ? [customCheck(answer, failure)] : [],
  );
  if (custom.length > 0) return custom.slice(0, 1);
  const hasExtra = wrong.some(
    ({ failure }) => failure.type === 'invalid' && failure.findings.some(({ isExtra }) => isExtra),
  );
  if (!hasExtra) return [];
  return [outputSchema === undefined ? toolInputs() : jsonSchema(outputSchema)];
}

/** The caller's own rule, of which the recording tells only whom it hit. */
function customCheck(
  { text, toolCalls = [] }: PracticeAnswer,
  { call = 0, message }: { call: number | undefined; message: string },
): CheckInput {
  const refused = toolCalls[call];
  if (refused === undefined) return check('custom', (answer) => answer.text !== text || message);
  return check({
    name: 'custom',
    phase: 'tool-input',
    test: ({ content }): FoundIssue[] =>
      content
        .filter((part) => part.type === 'tool-call')
        .filter(({ input }) => input === refused.input)
        .map(({ toolCallId }) => ({ message, toolCallId })),
  });
}

function issuesOf(attempt: Attempt | undefined): readonly Issue[] {
  return attempt?.verdict.type === 'fail' ? attempt.verdict.issues : [];
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText } from 'ai';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { judge } from '../../src/checks/index.ts';
import { systemEffects } from '../../src/effects/effects.ts';
import {
  CheckCrashedError,
  check,
  createEmitter,
  lendTools,
  retry,
  type StagedRetryEvents,
  withStagedRetry,
} from '../../src/index.ts';
import { type McpServersConfig, mcpServers } from '../../src/mcp/index.ts';
import { generate } from '../../src/middleware.ts';
import { settingsOf } from '../../src/options/settings.ts';
import { runCheck, type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import { errorOf } from '../fixtures.ts';
import { type ChildProcesses, childProcesses } from '../servers/child-processes.ts';
import { calls, type Reply, says } from '../servers/replay-reply.ts';
import { type ReplayServer, startReplayServer } from '../servers/replay-server.ts';

const everything = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-everything/dist/index.js'));
const faulty = fileURLToPath(new URL('../servers/faulty-mcp-server.ts', import.meta.url));

const isFive = check('five', ({ text }) => text.includes('5') || 'Say what 2 and 3 make.');

let children: ChildProcesses;
let replay: ReplayServer | undefined;
beforeEach(() => {
  children = childProcesses();
});
afterEach(async () => {
  await replay?.close();
  children.forget();
});

/** A model that answers wrong, and then from the script, with the servers' tools lent to it. */
async function climb(
  servers: McpServersConfig,
  script: readonly Reply[],
  { only, abortSignal, timeout }: { only?: readonly string[]; abortSignal?: AbortSignal; timeout?: number } = {},
) {
  replay = await startReplayServer([says('I do not know.'), ...script]);
  const events = createEmitter();
  const toolCalls: StagedRetryEvents['tool-call'][] = [];
  const sourceErrors: StagedRetryEvents['tool-source-error'][] = [];
  events.on('tool-call', (event) => toolCalls.push(event));
  events.on('tool-source-error', (event) => sourceErrors.push(event));
  const tools = mcpServers(servers, only === undefined ? {} : { only });
  const model = withStagedRetry(createOpenAI({ baseURL: replay.url, apiKey: 'replay' }).chat('replayed'), {
    checks: [isFive],
    stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools, ...(timeout === undefined ? {} : { timeout }) })],
    events,
  });
  const { text } = await generateText({
    model,
    prompt: 'What do 2 and 3 make?',
    maxRetries: 0,
    ...(abortSignal === undefined ? {} : { abortSignal }),
  });
  return { text, toolCalls, sourceErrors, requests: replay.requests.map(({ body }) => body) };
}

function toolNames(body: Record<string, unknown> | undefined): string[] {
  const tools = (body?.tools ?? []) as { function: { name: string } }[];
  return tools.map((tool) => tool.function.name);
}

const allGone = () => vi.waitFor(() => expect(children.countAlive()).toBe(0), { timeout: 5000 });

describe('the reference server of MCP', () => {
  test('lends its tools over stdio, and is gone after the run', async () => {
    const servers = { mcpServers: { everything: children.server(everything, 'stdio') } };
    const { text, toolCalls, requests } = await climb(servers, [calls('get-sum', { a: 2, b: 3 }), says('It is 5.')]);

    expect(text).toBe('It is 5.');
    expect(toolNames(requests[0])).toEqual([]);
    expect(toolNames(requests[1])).toEqual(expect.arrayContaining(['echo', 'get-sum']));
    expect(JSON.stringify(requests[2])).toContain('The sum of 2 and 3 is 5.');
    expect(toolCalls).toMatchObject([{ toolName: 'get-sum', input: { a: 2, b: 3 } }]);
    expect(children.countStarted()).toBe(1);
    await allGone();
  });

  test('lends its tools over streamable HTTP', async () => {
    const url = await startEverythingOverHttp();
    const servers = { mcpServers: { everything: { url, type: 'http' as const } } };
    const { text, toolCalls } = await climb(servers, [calls('get-sum', { a: 2, b: 3 }), says('It is 5.')]);

    expect(text).toBe('It is 5.');
    expect(toolCalls).toMatchObject([
      { toolName: 'get-sum', output: { content: [{ text: expect.stringContaining('is 5') }] } },
    ]);
  });

  test('sends back the error of a tool whose input is wrong', async () => {
    const servers = { mcpServers: { everything: children.server(everything, 'stdio') } };
    const { text, requests } = await climb(servers, [calls('get-sum', { a: 'two' }), says('It is 5.')]);

    expect(text).toBe('It is 5.');
    expect(JSON.stringify(requests[2]?.messages)).toMatch(/invalid|expected number/i);
  });
});

describe('a server', () => {
  test('runs in the directory it is given, and its tools may carry its name', async () => {
    const server = { ...children.server(faulty), cwd: fileURLToPath(new URL('.', import.meta.url)) };
    const [connect] = mcpServers({ mcpServers: { odd: server } }, { prefix: true });
    const connected = await connect?.();

    expect(Object.keys((await connected?.tools()) ?? {})).toEqual(['odd_die', 'odd_hang']);
    await connected?.close();
    await allGone();
  });

  test.each([
    ['http', 'POST'],
    ['streamable-http', 'POST'],
    ['sse', 'GET'],
  ] as const)('behind a URL is asked over %s, with its headers', async (type, method) => {
    const asked: unknown[] = [];
    const refusing = createServer((request, response) => {
      asked.push([request.method, request.headers['x-key']]);
      response.writeHead(401).end();
    });
    await once(refusing.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void refusing.close());
    const url = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/mcp`;
    const [connect] = mcpServers({ mcpServers: { closed: { url, type, headers: { 'x-key': 'k' } } } });

    await expect(connect?.()).rejects.toThrow();
    expect(asked).toContainEqual([method, 'k']);
  });
});

describe('a judge with an MCP server', () => {
  const rubric = 'The sum is right.';
  const verdict = (...issues: string[]) => JSON.stringify({ issues: issues.map((message) => ({ message, path: [] })) });
  const add: ScriptedAnswer = {
    content: [{ type: 'tool-call', toolCallId: 'sum-1', toolName: 'get-sum', input: '{"a":2,"b":3}' }],
  };

  test('looks things up with its tools, sample by sample, and leaves none running', async () => {
    const tools = mcpServers({ mcpServers: { everything: children.server(everything, 'stdio') } });
    const second = scriptedModel([add, add, verdict('Say 5.'), verdict('Say 5.')]);
    const found = await runCheck(judge({ model: second, rubric, tools, samples: 3 }), 'It is 6.');

    expect(found).toMatchObject({ type: 'fail', issues: [{ message: 'Say 5.', check: 'judge' }] });
    expect(second.calls).toHaveLength(4);
    expect(JSON.stringify(second.calls.slice(2).map(({ prompt }) => prompt))).toContain('The sum of 2 and 3 is 5.');
    expect(children.countStarted()).toBe(1);
    await allGone();
  });

  test('judges no further when its budget is used up, and leaves none running', async () => {
    const tools = mcpServers({ mcpServers: { everything: children.server(everything, 'stdio') } });
    const second = scriptedModel([add, verdict()]);
    const error = await errorOf(runCheck(judge({ model: second, rubric, tools, budget: { calls: 1 } }), 'It is 5.'));

    expect(CheckCrashedError.isInstance(error)).toBe(true);
    expect(second.calls).toHaveLength(1);
    await allGone();
  });

  test('says so when its server does not start', async () => {
    const tools = mcpServers({ mcpServers: { none: { command: '/no/such/server' } } });
    const second = scriptedModel([verdict()]);
    const error = await errorOf(runCheck(judge({ model: second, rubric, tools }), 'It is 5.'));

    expect(CheckCrashedError.isInstance(error)).toBe(true);
    expect(second.calls).toHaveLength(0);
  });
});

describe('of several servers', () => {
  test('only those that were named are started', async () => {
    const servers = {
      mcpServers: { everything: children.server(everything, 'stdio'), other: children.server(faulty) },
    };
    const { text, requests } = await climb(servers, [says('It is 5.')], { only: ['other'] });

    expect(text).toBe('It is 5.');
    expect(toolNames(requests[1])).toEqual(['die', 'hang']);
    expect(children.countStarted()).toBe(1);
    await allGone();
  });

  test('those that cannot start are reported, and the others are lent', async () => {
    const servers = {
      mcpServers: {
        absent: { command: 'no-such-command-anywhere' },
        exits: children.server('-e', 'process.exit(1)'),
        unreachable: { url: await closedUrl() },
        works: children.server(faulty),
      },
    };
    const { text, sourceErrors, requests } = await climb(servers, [says('It is 5.')]);

    expect(text).toBe('It is 5.');
    expect(sourceErrors.map(({ stage, error }) => [stage, error instanceof Error])).toEqual(
      Array.from({ length: 3 }, () => ['tools', true]),
    );
    expect(toolNames(requests[1])).toEqual(['die', 'hang']);
    await allGone();
  });
});

describe('a server that goes wrong', () => {
  test('and dies mid-call: the model is told, now and when it calls again', async () => {
    const servers = { mcpServers: { faulty: children.server(faulty) } };
    const { text, toolCalls } = await climb(servers, [calls('die', {}), calls('hang', {}), says('It is 5.')]);

    expect(text).toBe('It is 5.');
    expect(toolCalls).toMatchObject([
      { toolName: 'die', error: expect.any(Error) },
      { toolName: 'hang', error: expect.any(Error) },
    ]);
    await allGone();
  });

  test('and never answers a call: the model is told when its time is up', async () => {
    const servers = { mcpServers: { faulty: children.server(faulty) } };
    const { text, toolCalls } = await climb(servers, [calls('hang', {}), says('It is 5.')], { timeout: 100 });

    expect(text).toBe('It is 5.');
    expect(toolCalls).toMatchObject([{ toolName: 'hang', error: { name: 'TimeoutError' } }]);
    await allGone();
  });

  test('and never connects: an abort ends the run, and the server', async () => {
    const controller = new AbortController();
    const servers = { mcpServers: { mute: children.server(faulty, 'mute') } };
    const run = climb(servers, [], { abortSignal: controller.signal });
    await vi.waitFor(() => expect(children.countStarted()).toBe(1), { timeout: 5000 });
    controller.abort(new Error('changed my mind'));

    await expect(run).rejects.toThrow('changed my mind');
    await allGone();
  });

  test('and never connects: it is given up when its time is up, and the stage goes on', async () => {
    const whenStarted = (_ms: number, callback: () => void) => {
      const timer = setInterval(() => children.countStarted() > 0 && callback(), 10);
      return () => clearInterval(timer);
    };
    const errors: unknown[] = [];
    const events = createEmitter();
    events.on('tool-source-error', ({ error }) => errors.push(error));
    const tools = mcpServers({ mcpServers: { mute: children.server(faulty, 'mute') } });
    const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools })];
    const model = scriptedModel(['I do not know.', 'It is 5.']);
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'What do 2 and 3 make?' }] }];

    await generate(
      model,
      { prompt },
      settingsOf({ checks: [isFive], stages, events }, { ...systemEffects, after: whenStarted }),
    );

    expect(model.calls).toHaveLength(2);
    expect(errors).toMatchObject([{ name: 'TimeoutError' }]);
    expect(children.countStarted()).toBe(1);
    await allGone();
  });
});

async function startEverythingOverHttp(): Promise<string> {
  const { port } = new URL(await closedUrl());
  const { command, args, env } = children.server(everything, 'streamableHttp');
  const server = spawn(command, args, { env: { ...env, PORT: port }, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void server.kill());
  await once(createInterface(server.stderr), 'line');
  return `http://127.0.0.1:${port}/mcp`;
}

/** A URL nobody answers at. */
async function closedUrl(): Promise<string> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

import { createOpenAI } from '@ai-sdk/openai';
import { generateText, ToolLoopAgent, tool, wrapLanguageModel } from 'ai';
import { z } from 'zod';
import { contains, fieldPresent, json, length, noRefusal, notEmpty } from '../../../src/checks/index.ts';
import { incrementalValidator, readJson } from '../../../src/incremental/index.ts';
import { createEmitter, logEvents, reportOf, stagedRetryMiddleware, withStagedRetry } from '../../../src/index.ts';
import { runCheck, scriptedModel } from '../../../src/testing/index.ts';
import { type Behaviour, equal } from './behaviour.ts';

const prompt = 'Where is the Louvre?';
const schema = { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] } as const;

export const parts: readonly Behaviour[] = [
  {
    title: 'the validator is dead at the first character that no valid value has',
    async run() {
      const check = incrementalValidator(schema).start();
      equal([check.push('{"total": 1').state, check.push('2, "total"').state], ['open', 'dead']);
    },
  },
  {
    title: 'the reader reads what a text says by its schema',
    async run() {
      equal(readJson("Here: {'total': '1.10'}", schema)?.text.includes('1.10'), true);
      equal(readJson('Between 1 and 2 [1].', schema), undefined);
    },
  },
  {
    title: 'the built-in checks judge',
    async run() {
      const verdicts = [
        await runCheck(notEmpty(), ' '),
        await runCheck(json(), '{"a":1}'),
        await runCheck(length({ max: 3 }), 'four'),
        await runCheck(contains(['Paris']), 'Paris'),
        await runCheck(fieldPresent(['a.b']), '{"a":{}}'),
        await runCheck(noRefusal(), "I'm sorry, but I can't help with that."),
      ];
      equal(
        verdicts.map(({ type }) => type),
        ['fail', 'pass', 'fail', 'pass', 'fail', 'fail'],
      );
    },
  },
  {
    title: 'an agent’s tool input is read before the tool runs',
    async run() {
      const inner = scriptedModel([
        { content: [{ type: 'tool-call', toolCallId: '1', toolName: 'forecast', input: '{"days":"3"}' }] },
        'Sunny.',
      ]);
      const seen: unknown[] = [];
      const forecast = tool({
        inputSchema: z.object({ days: z.number() }),
        execute: (input) => {
          seen.push(input);
          return 'sunny';
        },
      });
      const agent = new ToolLoopAgent({ model: withStagedRetry(inner), tools: { forecast } });
      equal([(await agent.generate({ prompt })).text, seen, inner.calls.length], ['Sunny.', [{ days: 3 }], 2]);
    },
  },
  {
    title: 'the middleware does what the wrapper does',
    async run() {
      const inner = scriptedModel(['', 'Paris']);
      const middleware = stagedRetryMiddleware({ checks: [notEmpty()] });
      const model = wrapLanguageModel({ model: inner, middleware });
      equal((await generateText({ model, prompt })).text, 'Paris');
    },
  },
  {
    title: 'options of one call reach the run, and not the provider',
    async run() {
      const inner = scriptedModel(['Paris']);
      const model = withStagedRetry(inner, { checks: [notEmpty()] });
      const providerOptions = { stagedRetry: { runId: 'run-1', metadata: { job: 7 } }, other: { a: 1 } };
      const report = reportOf((await generateText({ model, prompt, providerOptions })).providerMetadata);
      equal(
        [report?.runId, report?.metadata, inner.calls[0]?.providerOptions],
        ['run-1', { job: 7 }, { other: { a: 1 } }],
      );
    },
  },
  {
    title: 'events come in order',
    async run() {
      const names: string[] = [];
      const events = createEmitter();
      for (const name of ['run-start', 'attempt-start', 'attempt-end', 'stage-end', 'run-end'] as const) {
        events.on(name, () => names.push(name));
      }
      const model = withStagedRetry(scriptedModel(['', 'Paris']), { checks: [notEmpty()], events });
      await generateText({ model, prompt });
      const attempt = ['attempt-start', 'attempt-end'];
      equal(names, ['run-start', ...attempt, ...attempt, 'stage-end', 'run-end']);
    },
  },
  {
    title: 'a log of a run holds neither the prompt nor the answer',
    async run() {
      const lines: string[] = [];
      const model = withStagedRetry(scriptedModel(['', 'Paris']), {
        checks: [notEmpty()],
        events: logEvents((line) => lines.push(line)),
      });
      await generateText({ model, prompt });
      equal([lines.length > 1, /Louvre|Paris/.test(lines.join('\n'))], [true, false]);
    },
  },
  {
    title: 'a real provider package is asked again over HTTP, with our option left out',
    async run() {
      const bodies: string[] = [];
      const fetch = async (_url: unknown, init?: { body?: unknown }) => {
        bodies.push(String(init?.body));
        return Response.json(completion(bodies.length === 1 ? '' : 'Paris'));
      };
      const openai = createOpenAI({ apiKey: 'none', baseURL: 'https://provider.test/v1', fetch: fetch as never });
      const model = withStagedRetry(openai.chat('gpt-5-mini'), { checks: [notEmpty()] });
      const { text } = await generateText({ model, prompt, providerOptions: { stagedRetry: { runId: 'one' } } });
      equal([text, bodies.length, bodies.some((body) => body.includes('stagedRetry'))], ['Paris', 2, false]);
    },
  },
];

function completion(content: string): unknown {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'gpt-5-mini',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

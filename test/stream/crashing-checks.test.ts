import { generateText, jsonSchema, Output, streamText, type Tool, tool } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toolInputs } from '../../src/checks/index.ts';
import { type Check, check, reportOf, withStagedRetry } from '../../src/index.ts';
import type { StreamPart, StreamResult } from '../../src/model/language-model.ts';
import { type ScriptedAnswer, type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';
import { atOnce, calls } from '../fixtures.ts';
import { inPieces } from '../reading/first-answer.ts';

const fails = (): never => {
  throw new TypeError('a bug');
};
const judging = (name: string, start: Check['start']) => ({ name, ...(start === undefined ? {} : { start }) });
const passes = { push: () => undefined, end: () => true as const };
const bug = (part: object) => judging('buggy', () => ({ ...passes, ...part }));

const Total = z.object({ total: z.number(), note: z.string() });
const right = '{"total":12,"note":"as agreed"}';
const save: Tool = tool({ inputSchema: z.object({ total: z.number() }) });
const odd: Tool = tool({ inputSchema: jsonSchema(7 as never) });

interface Case {
  readonly checks: readonly Check[];
  readonly answers: readonly ScriptedAnswer[];
  readonly call?: Partial<Parameters<typeof streamText>[0]>;
}

const said = (text: string): ScriptedAnswer => ({ content: [{ type: 'text', text }], parts: inPieces(text) });
const object = { output: Output.object({ schema: Total }) } as const;

const cases: Readonly<Record<string, Case>> = {
  'start() throws': { checks: [judging('buggy', fails)], answers: [said('Hello there.')] },
  'start() gives nothing': { checks: [judging('buggy', (() => undefined) as never)], answers: [said('Hello there.')] },
  'push() throws': { checks: [bug({ push: fails })], answers: [said('Hello there.')] },
  'push() gives what is no finding': { checks: [bug({ push: () => false })], answers: [said('Hello there.')] },
  'holdBack is no number': { checks: [bug({ holdBack: Number.NaN })], answers: [said('Hello there.')] },
  'end() throws': { checks: [bug({ end: fails })], answers: [said('Hello there.')] },
  'start() throws beside a check that finds something': {
    checks: [check({ name: 'never', start: () => ({ ...passes, push: () => 'No.' }) }), judging('buggy', fails)],
    answers: [said('Hello there.')],
  },
  'push() throws behind a check that finds something': {
    checks: [check({ name: 'never', start: () => ({ ...passes, push: () => 'No.' }) }), bug({ push: fails })],
    answers: [said('Hello there.')],
  },
  'push() throws for an answer of the wrong shape, which is asked for again': {
    checks: [bug({ push: (text: string) => (text.includes('x') ? fails() : undefined) })],
    answers: [said('{"total":"x","note":"y"}'), said(right)],
    call: object,
  },
  'start() throws beside a call of a tool': {
    checks: [judging('buggy', fails)],
    answers: [{ content: [{ type: 'text', text: 'One moment.' }, ...calls('save', { total: 2 }).content] }],
    call: { tools: { save } },
  },
  'a schema given lazily is none': {
    checks: [(() => undefined) as never],
    answers: [said('12')],
  },
  'a schema given lazily throws': {
    checks: [fails as never],
    answers: [said('12')],
  },
  'the input of a tool cannot be judged': {
    checks: [toolInputs()],
    answers: [calls('odd', { total: 2 })],
    call: { tools: { odd } },
  },
};

describe.each(['throw', 'pass'] as const)('a check with a bug, and whenCheckCrashes: %s', (whenCheckCrashes) => {
  test.each(Object.entries(cases))('%s: a stream ends as a generated answer', async (_, { checks, answers, call }) => {
    const end = async (delivery?: 'live' | 'buffer' | 'auto') => {
      const counted = countingStreams(scriptedModel(answers));
      const model = withStagedRetry(counted.model, {
        checks,
        whenCheckCrashes,
        transport: atOnce,
        ...(delivery === undefined ? {} : { delivery }),
      });
      const errors: unknown[] = [];
      const onError = ({ error }: { error: unknown }) => void errors.push(error);
      const given = { ...call, model, prompt: 'Hi.' } as Parameters<typeof generateText>[0];
      const settled = await (async () => {
        if (delivery === undefined) return await generateText(given);
        const result = streamText({ ...given, onError } as Parameters<typeof streamText>[0]);
        await result.consumeStream();
        if (errors.length > 0) throw errors[0];
        const [text, toolCalls, providerMetadata] = await Promise.all([
          result.text,
          result.toolCalls,
          result.providerMetadata,
        ]);
        return { text, toolCalls, providerMetadata };
      })().then(
        ({ text, toolCalls, providerMetadata }) => ({
          text,
          calls: toolCalls.map(({ toolName }) => toolName),
          warnings: reportOf(providerMetadata)?.warnings,
        }),
        (error: Error) => ({ error: error.name, check: (error as { check?: string }).check }),
      );
      expect(counted.left()).toBe(0);
      return { ...settled, asked: counted.model.calls.length };
    };
    const generated = await end();
    for (const delivery of ['auto', 'buffer'] as const) expect(await end(delivery), delivery).toEqual(generated);
  });
});

/** The model, and how many of its streams were neither read to their end nor cancelled. */
function countingStreams(model: ScriptedModel): { model: ScriptedModel; left: () => number } {
  let left = 0;
  const doStream = async (params: never) => {
    const result = (await model.doStream(params)) as StreamResult;
    const reader = result.stream.getReader();
    left += 1;
    const stream = new ReadableStream<StreamPart>({
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        left -= 1;
        controller.close();
      },
      cancel() {
        left -= 1;
      },
    });
    return { ...result, stream };
  };
  return { model: { ...model, doStream } as unknown as ScriptedModel, left: () => left };
}

import { type LanguageModel, Output, streamText } from 'ai';
import { z } from 'zod';
import { notEmpty } from '../../../src/checks/index.ts';
import { check, retry, withStagedRetry } from '../../../src/index.ts';
import { type ScriptedAnswer, scriptedModel } from '../../../src/testing/index.ts';
import { type Behaviour, equal } from './behaviour.ts';

const prompt = 'Where is the Louvre?';
const output = Output.object({ schema: z.object({ city: z.string(), people: z.number() }) });

export const streams: readonly Behaviour[] = [
  {
    title: 'a stream that something has to judge is held, then delivered in its own chunks',
    async run() {
      const inner = scriptedModel([chunks('No', 'where'), chunks('Par', 'is')]);
      const paris = check('paris', ({ text }) => text === 'Paris' || 'Say Paris.');
      equal(await textsOf(withStagedRetry(inner, { checks: [paris] })), ['Par', 'is']);
    },
  },
  {
    title: 'a structured stream is released while it is judged, and no wrong value is seen',
    async run() {
      const inner = scriptedModel([
        chunks('{"city":"Pa', 'ris","people":', '"many"}'),
        chunks('{"city":"Pa', 'ris","people":', '12}'),
      ]);
      const result = streamText({ model: withStagedRetry(inner), output, prompt });
      const seen = new Set<string>();
      for await (const { people } of result.partialOutputStream) seen.add(typeof people);
      equal([[...seen], await result.output], [['undefined', 'number'], { city: 'Paris', people: 12 }]);
    },
  },
  {
    title: 'a stream ends with the error of the run',
    async run() {
      const errors: unknown[] = [];
      const model = withStagedRetry(scriptedModel(['']), { checks: [notEmpty()], stages: [retry({ attempts: 1 })] });
      const result = streamText({ model, prompt, onError: ({ error }) => void errors.push(error) });
      await result.consumeStream();
      equal(
        errors.map((error) => (error as Error).name),
        ['StagedRetry_StagesExhaustedError'],
      );
    },
  },
  {
    title: 'a stream that nothing judges is the model’s own',
    async run() {
      equal(await textsOf(withStagedRetry(scriptedModel([chunks('a', 'b')]))), ['a', 'b']);
    },
  },
  {
    title: 'a cancelled stream cancels the provider’s',
    async run() {
      let isCancelled = false;
      const inner = scriptedModel(['']);
      inner.doStream = (async () => ({
        stream: new ReadableStream({
          start: (controller) => {
            controller.enqueue({ type: 'stream-start', warnings: [] });
            controller.enqueue({ type: 'text-start', id: '0' });
          },
          cancel: () => {
            isCancelled = true;
          },
        }),
      })) as never;
      const model = withStagedRetry(inner, { checks: [notEmpty()] });
      const { stream } = await model.doStream({
        prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
      });
      await stream.cancel();
      equal(isCancelled, true);
    },
  },
];

function chunks(...texts: readonly string[]): ScriptedAnswer {
  return {
    parts: [
      { type: 'stream-start', warnings: [] },
      { type: 'text-start', id: '0' },
      ...texts.map((delta) => ({ type: 'text-delta' as const, id: '0', delta })),
      { type: 'text-end', id: '0' },
      { type: 'finish', finishReason: { unified: 'stop', raw: undefined }, usage: noUsage },
    ],
  };
}

const noUsage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: 1, reasoning: undefined },
};

async function textsOf(model: LanguageModel): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of streamText({ model, prompt }).textStream) texts.push(text);
  return texts;
}

import { generateText, Output, type ToolSet, tool } from 'ai';
import { z } from 'zod';
import { notEmpty } from '../../../src/checks/index.ts';
import {
  BudgetExceededError,
  CheckCrashedError,
  check,
  fallback,
  lendTools,
  repair,
  reportOf,
  retry,
  StagesExhaustedError,
  withStagedRetry,
} from '../../../src/index.ts';
import { scriptedModel } from '../../../src/testing/index.ts';
import { type Behaviour, equal, rejection } from './behaviour.ts';

const City = z.object({ city: z.string(), people: z.number() });
const output = Output.object({ schema: City });
const prompt = 'Where is the Louvre?';

export const ladder: readonly Behaviour[] = [
  {
    title: 'a right answer costs one call',
    async run() {
      const inner = scriptedModel(['{"city":"Paris","people":2100000}']);
      const result = await generateText({ model: withStagedRetry(inner), output, prompt });
      equal([result.output.city, inner.calls.length], ['Paris', 1]);
    },
  },
  {
    title: 'a wrong answer is retried with feedback after the unchanged prompt',
    async run() {
      const inner = scriptedModel(['{"city":"Paris"}', '{"city":"Paris","people":1}']);
      const result = await generateText({ model: withStagedRetry(inner), output, prompt });
      const [first, second] = inner.calls;
      equal(result.output, { city: 'Paris', people: 1 });
      equal(second?.prompt.slice(0, first?.prompt.length), first?.prompt);
      equal(JSON.stringify(second?.prompt.at(-1)).includes('people'), true);
    },
  },
  {
    title: 'an answer that is not quite the schema is read, and each fix is reported',
    async run() {
      const inner = scriptedModel(["```json\n{'city': 'Paris', 'people': '12'}\n```"]);
      const { output: read, providerMetadata } = await generateText({
        model: withStagedRetry(inner),
        output,
        prompt,
      });
      equal([read, inner.calls.length], [{ city: 'Paris', people: 12 }, 1]);
      equal((reportOf(providerMetadata)?.fixes.length ?? 0) > 0, true);
    },
  },
  {
    title: 'a zod schema with a refinement is a check',
    async run() {
      const Capital = City.refine(({ city }) => city === 'Paris', { message: 'Name the capital.', path: ['city'] });
      const inner = scriptedModel(['{"city":"Lyon","people":1}', '{"city":"Paris","people":1}']);
      const model = withStagedRetry(inner, { checks: [Capital] });
      equal((await generateText({ model, output, prompt })).output.city, 'Paris');
      equal(JSON.stringify(inner.calls[1]?.prompt).includes('Name the capital.'), true);
    },
  },
  {
    title: 'repair asks for the failing field only and keeps the rest of the text',
    async run() {
      const inner = scriptedModel(['{"city":"Paris","people":-1,"id":2512292042121000001}', '{"/people":1}']);
      const Positive = z.object({ city: z.string(), people: z.number().positive(), id: z.unknown() });
      const model = withStagedRetry(inner, { checks: [Positive], stages: [repair({ attempts: 1, maxShare: 1 })] });
      const { text } = await generateText({ model, prompt });
      equal(text, '{"city":"Paris","people":1,"id":2512292042121000001}');
    },
  },
  {
    title: 'a lent tool runs inside the run and is not seen outside',
    async run() {
      const inner = scriptedModel([
        'I do not know.',
        { content: [{ type: 'tool-call', toolCallId: '1', toolName: 'findCity', input: '{"of":"Louvre"}' }] },
        'Paris',
      ]);
      const findCity = tool({ inputSchema: z.object({ of: z.string() }), execute: ({ of }) => `${of}: Paris` });
      const model = withStagedRetry(inner, {
        checks: [check('paris', ({ text }) => text === 'Paris' || 'Look it up.')],
        stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { findCity } as ToolSet })],
      });
      const { text, toolCalls } = await generateText({ model, prompt });
      equal([text, toolCalls, inner.calls.length], ['Paris', [], 3]);
      equal(JSON.stringify(inner.calls[2]?.prompt).includes('Louvre: Paris'), true);
    },
  },
  {
    title: 'fallback asks another model',
    async run() {
      const [weak, strong] = [scriptedModel(['', '']), scriptedModel(['Paris'], { modelId: 'strong' })];
      const model = withStagedRetry(weak, {
        checks: [notEmpty()],
        stages: [retry({ attempts: 1 }), fallback({ model: strong, attempts: 1 })],
      });
      const { text, providerMetadata } = await generateText({ model, prompt });
      equal([text, reportOf(providerMetadata)?.stage], ['Paris', 'fallback']);
    },
  },
  {
    title: 'usage is the sum over all attempts',
    async run() {
      const model = withStagedRetry(scriptedModel(['', 'Paris']), { checks: [notEmpty()] });
      const { usage } = await generateText({ model, prompt });
      equal([usage.inputTokens, usage.outputTokens], [20, 20]);
    },
  },
  {
    title: 'at the end of the ladder the error has the history and says why',
    async run() {
      const model = withStagedRetry(scriptedModel(['a', 'b']), {
        checks: [check('short', ({ text }) => text === '' || 'Shorten it.')],
      });
      const error = StagesExhaustedError.find(await rejection(generateText({ model, prompt })));
      equal(error?.history.filter(({ type }) => type === 'attempt').length, 2);
      equal(error?.message.includes('Shorten it (short)'), true);
    },
  },
  {
    title: 'a check that throws ends the run and asks the model nothing more',
    async run() {
      const inner = scriptedModel(['a']);
      const broken = check('broken', () => {
        throw new Error('boom');
      });
      const error = await rejection(generateText({ model: withStagedRetry(inner, { checks: [broken] }), prompt }));
      equal([CheckCrashedError.find(error)?.check, inner.calls.length], ['broken', 1]);
    },
  },
  {
    title: 'a budget ends the run',
    async run() {
      const inner = scriptedModel(['']);
      const model = withStagedRetry(inner, {
        checks: [notEmpty()],
        stages: [retry({ attempts: 9 })],
        convergence: 'off',
        budget: { attempts: 3 },
      });
      const error = await rejection(generateText({ model, prompt }));
      equal([BudgetExceededError.find(error)?.limit, inner.calls.length], ['attempts', 3]);
    },
  },
  {
    title: 'an unknown option is refused when the model is wrapped',
    async run() {
      const wrap = async () => withStagedRetry(scriptedModel(['']), { check: [] } as never);
      equal(String(await rejection(wrap())).includes('"check"'), true);
    },
  },
];

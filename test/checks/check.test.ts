import { InvalidArgumentError } from '@ai-sdk/provider';
import { generateText, jsonSchema, Output, streamText } from 'ai';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { notEmpty } from '../../src/checks/index.ts';
import {
  CheckCrashedError,
  check,
  createEmitter,
  type Issue,
  retry,
  StagesExhaustedError,
  withStagedRetry,
} from '../../src/index.ts';
import { badInvoice, errorOf, feedback, goodInvoice, Invoice, says, saysJson } from '../fixtures.ts';

const prompt = 'Extract the invoice.';

describe('a check of a name and a test', () => {
  test('sees the text, and the JSON in it', async () => {
    const seen: unknown[] = [];
    const model = withStagedRetry(says('Here you are: {"total": 12}'), {
      checks: [
        check('see', ({ text, value, finishReason }) => seen.push({ text, value, finishReason }) > 0 || 'Unseen.'),
      ],
    });
    await generateText({ model, prompt });
    expect(seen).toEqual([{ text: 'Here you are: {"total": 12}', value: { total: 12 }, finishReason: 'stop' }]);
  });

  test('passes with true and no findings', async () => {
    for (const found of [true, []] as const) {
      const model = says('fine');
      await generateText({ model: withStagedRetry(model, { checks: [check('pass', () => found)] }), prompt });
      expect(model.calls).toHaveLength(1);
    }
  });

  test('finds one issue with a string and several with a list', async () => {
    const model = says('a', 'b', 'c');
    const found = ['Say more.', [{ message: 'Say it in verse.' }, { message: 'Rhyme.', path: ['lines', 0] }], true];
    const checks = [check('poem', () => found.shift() as string)];
    await generateText({ model: withStagedRetry(model, { checks, stages: [retry({ attempts: 3 })] }), prompt });
    expect(feedback(model, 2)).toContain('1. Say more.');
    expect(feedback(model, 3)).toContain('1. Say it in verse.');
    expect(feedback(model, 3)).toContain('2. At /lines/0: Rhyme.');
  });

  test('names an issue after itself whatever the finding says', async () => {
    const finding = { message: 'No.', check: 'other', kind: 'refused', suggestion: 'Yes.' } as const;
    const model = withStagedRetry(says('a'), {
      checks: [check('mine', () => [finding])],
      stages: [retry({ attempts: 1 })],
    });
    const error = StagesExhaustedError.find(await errorOf(generateText({ model, prompt })));
    expect(error?.bestAttempt?.verdict).toEqual({
      type: 'fail',
      issues: [{ message: 'No.', path: [], check: 'mine', kind: 'refused', suggestion: 'Yes.' }],
    });
  });
});

describe('a check with a schema', () => {
  test('sees the value the schema makes', async () => {
    const seen: unknown[] = [];
    const Shouting = z.object({ name: z.string().transform((name) => name.toUpperCase()) });
    const model = withStagedRetry(saysJson({ name: 'ada' }), {
      checks: [check('see', Shouting, ({ value }) => seen.push(value.name) > 0 || 'Unseen.')],
    });
    const { text } = await generateText({ model, prompt });
    expect(seen).toEqual(['ADA']);
    expect(text).toBe('{"name":"ada"}');
  });

  test('runs its test only when the schema accepts', async () => {
    const run = vi.fn(() => true as const);
    const model = saysJson(badInvoice, goodInvoice);
    await generateText({ model: withStagedRetry(model, { checks: [check('adds-up', Invoice, run)] }), prompt });
    expect(run).toHaveBeenCalledTimes(1);
    expect(feedback(model)).toContain('At /total: ');
  });

  test('judges by refinements, and by asynchronous ones', async () => {
    const Even = z.object({ total: z.number().refine(async (total) => total % 2 === 0, 'Make the total even.') });
    const model = saysJson({ total: 3 }, { total: 4 });
    const { text } = await generateText({ model: withStagedRetry(model, { checks: [Even] }), prompt });
    expect(text).toBe('{"total":4}');
    expect(feedback(model)).toContain('At /total: Make the total even.');
  });

  test('is the definition form with a version, an order and a deadline', async () => {
    const seen: number[] = [];
    const model = withStagedRetry(saysJson(goodInvoice), {
      checks: [
        check({
          name: 'adds-up',
          version: '2',
          after: ['notEmpty'],
          timeoutMs: 1000,
          schema: Invoice,
          test: ({ value }) => seen.push(value.total) > 0 || 'Unseen.',
        }),
        notEmpty(),
      ],
    });
    await generateText({ model, prompt });
    expect(seen).toEqual([12]);
  });
});

describe('the two phases', () => {
  test('run no content check on an answer whose structure is broken', async () => {
    const expensive = vi.fn(() => true as const);
    const model = withStagedRetry(says('not JSON', '{"vendor":"Acme","total":12}'), {
      checks: [check('expensive', expensive), Invoice],
    });
    await generateText({ model, prompt });
    expect(expensive).toHaveBeenCalledTimes(1);
  });

  test('run the content checks in parallel, once an attempt', async () => {
    const running: string[] = [];
    let release = () => {};
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    const waits = (name: string) =>
      check(name, async () => {
        running.push(name);
        if (running.length === 2) release();
        await both;
        return true as const;
      });
    await generateText({ model: withStagedRetry(says('a'), { checks: [waits('one'), waits('two')] }), prompt });
    expect(running).toEqual(['one', 'two']);
  });

  test('gather the issues of all checks in one message, each once, in the order of the checks', async () => {
    const model = says('a', 'b');
    let round = 0;
    const finds = (name: string, message: string, wait: Promise<void>) =>
      check(name, async () => {
        await wait;
        round += 1;
        return round <= 3 ? message : true;
      });
    const later = Promise.resolve().then(() => {});
    const checks = [
      finds('one', 'First.', later),
      finds('two', 'Second.', Promise.resolve()),
      finds('three', 'First.', later),
    ];
    await generateText({ model: withStagedRetry(model, { checks }), prompt });
    expect(feedback(model).match(/^\d\. .*$/gm)).toEqual(['1. First.', '2. Second.']);
  });

  test('let a check after another run only when that one passed', async () => {
    const explain = vi.fn(() => true as const);
    const model = withStagedRetry(says('DROP', 'SELECT'), {
      checks: [
        check({ name: 'explain', after: ['safe'], test: explain }),
        check('safe', ({ text }) => text === 'SELECT' || 'Only SELECT.'),
      ],
    });
    await generateText({ model, prompt });
    expect(explain).toHaveBeenCalledTimes(1);
    expect(explain).toHaveBeenCalledWith(expect.objectContaining({ text: 'SELECT' }), expect.anything());
  });

  test('let a check after a schema run when the schema accepted', async () => {
    const run = vi.fn(() => true as const);
    const checks = [check({ name: 'shape', schema: Invoice }), check({ name: 'last', after: ['shape'], test: run })];
    await generateText({ model: withStagedRetry(saysJson(goodInvoice), { checks }), prompt });
    expect(run).toHaveBeenCalledTimes(1);
  });
});

describe('the context of a check', () => {
  test('says which attempt it is, which is the last, and what happened before', async () => {
    const seen: unknown[] = [];
    const model = withStagedRetry(says('a', 'b', 'c'), {
      checks: [
        check('see', (_, { attempt, isLastAttempt, history }) => {
          seen.push([attempt, isLastAttempt, history.filter(({ type }) => type === 'attempt').length]);
          return `Not ${attempt}.`;
        }),
      ],
      stages: [retry({ attempts: 2 }), retry({ name: 'again', attempts: 1 })],
    });
    await errorOf(generateText({ model, prompt }));
    expect(seen).toEqual([
      [1, false, 0],
      [2, false, 1],
      [3, true, 2],
    ]);
  });

  test('knows the last attempt of a later stage, and of a budget', async () => {
    const seen: boolean[] = [];
    const see = check('see', (_, { attempt, isLastAttempt }) => {
      seen.push(isLastAttempt);
      return `Not ${attempt}.`;
    });
    const stages = [retry({ attempts: 1 }), retry({ name: 'again', attempts: 2 })];
    await errorOf(generateText({ model: withStagedRetry(says('a', 'b', 'c'), { checks: [see], stages }), prompt }));
    expect(seen).toEqual([false, false, true]);
    seen.length = 0;
    const budget = { attempts: 2 };
    await errorOf(generateText({ model: withStagedRetry(says('a', 'b'), { checks: [see], stages, budget }), prompt }));
    expect(seen).toEqual([false, true]);
  });

  test("has the caller's call and signal", async () => {
    const controller = new AbortController();
    const seen: unknown[] = [];
    const see = check(
      'see',
      (_, { params, abortSignal }) => seen.push(params.temperature, abortSignal?.aborted) > 0 || 'Unseen.',
    );
    const model = withStagedRetry(says('a'), { checks: [see] });
    await generateText({ model, prompt, temperature: 0.5, abortSignal: controller.signal });
    expect(seen).toEqual([0.5, false]);
  });
});

describe('a check that crashes', () => {
  const crashing = {
    throws: () => {
      throw new Error('database is down');
    },
    rejects: () => Promise.reject(new Error('database is down')),
    'returns nothing': () => undefined,
    'resolves to nothing': async () => {},
    'returns false': () => false,
    'returns null': () => null,
    'returns a number': () => 42,
    'returns an empty string': () => '',
    'returns an issue without a list': () => ({ message: 'No.' }),
    'returns an issue without a message': () => [{ path: ['total'] }],
    'returns a path that is none': () => [{ message: 'No.', path: 'total' }],
    'returns a kind there is not': () => [{ message: 'No.', kind: 'wrong' }],
    'returns a suggestion that is no text': () => [{ message: 'No.', suggestion: { total: 12 } }],
  };

  test.each(Object.entries(crashing))('because it %s, ends the run and costs no attempt', async (_, run) => {
    const model = says('a');
    const wrapped = withStagedRetry(model, { checks: [check('broken', run as never)] });
    const error = await errorOf(generateText({ model: wrapped, prompt }));
    expect(CheckCrashedError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ check: 'broken', cause: expect.any(Error) });
    expect(model.calls).toHaveLength(1);
  });

  test.each(Object.entries(crashing))('because it %s, lets the answer go when told to', async (_, run) => {
    const checks = [check('broken', run as never)];
    const { text } = await generateText({
      model: withStagedRetry(says('a'), { checks, whenCheckCrashes: 'pass' }),
      prompt,
    });
    expect(text).toBe('a');
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['false', false],
    ['an empty string', ''],
    ['a number', 42],
    ['an object', { message: 'A secret.' }],
    ['a list that holds something else than issues', ['A secret.']],
  ])('because it returned %s, says so and what to return', async (what, found) => {
    const wrapped = withStagedRetry(says('a'), { checks: [check('polite', (() => found) as never)] });
    const { message } = (await errorOf(generateText({ model: wrapped, prompt }))) as Error;
    expect(message).toBe(
      `The check "polite" failed to judge the answer. It returned ${what}. A test returns true where the answer passes, else ` +
        "what to change: a sentence, or a list of { message, path? } objects. It ended the run after 1 of 2 attempts. See the cause and fix the check, or set whenCheckCrashes: 'pass'.",
    );
  });

  test('because it judges while the text streams and ends with nothing, is told too', async () => {
    const start = () => ({ push: () => undefined, end: () => undefined as never });
    for (const delivery of ['buffer', 'live'] as const) {
      const wrapped = withStagedRetry(says('a'), { checks: [check({ name: 'ends', start })], delivery });
      const errors: unknown[] = [];
      await streamText({ model: wrapped, prompt, onError: ({ error }) => void errors.push(error) }).consumeStream();
      expect(CheckCrashedError.find(errors[0])?.message).toContain('It returned nothing.');
    }
  });

  test.each([
    ['passes with an empty list', () => ({ push: () => [], end: () => 'Too short.' }), StagesExhaustedError],
    ['begins with nothing', () => undefined as never, CheckCrashedError],
  ])('lets no answer pass unjudged where it judges while the text streams and %s', async (_, start, expected) => {
    const model = withStagedRetry(says('a'), { checks: [check({ name: 'mine', start })] });
    expect(expected.find(await errorOf(generateText({ model, prompt })))).toBeDefined();
  });

  test('because it never ends, is given up at its deadline', async () => {
    const checks = [check({ name: 'hangs', timeoutMs: 1, test: () => new Promise<true>(() => {}) })];
    const error = await errorOf(generateText({ model: withStagedRetry(says('a'), { checks }), prompt }));
    expect(error).toMatchObject({ check: 'hangs', cause: { name: 'TimeoutError' } });
  });

  test('in a refinement of its schema, crashes too', async () => {
    const Broken = z.object({}).refine(() => {
      throw new Error('no such table');
    });
    const error = await errorOf(generateText({ model: withStagedRetry(says('{}'), { checks: [Broken] }), prompt }));
    expect(error).toMatchObject({ check: 'schema', cause: { message: 'no such table' } });
  });

  test('still hears the other checks out, so that none runs on after the call', async () => {
    const events = createEmitter();
    let hasEnded = false;
    const checks = [
      check('broken', () => Promise.reject(new Error('down'))),
      check('slow', async () => {
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        hasEnded = true;
        return true as const;
      }),
    ];
    await errorOf(generateText({ model: withStagedRetry(says('a'), { checks, events }), prompt }));
    expect(hasEnded).toBe(true);
  });

  test('by an abort of the caller rejects with the reason of the abort', async () => {
    const controller = new AbortController();
    const checks = [
      check('waits', () => {
        controller.abort(new DOMException('stopped', 'AbortError'));
        return new Promise<true>(() => {});
      }),
    ];
    const error = await errorOf(
      generateText({ model: withStagedRetry(says('a'), { checks }), prompt, abortSignal: controller.signal }),
    );
    expect(error).toMatchObject({ name: 'AbortError', message: 'stopped' });
  });
});

describe('checks that make no sense are refused when the model is wrapped', () => {
  const refused = {
    'two of one name': () => [check('same', () => true), check('same', () => true)],
    'two built-ins of one name': () => [notEmpty(), notEmpty()],
    'an order that names no check': () => [check({ name: 'one', after: ['none'], test: () => true })],
    'an order in a circle': () => [
      check({ name: 'one', after: ['two'], test: () => true }),
      check({ name: 'two', after: ['one'], test: () => true }),
    ],
    'an order after itself': () => [check({ name: 'one', after: ['one'], test: () => true })],
    'no name': () => [check('', () => true)],
    'nothing to judge by': () => [check({ name: 'empty' })],
    'a test that is none': () => [check('broken', 'no' as never)],
    'a schema that is none': () => [check('broken', {} as never, () => true)],
    'a deadline of 0': () => [check({ name: 'one', timeoutMs: 0, test: () => true })],
    'no list': () => notEmpty() as never,
    nothing: () => [null as never],
    "a check of one's own without a test": () => [{ name: 'own' }],
  };

  test.each(Object.entries(refused))('%s', (_, checks) => {
    expect(() => withStagedRetry(says(''), { checks: checks() })).toThrow(
      expect.toSatisfy((error) => InvalidArgumentError.isInstance(error) && error.argument === 'checks'),
    );
  });
});

test('issues are plain JSON whatever a finding carries', async () => {
  const circular: Record<string, unknown> = { message: 'No.' };
  circular.self = circular;
  const model = withStagedRetry(says('a'), {
    checks: [check('mine', () => [circular as unknown as Issue])],
    stages: [retry({ attempts: 1 })],
  });
  const error = StagesExhaustedError.find(await errorOf(generateText({ model, prompt })));
  expect(JSON.parse(JSON.stringify(error?.history))).toEqual(error?.history);
});

test('an error of a zod schema can be handed on as it is', async () => {
  const model = saysJson(badInvoice, goodInvoice);
  const checks = [check('by-hand', ({ value }) => (Invoice.safeParse(value).error?.issues ?? []) as never)];
  await generateText({ model: withStagedRetry(model, { checks }), output: Output.json(), prompt });
  expect(feedback(model)).toContain('At /total: ');
});

describe('a function among the checks', () => {
  test('is no check when it makes one that judges while the text streams', () => {
    const mine = () => ({ name: 'mine', start: () => ({ holdBack: 0, push: () => true, end: () => true }) });
    expect(() => withStagedRetry(says(''), { checks: [mine as never] })).toThrow(
      'The check mine is given without its parentheses: write mine().',
    );
  });

  test.each<[string, () => unknown, string]>([
    ['nothing', () => null, 'A function was given as a schema and returned none.'],
    ['a verdict', () => true, 'A function was given as a schema and returned none.'],
    ['a promise', async () => true, 'A function was given as a schema and returned none.'],
    ['a JSON Schema that is none', () => jsonSchema({ type: 'x' as never }), 'the JSON Schema is not valid at /type'],
  ])('is refused when it gives %s', (_, given, said) => {
    expect(() => withStagedRetry(says(''), { checks: [given as never] })).toThrow(said);
  });
});

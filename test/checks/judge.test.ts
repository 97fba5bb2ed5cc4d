import { inspect } from 'node:util';
import { customProvider, generateText, jsonSchema, tool } from 'ai';
import { describe, expect, test } from 'vitest';
import { type JudgeOptions, judge, noContradiction } from '../../src/checks/index.ts';
import { CheckCrashedError, retry, withStagedRetry } from '../../src/index.ts';
import { runCheck, scriptedModel } from '../../src/testing/index.ts';
import { calls, errorOf, failsWith, feedback, lookup, recorder, says, saysJson } from '../fixtures.ts';

const rubric = { polite: 'It is polite.', complete: 'It answers every question.' };
const fault = (by: string, message: string) => ({ rubric: by, message, path: [] });

describe('a judge with several rubrics', () => {
  test('asks again for a verdict that says a member twice, and takes an issue without a place', async () => {
    const second = says(
      '{"issues":[{"rubric":"polite","message":"Say please."}],"issues":[]}',
      '{"issues":[{"rubric":"polite","message":"Say please."}]}',
    );
    expect(await runCheck(judge({ model: second, rubric }), 'Yes.')).toMatchObject({
      issues: [{ message: 'Say please.', path: [] }],
    });
    expect(second.calls).toHaveLength(2);
    expect(feedback(second)).toContain('Give issues only once; its name is repeated.');
  });

  test('asks for all of them in one call', async () => {
    const second = saysJson({ issues: [fault('complete', 'Answer the second question too.')] });
    const verdict = await runCheck(judge({ model: second, rubric }), 'Yes.');
    expect(verdict).toMatchObject({ issues: [{ message: 'Answer the second question too.' }] });
    expect(second.calls).toHaveLength(1);
    const system = String(second.calls[0]?.prompt[0]?.content);
    expect(system).toContain('- polite: It is polite.\n- complete: It answers every question.');
    expect(system).toContain('length, layout and a sure tone are neither a merit nor a fault');
  });

  test('says JSON, and sends no half of a surrogate pair', async () => {
    const second = saysJson({ issues: [] });
    expect(await runCheck(judge({ model: second, rubric }), 'Half \ud83d.')).toEqual({ type: 'pass' });
    const sent = JSON.stringify(second.calls[0]?.prompt);
    expect(sent).toContain('JSON');
    expect(sent).not.toContain('\\ud83d');
  });

  test('asks again for a verdict that does not fit its schema, once', async () => {
    const second = saysJson({ issues: [fault('kind', 'Be kinder.')] }, { issues: [] });
    expect(await runCheck(judge({ model: second, rubric }), 'Yes.')).toEqual({ type: 'pass' });
    expect(feedback(second)).toContain('Answer with one JSON value by this schema');
    expect(feedback(second)).toContain('Make issues[0].rubric');
    const stubborn = saysJson({ verdict: 'good' });
    const error = await errorOf(runCheck(judge({ model: stubborn, rubric }), 'Yes.'));
    expect(CheckCrashedError.isInstance(error)).toBe(true);
    expect(stubborn.calls).toHaveLength(2);
  });
});

describe('a judge that is asked several times', () => {
  const polite = { issues: [] };
  const rude = { issues: [fault('polite', 'Greet first.')] };

  test('stops when the majority is certain', async () => {
    const second = saysJson(rude, rude);
    const verdict = await runCheck(judge({ model: second, rubric, samples: 3 }), 'Yes.');
    expect(verdict).toMatchObject({ issues: [{ message: 'Greet first.' }] });
    expect(second.calls).toHaveLength(2);
  });

  test('finds what most verdicts find', async () => {
    const second = saysJson(rude, polite, polite);
    expect(await runCheck(judge({ model: second, rubric, samples: 3 }), 'Yes.')).toEqual({ type: 'pass' });
    expect(second.calls).toHaveLength(3);
  });

  test('decides each rubric by itself', async () => {
    const incomplete = { issues: [fault('complete', 'Say when.'), fault('polite', 'Greet first.')] };
    const second = saysJson(rude, { issues: [fault('complete', 'Say when.')] }, incomplete);
    const verdict = await runCheck(judge({ model: second, rubric, samples: 3 }), 'Yes.');
    expect(verdict.type === 'fail' && verdict.issues.map(({ message }) => message)).toEqual([
      'Greet first.',
      'Say when.',
    ]);
  });

  test('is shown the rubrics in another order each time', async () => {
    const second = saysJson(polite);
    await runCheck(judge({ model: second, rubric, samples: 3 }), 'Yes.');
    const firsts = second.calls.map(({ prompt }) => /- (\w+):/.exec(String(prompt[0]?.content))?.[1]);
    expect(firsts).toEqual(['polite', 'complete']);
  });
});

test('places that a JSON answer does not have are left out', async () => {
  const second = saysJson({ issues: [{ message: 'Add the currency.', path: ['total', 'currency'] }] });
  const there = await runCheck(judge({ model: second, rubric: 'Complete.' }), '{"total":{"amount":1}}');
  expect(there).toMatchObject({ issues: [{ path: ['total', 'currency'] }] });
  const nowhere = await runCheck(judge({ model: second, rubric: 'Complete.' }), '{"sum":{"amount":1}}');
  expect(nowhere).toMatchObject({ issues: [{ path: [] }] });
});

describe('the tools of a judge', () => {
  const verdict = JSON.stringify({ issues: [] });
  const format = (model: ReturnType<typeof says>) => model.calls.map(({ responseFormat }) => responseFormat?.type);
  const lent = (model: ReturnType<typeof says>) => model.calls.map(({ tools = [] }) => tools.map(({ name }) => name));

  test('have names and members that every provider takes', async () => {
    const seen: unknown[] = [];
    const inputSchema = jsonSchema({ type: 'object', properties: { 'vendor name': { type: 'string' } } });
    const tools = { 'vendors.find': tool({ inputSchema, execute: (input) => `Acme ${seen.push(input)}` }) };
    const second = says(calls('vendors_find', { vendor_name: 'Acme' }), verdict);
    expect(await runCheck(judge({ model: second, rubric, tools }), 'Yes.')).toEqual({ type: 'pass' });
    expect(second.calls[0]?.tools).toMatchObject([
      { name: 'vendors_find', inputSchema: { properties: { vendor_name: { type: 'string' } } } },
    ]);
    expect(seen).toEqual([{ 'vendor name': 'Acme' }]);
  });

  test.each(['google.generative-ai', 'google.vertex.chat', 'groq.chat'])(
    'leave the format to the last call of %s',
    async (provider) => {
      const answers = [calls('lookup', { query: 'a' }), 'Nothing is wrong.', verdict];
      const second = scriptedModel(answers, { provider });
      const found = await runCheck(judge({ model: second, rubric, tools: { lookup: lookup() } }), 'Yes.');
      expect(found).toEqual({ type: 'pass' });
      expect(format(second)).toEqual([undefined, undefined, 'json']);
      expect(lent(second)).toEqual([['lookup'], ['lookup'], []]);
      const told = JSON.stringify(second.calls[2]?.prompt);
      expect(told).toContain('found a');
      expect(told).not.toContain('tool-call');
    },
  );

  test('call for no other answer than one that fits', async () => {
    const second = scriptedModel([verdict], { provider: 'google.generative-ai' });
    await runCheck(judge({ model: second, rubric, tools: { lookup: lookup() } }), 'Yes.');
    expect(second.calls).toHaveLength(1);
  });

  test('may be those that the provider executes', async () => {
    const search = { type: 'provider', id: 'scripted.search', args: {}, inputSchema: {}, isProviderExecuted: true };
    const second = says(verdict);
    const verdictOn = runCheck(judge({ model: second, rubric, tools: { search: search as never } }), 'Yes.');
    expect(await verdictOn).toEqual({ type: 'pass' });
    expect(second.calls[0]?.tools).toMatchObject([{ type: 'provider', id: 'scripted.search' }]);
  });

  test('are refused before a call where one has a schema that cannot be read', async () => {
    const inputSchema = jsonSchema(() => {
      throw new Error('no schema');
    });
    const second = says(verdict);
    const tools = { lookup: { ...lookup(), inputSchema } as never };
    const error = await errorOf(runCheck(judge({ model: second, rubric, tools }), 'Yes.'));
    expect(String((error as Error).cause)).toContain('The tool "lookup" is not lent');
    expect(second.calls).toEqual([]);
  });

  test('are gone in the last step, and each call is paid', async () => {
    const second = says(calls('lookup', { query: 'a' }), calls('lookup', { query: 'b' }), verdict);
    const tools = { lookup: lookup() };
    expect(await runCheck(judge({ model: second, rubric, tools, maxSteps: 3 }), 'Yes.')).toEqual({ type: 'pass' });
    expect(lent(second)).toEqual([['lookup'], ['lookup'], []]);
    const third = says(calls('lookup', { query: 'a' }), verdict);
    const error = await errorOf(runCheck(judge({ model: third, rubric, tools, budget: { calls: 1 } }), 'Yes.'));
    expect(String(error)).toContain(
      'The check "judge" cannot judge: The judge "judge" has used up its budget (calls); raise',
    );
    expect(third.calls).toHaveLength(1);
  });
});

test('a judge keeps to its own budget, over the attempts of a run', async () => {
  const second = saysJson({ issues: [{ message: 'Be kinder.', path: [] }] });
  const model = withStagedRetry(says('a', 'b', 'c'), {
    checks: [judge({ model: second, rubric: 'Kind.', budget: { calls: 1 } })],
  });
  const error = await errorOf(generateText({ model, prompt: 'Hi' }));
  expect(String((error as { cause?: Error }).cause?.message)).toContain('used up its budget (calls)');
  expect(second.calls).toHaveLength(1);
  // The next run has its own.
  await errorOf(generateText({ model, prompt: 'Hi' }));
  expect(second.calls).toHaveLength(2);
});

test.each(['outputTokens', 'totalTokens', 'usd'] as const)(
  'a judge keeps to a budget (%s) by what a call is estimated to use where the provider does not say',
  async (limit) => {
    const silent = { inputTokens: { total: undefined }, outputTokens: { total: undefined } };
    const second = says({ content: [{ type: 'text', text: '{"issues":[]}' }], usage: silent } as never);
    const price = { input: 1, output: 1 };
    const cheap = judge({ model: second, rubric: 'Kind.', price, budget: { [limit]: limit === 'usd' ? 1e-9 : 1 } });
    const context = { params: { prompt: [] } };
    expect(await runCheck(cheap, 'Yes.', context)).toEqual({ type: 'pass' });
    const error = await errorOf(runCheck(cheap, 'Yes.', context));
    expect(String((error as { cause?: Error }).cause?.message)).toContain(`used up its budget (${limit})`);
  },
);

test('a judge keeps to a budget in USD, by the price of its model', async () => {
  const text = JSON.stringify({ issues: [{ message: 'Be kinder.', path: [] }] });
  const usage = { inputTokens: { total: 1000 }, outputTokens: { total: 100 } };
  const second = says({ content: [{ type: 'text', text }], usage: usage as never });
  const rule = (usd: number, price: JudgeOptions['price']) =>
    judge({ model: second, rubric: 'Kind.', budget: { usd }, ...(price === undefined ? {} : { price }) });
  const errorWith = async (usd: number, price: JudgeOptions['price']) => {
    const model = withStagedRetry(says('a', 'b', 'c', 'd'), {
      checks: [rule(usd, price)],
      stages: [retry({ attempts: 4 })],
      convergence: 'off',
    });
    const before = second.calls.length;
    const error = await errorOf(generateText({ model, prompt: 'Hi' }));
    return { calls: second.calls.length - before, cause: String((error as { cause?: Error }).cause?.message) };
  };
  // 1,000 tokens of input and 100 of output are 0.003 USD: the third call would begin at 0.006.
  const price = { input: 2, output: 10 };
  const usedUp = { calls: 2, cause: expect.stringContaining('used up its budget (usd)') };
  expect(await errorWith(0.006, price)).toMatchObject(usedUp);
  expect(await errorWith(0.006, ({ model }) => (model === second.modelId ? price : undefined))).toMatchObject(usedUp);
  expect(await errorWith(1, price)).toMatchObject({ calls: 4 });
  // Verdicts that are asked for at once would all begin with nothing spent.
  const before = second.calls.length;
  const sampled = judge({ model: second, rubric: 'Kind.', budget: { usd: 0.003 }, price, samples: 3 });
  await errorOf(generateText({ model: withStagedRetry(says('a'), { checks: [sampled] }), prompt: 'Hi' }));
  expect(second.calls.length - before).toBe(1);
  // What is not priced is not asked.
  expect(await errorWith(1, () => undefined)).toMatchObject({ calls: 0, cause: expect.stringContaining('price') });
});

describe('a judge with tools', () => {
  const source = (close: () => void) => async () => ({
    tools: async () => ({ lookup: lookup((query) => `${query}: 3 in stock`) }),
    close: async () => close(),
  });

  test('connects sources of tools, and closes them', async () => {
    let closed = 0;
    const second = says(calls('lookup', { query: 'bolts' }), '{"issues":[]}');
    const events = recorder();
    const tools = [source(() => (closed += 1)), { other: lookup() }];
    const model = withStagedRetry(says('There are 3.'), {
      checks: [judge({ model: second, rubric: 'True.', tools })],
      events,
    });
    await generateText({ model, prompt: 'How many bolts?' });
    expect(closed).toBe(1);
    expect(feedback(second, 2)).toContain('bolts: 3 in stock');
    expect(second.calls[0]?.tools?.map(({ name }) => name).sort()).toEqual(['lookup', 'other']);
    expect(events.of('check-call')).toHaveLength(2);
  });

  test('is at fault itself when a source cannot connect, and closes the others', async () => {
    let closed = 0;
    const tools = [source(() => (closed += 1)), () => Promise.reject(new Error('refused'))];
    const error = await errorOf(runCheck(judge({ model: says('{"issues":[]}'), rubric: 'True.', tools }), 'Yes.'));
    expect(CheckCrashedError.isInstance(error)).toBe(true);
    expect(closed).toBe(1);
  });
});

test.each([
  [{ rubric: {} }, /needs a rubric/],
  [{ rubric: { polite: '' } }, /needs a rubric/],
  [{ samples: 2 }, /odd number/],
  [{ budget: { euros: 1 } }, /takes calls, outputTokens, totalTokens, usd/],
  [{ budget: { usd: 1 } }, /budget.usd of judge\(\) needs its option price/],
  [{ price: { input: 1 } }, /price must be/],
])('refuses %j', (options, message) => {
  expect(() => judge({ model: says(''), rubric: 'Good.', ...(options as object) })).toThrow(message);
});

test('does not send a huge answer to the judge', async () => {
  const second = saysJson({ issues: [] });
  expect(await runCheck(judge({ model: second, rubric: 'Good.' }), 'a'.repeat(10_000_000))).toMatchObject({
    type: 'fail',
  });
  expect(second.calls).toHaveLength(0);
});

describe('a verdict', () => {
  const issuesOf = async (issues: readonly object[], answer: string, by: JudgeOptions['rubric'] = 'Good.') => {
    const verdict = await runCheck(judge({ model: saysJson({ issues }), rubric: by }), answer);
    return verdict.type === 'fail' ? verdict.issues.map(({ path, message }) => [path, message]) : [];
  };

  test('leads to places that the answer has, or to the whole', async () => {
    const answer = '{"lines":[{"price":1}],"01":{"a":1}}';
    const message = 'Correct it.';
    expect(await issuesOf([{ message, path: ['lines', '0', 'price'] }], answer)).toEqual([
      [['lines', 0, 'price'], message],
    ]);
    expect(await issuesOf([{ message, path: ['lines', '0', 'tax'] }], answer)).toEqual([
      [['lines', 0, 'tax'], message],
    ]);
    const many = JSON.stringify(Array.from({ length: 130 }, () => ({ a: 1 })));
    expect(await issuesOf([{ message, path: ['120', 'a'] }], many)).toEqual([[[120, 'a'], message]]);
    expect(await issuesOf([{ message, path: ['01', 'a'] }], answer)).toEqual([[['01', 'a'], message]]);
    expect(await issuesOf([{ message, path: ['rows', '0', 'price'] }], answer)).toEqual([[[], message]]);
    expect(await issuesOf([{ message, path: ['x', 'y'] }], 'null')).toEqual([[['x', 'y'], message]]);
  });

  test('without words names its rubric', async () => {
    expect(await issuesOf([{ message: ' ', path: [] }], 'Yes.')).toEqual([[[], 'Satisfy the rubric.']]);
    expect(await issuesOf([fault('polite', '')], 'Yes.', rubric)).toEqual([[[], 'Satisfy the rubric "polite".']]);
    expect(await issuesOf([{ message: ' Be kind. ', path: [] }], 'Yes.')).toEqual([[[], ' Be kind. ']]);
  });
});

test('a guard shows the judge the request as what is to be judged, a check the request and the answer', async () => {
  const second = saysJson({ issues: [] });
  const params = { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Tell me a joke.' }] }] } as never;
  const shown = () => JSON.stringify(second.calls.at(-1)?.prompt);
  await runCheck(judge({ model: second, rubric: 'Good.' }), 'Knock, knock.', { params, attempt: 1 });
  expect(shown()).toMatch(/The request:.*Tell me a joke\..*The answer:.*Knock, knock\./);
  await runCheck(judge({ model: second, rubric: 'Good.' }), 'Tell me a joke.', { params, attempt: 0 });
  expect(shown().match(/Tell me a joke/g)).toHaveLength(1);
  expect(shown()).not.toContain('The answer:');
});

test('as many samples are asked for as decide', async () => {
  const bad = { issues: [fault('polite', 'Say please.')] };
  const good = { issues: [] };
  const judged = async (samples: number, ...verdicts: object[]) => {
    const second = saysJson(...verdicts);
    const verdict = await runCheck(judge({ model: second, rubric, samples }), 'Yes.');
    return [verdict.type, second.calls.length];
  };
  expect(await judged(1, bad)).toEqual(['fail', 1]);
  expect(await judged(3, good, good)).toEqual(['pass', 2]);
  expect(await judged(3, bad, good, bad)).toEqual(['fail', 3]);
  expect(await judged(3, bad, good, good)).toEqual(['pass', 3]);
  expect(await judged(5, bad, bad, bad)).toEqual(['fail', 3]);
  expect(await judged(5, bad, good, bad, good, good)).toEqual(['pass', 5]);
});

test('is set up as it is told', () => {
  const model = saysJson({ issues: [] });
  expect(judge({ model, rubric, name: 'own', after: ['json'], timeoutMs: 5 })).toMatchObject({
    ...{ name: 'own', after: ['json'], timeoutMs: 5 },
  });
  const plain = judge({ model, rubric });
  expect(plain.name).toBe('judge');
  expect(plain).not.toHaveProperty('after');
  expect(plain).not.toHaveProperty('timeoutMs');
  const refused = expect.objectContaining({
    argument: 'judge',
    message: 'judge() needs a model that judges: judge({ model, rubric }).',
  });
  expect(() => judge({ rubric } as never)).toThrow(refused);
  expect(() => judge({ model: null, rubric } as never)).toThrow(refused);
  expect(() => judge(undefined as never)).toThrow(refused);
  expect(() => judge({ model: {} as never, rubric })).toThrow();
  expect(() => judge({ model: 'openai/gpt-5', rubric })).not.toThrow();
  for (const samples of [0, -1, 1.5, Number.NaN]) expect(() => judge({ model, rubric, samples })).toThrow(/odd number/);
});

test('ends with the run that it is part of', async () => {
  const reason = new Error('gone');
  const check = judge({ model: saysJson({ issues: [] }), rubric });
  await expect(runCheck(check, 'Yes.', { abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('judges an answer of as many characters as it says', async () => {
  const second = saysJson({ issues: [] });
  expect(await runCheck(judge({ model: second, rubric }), 'a'.repeat(400_000))).toEqual({ type: 'pass' });
  expect(await runCheck(judge({ model: second, rubric }), 'a'.repeat(400_001))).toMatchObject({ type: 'fail' });
});

describe('what a judge is made with', () => {
  test('is told by noContradiction too: the checks before it, and its time', () => {
    const model = says('');
    expect(noContradiction({ model, after: ['notEmpty'], timeoutMs: 50 })).toMatchObject({
      after: ['notEmpty'],
      timeoutMs: 50,
    });
  });

  test('may be the name of a model, priced by it', async () => {
    const globals = globalThis as { AI_SDK_DEFAULT_PROVIDER?: unknown };
    const priced: unknown[] = [];
    const text = JSON.stringify({ issues: [{ message: 'Greet first.', path: [] }] });
    globals.AI_SDK_DEFAULT_PROVIDER = customProvider({ languageModels: { small: scriptedModel([text]) } });
    const price = (names: object) => {
      priced.push(names);
      return { input: 2, output: 10 };
    };
    try {
      const second = judge({ model: 'small', rubric: 'Polite.', budget: { usd: 1 }, price });
      expect(await runCheck(second, 'Yes.')).toMatchObject({ issues: [{ message: 'Greet first.' }] });
      expect(priced).toMatchObject([{ model: expect.any(String) }]);
      const none = noContradiction({ model: 'small' });
      expect(CheckCrashedError.isInstance(await errorOf(runCheck(none, 'Yes.')))).toBe(true);
    } finally {
      delete globals.AI_SDK_DEFAULT_PROVIDER;
    }
  });

  test.each([{ rubric: null }, { rubric: 7 }, { rubric: '' }])('is not %j', (options) => {
    expect(() => judge({ model: says(''), ...(options as never as { rubric: string }) })).toThrow('needs a rubric');
  });
});

test('a contradiction without a word is given one', async () => {
  const found = { contradictions: [{ answer: 'It is red', other: 'It is blue', message: '' }] };
  const verdict = await runCheck(noContradiction({ model: saysJson(found) }), 'It is red. It is blue.');
  const message = 'Settle the contradiction. "It is red" contradicts "It is blue".';
  expect(verdict).toMatchObject({ issues: [{ message }] });
});

test('a verdict beside reasoning is a verdict', async () => {
  const content = [
    { type: 'reasoning', text: 'Hm.' },
    { type: 'text', text: JSON.stringify({ issues: [] }) },
  ];
  const second = scriptedModel([{ content } as never], { provider: 'google.generative-ai' });
  expect(await runCheck(judge({ model: second, rubric, tools: { lookup: lookup() } }), 'Yes.')).toEqual({
    type: 'pass',
  });
  expect(second.calls).toHaveLength(1);
});

test('says which check, model and call failed, why, and what to do', async () => {
  const judging = (...answers: (string | Error)[]) =>
    errorOf(runCheck(judge({ name: 'polite', model: says(...answers), rubric: 'It is polite.' }), 'Yes.'));
  expect(await judging('Looks fine to me.', '')).toMatchObject({
    name: 'StagedRetry_CheckCrashedError',
    message:
      'The check "polite" cannot judge: The model scripted/scripted-model gave no verdict that fits its schema in 2 calls; in the last, it wrote nothing. Give the check a model that writes structured output, and enough output tokens.',
  });
  const silentAtFirst = says('', JSON.stringify({ issues: [] }));
  expect(await runCheck(judge({ model: silentAtFirst, rubric: 'It is polite.' }), 'Yes.')).toEqual({ type: 'pass' });
  expect(feedback(silentAtFirst)).toContain('Answer with one JSON value by this schema, and nothing around it.\n{');
  expect(await judging('Looks fine to me.')).toMatchObject({
    message: expect.stringContaining(
      'in the last, it wrote 17 characters of something else (Answer with JSON; there is none.).',
    ),
  });
  expect(await judging('Looks fine.', failsWith(401))).toMatchObject({
    message:
      'The check "polite" cannot judge: Call 2 of the model scripted/scripted-model failed with AI_APICallError, status 401. See the cause, and the key, limits and name of that model. whenCheckCrashes: \'pass\' lets answers go that cannot be judged.',
    cause: { cause: { statusCode: 401 } },
  });
  const refused = await judging(failsWith(401, {}, { error: 'Not a key: key-7f3a' }));
  const { cause } = refused as Error;
  for (const shown of [inspect(refused), inspect(cause, { depth: 9 }), JSON.stringify(refused), JSON.stringify(cause)])
    expect(shown).not.toContain('key-7f3a');
});

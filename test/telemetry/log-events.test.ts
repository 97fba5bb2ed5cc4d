import { APICallError, type JSONObject } from '@ai-sdk/provider';
import { generateText, jsonSchema, type ModelMessage, Output, streamText, type ToolSet, tool } from 'ai';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/checks/index.ts';
import {
  check,
  createInbox,
  EscalationPendingError,
  human,
  lendTools,
  logEvents,
  memoryStore,
  retry,
  type StagedRetryOptions,
  spendLimiter,
  withRunEvents,
  withStagedRetry,
} from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { calls, errorOf, failsWith, lookup, says } from '../fixtures.ts';

const right = check('right', ({ text }, { attempt }) => text === 'twelve' || `Say it better (${attempt}).`);

const numberOnly = jsonSchema({ type: 'object', properties: { iban: { type: 'number' } } });
const onlyNumbers = tool({ inputSchema: numberOnly });
const anIban = Output.object({ schema: numberOnly });

interface Call extends Pick<Parameters<typeof generateText>[0], 'output'> {
  readonly tools?: ToolSet;
  readonly content?: boolean;
  readonly prompt?: string;
  readonly metadata?: JSONObject;
}

async function linesOf(
  model: ReturnType<typeof says>,
  options: StagedRetryOptions,
  { content = false, prompt = 'Total?', metadata = {}, ...call }: Call = {},
) {
  const lines: string[] = [];
  const events = logEvents((line) => lines.push(line), { content });
  const wrapped = withStagedRetry(model, { ...options, events });
  const providerOptions = { stagedRetry: { runId: 'job-1', metadata } };
  await generateText({ model: wrapped, prompt, providerOptions, maxRetries: 0, ...(call as object) }).catch(() => {});
  return lines.map((line) => line.replaceAll(/\d+ ms|\d\.\d s/g, '# ms'));
}

test.each<[what: string, model: ReturnType<typeof says>, call: Call]>([
  [
    'what a model asked a tool for',
    says(calls('pay', { iban: 'DE89370400440532013000' })),
    { tools: { pay: onlyNumbers } } as unknown as Call,
  ],
  ['letters of an answer that are escapes', says('{"iban":"\\u004400370400440532013000"}'), { output: anIban }],
])('an issue repeats nothing of %s', async (_, model, call) => {
  const lines = (await linesOf(model, {}, call)).join('\n');
  expect(lines).toContain('Make iban a number; it is the string "…"');
  expect(lines).not.toMatch(/\d{8}/);
});

test('a run is a few lines, each with its id', async () => {
  const model = says(
    'ten',
    failsWith(429, { 'retry-after-ms': '0' }),
    'eleven',
    calls('lookup', { query: 'x' }),
    'twelve',
  );
  const stages = [retry({ attempts: 2 }), lendTools({ attempts: 1, tools: { lookup: lookup() } })];
  expect(await linesOf(model, { checks: [right], stages }, { metadata: { invoice: 17 } })).toEqual([
    '[job-1] run: scripted scripted-model, generate {"invoice":17}',
    '[job-1] attempt 1 (retry, scripted-model) failed in # ms, 20 tokens: Say it better (1) (right)',
    '[job-1] provider: AI_APICallError (status 429) from scripted-model, retry 1 in # ms',
    '[job-1] attempt 2 (retry, scripted-model) failed in # ms, 20 tokens: Say it better (2) (right)',
    '[job-1] stage: retry used its 2 attempts',
    '[job-1] tool lookup (attempt 3, call 1): answered in # ms',
    '[job-1] attempt 3 (tools, scripted-model) passed in # ms, 40 tokens',
    '[job-1] stage: tools was accepted',
    '[job-1] run: accepted in tools, 3 attempts, # ms',
  ]);
});

test('a stream is said to be live or held, and of many issues the first are told', async () => {
  const many = check('many', () => Array.from({ length: 9 }, (_, index) => ({ message: `Mend ${index}.`, path: [] })));
  for (const [delivery, said] of [
    ['live', 'stream: live'],
    ['buffer', 'stream: held'],
  ] as const) {
    const lines: string[] = [];
    const events = logEvents((line) => lines.push(line));
    const model = withStagedRetry(says('ten'), { checks: [many], stages: [retry({ attempts: 1 })], delivery, events });
    await streamText({ model, prompt: 'Total?', onError: () => {} }).consumeStream();
    const log = lines.join('\n');
    expect(log).toMatch(/run: scripted scripted-model, stream$/m);
    expect(log).toContain(said);
    expect(log).toMatch(/: Mend 0 \(many\); .*; and \d more$/m);
    expect(log).not.toContain('Mend 8');
  }
});

test('tokens that are reported in part are counted as far as they are', async () => {
  const usage = (input: number | undefined, output: number | undefined) => ({
    inputTokens: { total: input, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: undefined, reasoning: undefined },
  });
  const answers = [usage(7, undefined), usage(undefined, 5)].map((each, index) => ({
    content: [{ type: 'text' as const, text: index === 0 ? 'ten' : 'twelve' }],
    usage: each,
  }));
  const lines = (await linesOf(scriptedModel(answers), { checks: [right] })).join('\n');
  expect(lines).toMatch(/attempt 1 .*, 7 tokens/);
  expect(lines).toMatch(/attempt 2 .*, 5 tokens/);
});

test('a writer that rejects loses its lines and nothing else, and a run keeps the name it was given', async () => {
  const lines: string[] = [];
  const events = logEvents(async (line) => {
    lines.push(line);
    throw new Error('The log is full.');
  });
  const named = { stagedRetry: { runId: '20261127-0001-a' } };
  await generateText({
    model: withStagedRetry(says('twelve'), { checks: [right], events }),
    prompt: 'Total?',
    providerOptions: named,
  });
  expect(lines.every((line) => line.startsWith('[20261127-0001-a] '))).toBe(true);
  expect(lines.length).toBeGreaterThan(1);
});

describe('a run that ends by a mistake in its options says which', () => {
  const price = { input: 1, output: 1 };
  const unknown = () => undefined as never;
  const unpriced = judge({ model: says('{"issues":[]}'), rubric: 'It is kind.' });
  const noPrice =
    'price returned nothing for the model "scripted-model" of "scripted", and a limit in USD cannot count';

  test.each<[string, StagedRetryOptions, string]>([
    ['a model without a price', { budget: { usd: 1 }, price: unknown }, noPrice],
    [
      'a check whose model has none',
      {
        checks: [unpriced],
        budget: { usd: 1 },
        price: (() => {
          let calls = 0;
          return () => (calls++ === 0 ? price : undefined) as typeof price;
        })(),
      },
      noPrice,
    ],
    [
      'a scope that is wanted',
      { limits: [spendLimiter({ usd: 1, price, perScope: true })] },
      'spendLimiter({ perScope: true }) counts each scope separately and needs one',
    ],
    [
      'whenExhausted',
      { whenExhausted: (() => 5) as never },
      'whenExhausted returned a value of type number: return a text, or undefined for the error.',
    ],
    [
      'a tool that is lent beside one of its name',
      { stages: [lendTools({ attempts: 1, tools: { pay: lookup() } })] },
      'The tool "pay" is the caller\'s own and cannot be lent beside it',
    ],
  ])('%s', async (_, options, expected) => {
    const call = { tools: { pay: onlyNumbers } } as unknown as Call;
    const lines = await linesOf(says('ten'), { checks: [right], ...options }, call);
    expect(lines.at(-1)).toMatch(/run: failed/);
    expect(lines.at(-1)).toContain(expected);
    expect(lines.join('\n')).not.toContain('LimiterRejected');
  });
});

test('a person, the cache and an error have their lines', async () => {
  const stages = [retry({ attempts: 1 }), human({ inbox: createInbox() })];
  const lines = await linesOf(says('ten'), {
    checks: [right],
    stages,
    scope: 'public',
    cache: { store: memoryStore() },
  });
  expect(lines).toContain('[job-1] cache: miss (absent)');
  expect(lines.find((line) => line.includes('person: asked by human, escalation'))).toBeDefined();
  expect(lines.at(-1)).toMatch(/run: pending, 1 attempt, # ms: Escalation .* waits for a person/);
});

test('an escalation that is waited for is named, though the person was asked before', async () => {
  const inbox = createInbox();
  const stages = [retry({ attempts: 1 }), human({ inbox, whenPending: 'respond' })];
  const options: StagedRetryOptions = { checks: [right], stages, scope: 'public' };
  for (const answers of [['ten'], []]) {
    const lines = await linesOf(says(...answers), options);
    const [{ id } = {}] = (await inbox.list()).escalations;
    expect(lines.at(-1)).toBe(`[job-1] run: pending in human, escalation ${id}, 1 attempt, # ms`);
  }
});

test('a person is named as who made the answer', async () => {
  const inbox = createInbox();
  const model = withStagedRetry(says('ten', 'ten', 'twelve', 'ten', 'ten'), {
    checks: [right],
    stages: [retry({ attempts: 1 }), human({ inbox })],
    scope: 'public',
  });
  const lastLines = async (resumeKey: string, decision: Parameters<typeof inbox.decide>[1]) => {
    const lines: string[] = [];
    const send = () =>
      withRunEvents(
        logEvents((line) => lines.push(line.replace(/\[.*\] /, '').replaceAll(/\d+ ms/g, '# ms'))),
        () => generateText({ model, prompt: 'Total?', providerOptions: { stagedRetry: { resumeKey } } }),
      );
    const pending = EscalationPendingError.find(await errorOf(send()));
    await inbox.decide(pending?.escalation.id ?? '', decision);
    await send().catch(() => {});
    return lines.slice(-2);
  };
  expect(await lastLines('edited', { type: 'edit', text: 'twelve' })).toEqual([
    "stage: human was accepted after a person's edit",
    "run: accepted in human after a person's edit, 2 attempts, # ms",
  ]);
  expect(await lastLines('advised', { type: 'retry', advice: 'Count.' })).toEqual([
    "stage: human was accepted after a person's advice",
    "run: accepted in human after a person's advice, 2 attempts, # ms",
  ]);
  expect(await lastLines('approved', { type: 'approve' })).toEqual([
    "stage: human ended with a person's approval",
    "run: accepted in retry after a person's approval, 1 attempt, # ms",
  ]);
  expect((await lastLines('rejected', { type: 'reject' }))[0]).toBe("stage: human ended with a person's rejection");
});

test('an answer that was not accepted says why it is delivered all the same', async () => {
  const json = { output: Output.json() };
  const unchanged = await linesOf(says('no', 'no'), {}, json);
  expect(unchanged.at(-1)).toBe('[job-1] run: not accepted, left to the SDK in retry, 2 attempts, # ms');
  const best = await linesOf(says('ten'), { checks: [right], stages: [], whenExhausted: 'deliver' });
  expect(best.at(-1)).toBe('[job-1] run: not accepted, delivered by whenExhausted in call, 1 attempt, # ms');
  const observed = await linesOf(says('ten'), { checks: [right], mode: 'observe' });
  expect(observed.at(-1)).toBe('[job-1] run (observed): not accepted in retry, retry would be next, 1 attempt, # ms');
});

test('the calls of tools and checks have their numbers', async () => {
  const content = ['a', 'b'].flatMap((query) => calls('lookup', { query }).content);
  const voting = judge({ model: says('{"issues":[]}'), rubric: 'Good.', samples: 3 });
  const stages = [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { lookup: lookup() } })];
  const guard = judge({ name: 'guard', model: says('{"issues":[]}'), rubric: 'Good.' });
  const lines = await linesOf(says('ten', { content }, 'twelve'), { checks: [right, voting], stages, guards: [guard] });
  const named = (pattern: RegExp) => lines.flatMap((line) => pattern.exec(line)?.[0] ?? []);
  expect(named(/tool lookup \(.*?\)/)).toEqual(['tool lookup (attempt 2, call 1)', 'tool lookup (attempt 2, call 2)']);
  expect(named(/check judge \(attempt 1, .*?\)/).sort()).toEqual(
    [1, 2].map((call) => `check judge (attempt 1, call ${call})`),
  );
  expect(named(/check guard \(.*?\)/)).toEqual(['check guard (prompt, call 1)']);
});

test('a source of tools that fails is named, with what may be told of why', async () => {
  const failing = Object.assign(
    () => Promise.reject(Object.assign(new Error('spawn /secret/path ENOENT'), { code: 'ENOENT' })),
    { label: 'the MCP server "vendors"' },
  );
  const tools = [
    failing,
    { lookup: lookup() },
    async () => ({ tools: async () => ({ lookup: lookup() }), close: async () => {} }),
  ];
  const stages = [lendTools({ attempts: 1, tools })];
  const lines = await linesOf(says('ten', 'twelve'), { checks: [right], stages });
  expect(lines).toContain('[job-1] tools of tools, the MCP server "vendors": could not connect: Error (ENOENT)');
  expect(lines.find((line) => line.includes('The tool "lookup" is lent by'))).toMatch(/only the first is used/);
  expect(lines.join()).not.toContain('secret');
});

class LedgerClosedError extends Error {
  override name = 'LedgerClosedError';
}

test.each([
  ['its class', new LedgerClosedError('secret'), 'LedgerClosedError'],
  ['what the platform calls it', new DOMException('secret', 'TimeoutError'), 'TimeoutError'],
  ['no name that was set on it', Object.assign(new Error('secret'), { name: 'secret' }), 'Error'],
  ['no code but the system’s', Object.assign(new Error('x'), { code: 'SECRET' }), 'Error'],
  ['the code of its cause', new TypeError('x', { cause: { code: 'ECONNREFUSED' } }), 'TypeError (ECONNREFUSED)'],
  ['nothing of what is no error', { name: 'secret', message: 'secret' }, 'Error'],
])('of an error that is not ours a line tells %s', async (_, error, told) => {
  const failing = lookup(() => {
    throw error;
  });
  const stages = [lendTools({ attempts: 1, tools: { failing } })];
  const lines = await linesOf(says('ten', calls('failing', { query: 'x' }), 'twelve'), { checks: [right], stages });
  expect(lines).toContain(`[job-1] tool failing (attempt 2, call 1): failed: ${told} in # ms`);
  expect(lines.join()).not.toMatch(/secret/i);
});

test('members that no schema names are not told, and an own error is told as it is', async () => {
  const people = jsonSchema({ type: 'object', additionalProperties: { type: 'number' }, properties: { total: {} } });
  const model = says('{"total":1,"Adam Schmidt":"x","li":"y"}');
  const lines = await linesOf(model, { checks: [people], stages: [] }, { prompt: `total ${'long '.repeat(50_000)}` });
  expect(lines.join()).toContain(
    'failed in # ms, 20 tokens: /…: Make ["…"] a number; it is the string "…" (schema); /…: ',
  );
  expect(lines.at(-1)).toContain('No answer passed the checks after 1 attempt. Last issues: /…: Make');
  expect(lines.join()).not.toMatch(/Adam|Schmidt|li\b/);
});

test('an event that was copied is told without the words of its issues', () => {
  const lines: string[] = [];
  const sink = logEvents((line) => lines.push(line));
  const events = { emit: (name: string, event: object) => sink.emit(name as 'run-start', { ...event } as never) };
  const model = withStagedRetry(says('secret', 'twelve'), {
    checks: [check('quotes', ({ text }) => `No ${text}.`)],
    events,
  });
  return generateText({ model, prompt: 'Total?' }).catch(() => {
    expect(lines.join('\n')).toContain('20 tokens: content (quotes)');
    expect(lines[1]).not.toContain('secret');
  });
});

test('a tool that cannot be lent is named, and why', async () => {
  const many = Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`tool${index}`, lookup()]));
  const unreadable = {
    inputSchema: jsonSchema(() => {
      throw new Error('at /secret/path');
    }),
    execute: () => 1,
  };
  const answers = () => scriptedModel(['ten', 'twelve'], { provider: 'groq.chat' });
  const linesWith = (tools: ToolSet) =>
    linesOf(answers(), { checks: [right], stages: [lendTools({ attempts: 2, tools })] });
  expect((await linesWith(many)).join()).toContain(
    'tools of tools, the first of the stage\'s tools: The provider takes at most 128 tools in a request: "tool128" is not lent.',
  );
  const lines = (await linesWith({ unreadable })).join();
  expect(lines).toContain(
    'tools of tools, the first of the stage\'s tools: The tool "unreadable" is not lent, since its input schema',
  );
  expect(lines).not.toContain('secret');
});

test('a stream says how it goes out', async () => {
  const lines: string[] = [];
  const model = withStagedRetry(says('twelve'), { checks: [right], events: logEvents((line) => lines.push(line)) });
  await streamText({ model, prompt: 'Total?' }).consumeStream();
  expect(lines.join('\n')).toMatch(/\[[0-9a-f]{8}\] stream: held by right/);
});

describe('what was said stays out', () => {
  const secret = 'secret-7f3a';
  const quotes = check('quotes', ({ text }) => `Do not say ${text}.`);
  const members = { type: 'object', properties: { a: {} }, additionalProperties: false } as const;
  const failing = () => {
    throw new Error(secret);
  };
  const runs: [string, () => ReturnType<typeof says>, StagedRetryOptions][] = [
    ['in issues that quote it', () => says(secret, `${secret} again`), { checks: [quotes] }],
    ['in member names', () => says(`{"${secret}":1}`), { checks: [jsonSchema(members)] }],
    [
      'in the messages of providers',
      () => says('x', new Error(secret)),
      { checks: [quotes], transport: { initialMs: 0 } },
    ],
    [
      'in tool inputs, outputs and errors',
      () => says('x', calls('ok', { query: secret }), calls('bad', { query: secret }), 'y'),
      {
        checks: [quotes],
        stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { ok: lookup(), bad: lookup(failing) } })],
      },
    ],
  ];

  test.each(runs)('%s', async (_, model, options) => {
    const lines = await linesOf(model(), options, { prompt: secret });
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join('\n')).not.toContain(secret);
  });

  test('unless it is asked for', async () => {
    const lines = await linesOf(says(secret), { checks: [quotes] }, { content: true });
    expect(lines.join('\n')).toContain(`Do not say ${secret} (quotes) ← "${secret}"`);
    expect(lines.at(-1)).toMatch(new RegExp(`Last issue: Do not say ….* In full: Do not say ${secret}`));
  });

  const down = (isRetryable = true) => {
    const cause = new Error(`down: ${secret}`);
    return new APICallError({ message: `No ${secret}`, url: 'x', requestBodyValues: {}, isRetryable, cause });
  };
  const throwing = () => {
    throw Object.create(null);
  };
  const lending = (execute: () => never) => [
    retry({ attempts: 1 }),
    lendTools({ attempts: 1, tools: { bad: lookup(execute) } }),
  ];
  const error = `AI_APICallError: No ${secret} Cause: down: ${secret}`;
  const judging = judge({ model: says(down(false)), rubric: 'Good.' });

  test.each<[string, () => ReturnType<typeof says>, StagedRetryOptions, string]>([
    [
      'a retry',
      () => says(secret, down(), 'y'),
      { transport: { initialMs: 0, jitter: 'none' } },
      `provider: AI_APICallError from scripted-model, retry 1 in # ms: No ${secret} Cause: down: ${secret}`,
    ],
    ['the call of a check', () => says('x'), { checks: [judging] }, `scripted-model, failed: ${error} in # ms`],
    [
      'a tool',
      () => says('x', calls('bad', { query: 'x' }), 'y'),
      { stages: lending(failing) },
      `failed: Error: ${secret} in # ms`,
    ],
    [
      'a tool that throws no error',
      () => says('x', calls('bad', { query: 'x' }), 'y'),
      { stages: lending(throwing) },
      'failed: Error: {} in # ms',
    ],
    [
      'a failed check',
      () => says('x'),
      { checks: [check('crash', failing)] },
      `whenCheckCrashes: 'pass'. Cause: ${secret}`,
    ],
    ['the run', () => says('x', down()), { transport: { attempts: 1 } }, `Cause: No ${secret} Cause: down: ${secret}`],
    ['a first call', () => says(down()), {}, error],
  ])('with content, a line has the whole error of %s, and without it none of it', async (_, model, options, told) => {
    const checks = [quotes];
    const lines = await linesOf(model(), { checks, ...options }, { content: true });
    expect(lines.join('\n')).toContain(told);
    expect((await linesOf(model(), { checks, ...options })).join('\n')).not.toContain(secret);
  });
});

test('colours tell good from bad', async () => {
  const lines: string[] = [];
  const events = logEvents((line) => lines.push(line), { colors: true });
  await generateText({ model: withStagedRetry(says('ten', 'twelve'), { checks: [right], events }), prompt: 'Total?' });
  expect(lines.filter((line) => line.startsWith('\u001B[31m'))).toHaveLength(1);
  expect(lines.at(-1)).toSatisfy((line: string) => line.startsWith('\u001B[32m') && line.endsWith('\u001B[0m'));
});

test('an issue that quotes an earlier answer is told without its words', async () => {
  const keeps = check('keeps', ({ text }, { attempt }) =>
    attempt === 1 ? 'Say it again.' : text === '12' || 'Keep this: Margarete Oberhuber.',
  );
  const lines = await linesOf(says('Margarete Oberhuber', 'Nobody'), { checks: [keeps] });
  expect(lines.join('\n')).toContain('Keep this: … (keeps)');
  expect(lines.join('\n')).not.toContain('Margarete');
});

test('an event is one line, whatever callers and models write', async () => {
  const lines: string[] = [];
  const quotes = check('quotes', ({ text }) => `Do not say\n${text}.`);
  const events = logEvents((line) => lines.push(line));
  const model = withStagedRetry(says('\u001B[2Ja', '\u001B[2Jb'), { checks: [quotes], events });
  const providerOptions = { stagedRetry: { runId: 'job\r\n[other] run: accepted' } };
  const error = (await errorOf(generateText({ model, prompt: 'Total?', providerOptions }))) as Error;
  expect(lines.length).toBeGreaterThan(3);
  for (const text of [...lines, error.message]) expect(text).not.toMatch(/\p{Cc}/u);
  expect(lines[0]).toMatch(/^\[job \[other\] run: accepted\] run: /);
});

test('an issue that quotes what the model thought, or asked a tool for, in an earlier step is told without its words', async () => {
  const lines: string[] = [];
  const quotes = check('quotes', () => 'Do not ask for IBAN AT611904, as Margarete Oberhuber would.');
  const model = withStagedRetry(says('a'), { checks: [quotes], events: logEvents((line) => lines.push(line)) });
  const messages: ModelMessage[] = [
    { role: 'user', content: 'Total?' },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Margarete Oberhuber may know.' },
        { type: 'tool-call', toolCallId: 'a', toolName: 'lookup', input: { query: 'IBAN AT611904' } },
      ],
    },
    {
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'lookup', output: { type: 'text', value: '' } }],
    },
  ];
  const error = (await errorOf(generateText({ model, messages, tools: { lookup: lookup() } }))) as Error;
  for (const text of [...lines, error.message]) expect(text).not.toMatch(/AT611904|Margarete/);
  expect(lines.join()).toContain('Do not ask for …');
});

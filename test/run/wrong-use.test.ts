import { createOpenAI } from '@ai-sdk/openai';
import { InvalidArgumentError } from '@ai-sdk/provider';
import { metrics, trace } from '@opentelemetry/api';
import { generateText, jsonSchema, streamText, tool, wrapLanguageModel } from 'ai';
import { type } from 'arktype';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  citations,
  code,
  contains,
  excludes,
  fieldPresent,
  grounded,
  judge,
  length,
  links,
  matches,
  noContradiction,
  noSecrets,
  notEmpty,
  openApi,
  sql,
  sqlSafe,
  toolInputs,
  url,
} from '../../src/checks/index.ts';
import { escalationLink, inboxHandler } from '../../src/http/index.ts';
import { incrementalValidator, readJson } from '../../src/incremental/index.ts';
import {
  check,
  circuitBreaker,
  createBudget,
  createInbox,
  EscalationPendingError,
  exponential,
  fallback,
  human,
  lendTools,
  logEvents,
  memoryStore,
  rateLimiter,
  repair,
  reportOf,
  retry,
  spendLimiter,
  stagedRetryMiddleware,
  stagesFromThresholds,
  withRunEvents,
  withStagedRetry,
} from '../../src/index.ts';
import { mcpServers } from '../../src/mcp/index.ts';
import { otelTelemetry } from '../../src/otel/index.ts';
import { redisStore } from '../../src/stores/redis.ts';
import { upstashStore } from '../../src/stores/upstash.ts';
import { runCheck, scriptedModel, storeContract } from '../../src/testing/index.ts';
import { errorOf, Invoice, lookup, says } from '../fixtures.ts';

const store = memoryStore();
const inbox = createInbox();
const model = () => says('ok');
const price = { input: 1, output: 1 };
const tools = { look: lookup() };
const secret = 'x'.repeat(16);
const mcpConfig = { mcpServers: { a: { url: 'http://a' } } };
const yes = check('yes', () => true);

type Cases = readonly (readonly [title: string, act: () => unknown, ...says: readonly (string | RegExp)[]])[];

/** As JavaScript would have it, without types in the way. */
const wrap = (options: unknown, given: unknown = model()) => withStagedRetry(given as never, options as never);
const withCheck = (...checks: readonly unknown[]) => wrap({ checks });
const any = (value: unknown) => value as never;
const byMiddleware = (given: unknown = model()) =>
  wrapLanguageModel({ model: any(given), middleware: stagedRetryMiddleware() });

class Client {
  get = async () => null;
  set = async () => 'OK';
  eval = async () => null;
}
class NodeClient extends Client {
  sendCommand = async () => null;
}

/** As `createMCPClient` makes it: what it can do is on its prototype. */
class McpClient {
  requestMessageId = 0;
  async tools() {
    return {};
  }
  async close() {}
}

/** What options hold, in place of the options. */
const itself = [
  [
    'fallback',
    (given: unknown) => fallback(any(given)),
    model(),
    'not the model itself: fallback({ model, attempts: 1 })',
  ],
  ['createInbox', (given: unknown) => createInbox(any(given)), store, 'not the store itself: createInbox({ store })'],
  ['human', (given: unknown) => human(any(given)), inbox, 'not the inbox itself: human({ inbox })'],
  ['rateLimiter', (given: unknown) => rateLimiter(any(given)), store, 'not the store itself: rateLimiter({ requ'],
  ['spendLimiter', (given: unknown) => spendLimiter(any(given)), store, 'not the store itself: spendLimiter({ usd'],
  ['inboxHandler', (given: unknown) => inboxHandler(any(given)), inbox, 'not the inbox itself: inboxHandler({ inbox,'],
  ['lendTools', (given: unknown) => lendTools(any(given)), tools, 'not the tools themselves: lendTools({ attempts'],
  ['lendTools', (given: unknown) => lendTools(any(given)), new McpClient(), 'tools: () => createMCPClient({ … }) })'],
  ['otelTelemetry', (given: unknown) => otelTelemetry(any(given)), trace.getTracer('x'), 'otelTelemetry({ tracer })'],
  ['otelTelemetry', (given: unknown) => otelTelemetry(any(given)), metrics.getMeter('x'), 'otelTelemetry({ meter })'],
  ['cache', (given: unknown) => wrap({ cache: given }), store, 'not the store itself: cache: { store }'],
].map(
  ([factory, act, given, says]) =>
    [`${factory} of the thing itself`, () => (act as (given: unknown) => unknown)(given), says] as const,
) as Cases;

/** A misspelled option is left aside nowhere: one that forbids something would be gone without a word. */
const misspelled = [
  ['judge()', () => judge(any({ model: model(), rubric: 'Good.', sample: 3 })), 'samples'],
  ['noContradiction()', () => noContradiction(any({ model: model(), source: [] })), 'sources'],
  ['length()', () => length(any({ max: 5, units: 'words' })), 'unit'],
  ['matches()', () => matches(/a/, any({ paths: 'a' })), 'path'],
  ['contains()', () => contains('a', any({ ignorecase: true })), 'ignoreCase'],
  ['excludes()', () => excludes('a', any({ mesage: 'No.' })), 'message'],
  ['fieldPresent()', () => fieldPresent('a', any({ equal: {} })), 'equals'],
  ['citations()', () => citations(any({ sources: {}, require: true })), 'required'],
  ['grounded()', () => grounded(any({ source: [] })), 'sources'],
  ['links()', () => links(any({ host: ['a.test'] })), 'hosts'],
  ['url()', () => url('a', any({ protocol: ['https'] })), 'protocols'],
  ['noSecrets()', () => noSecrets(any({ allows: [] })), 'allow'],
  ['code()', () => code(any({ language: 'json', paths: 'a' })), 'path'],
  ['sql()', () => sql(any({ schemas: {} })), 'schema'],
  ['sqlSafe()', () => sqlSafe(any({ tabels: [] })), 'tables'],
  ['openApi()', () => openApi(any({ versoin: '3.1' })), 'version'],
  ['toolInputs()', () => toolInputs(any({ unknownMember: 'allow' })), 'unknownMembers'],
  ['memoryStore()', () => memoryStore(any({ maxByte: 5 })), 'maxBytes'],
  ['createInbox()', () => createInbox(any({ stores: store })), 'store'],
  ['rateLimiter()', () => rateLimiter(any({ requestPerMinute: 5 })), 'requestsPerMinute'],
  ['circuitBreaker()', () => circuitBreaker(any({ failurRate: 0.5 })), 'failureRate'],
  ['spendLimiter()', () => spendLimiter(any({ usd: 1, price, peroid: 'day' })), 'period'],
  ['logEvents()', () => logEvents(() => {}, any({ contents: true })), 'content'],
  ['inboxHandler()', () => inboxHandler(any({ inbox, authorise: () => false })), 'authorize'],
].map(
  ([factory, act, nearest]) =>
    [`a misspelled option of ${factory}`, act, `of ${factory}. Did you mean "${nearest}"?`] as const,
) as Cases;

/** An option of another kind: many are read only when an answer fails, long after. */
const ofAnotherKind = [
  ['logEvents()', () => logEvents(() => {}, { content: any('yes') }), 'content of logEvents() must be a boolean'],
  ['createInbox()', () => createInbox({ onFiled: any('mail') }), 'onFiled of createInbox() must be a function'],
  [
    'rateLimiter()',
    () => rateLimiter({ requestsPerMinute: 5, name: any(5) }),
    'name of rateLimiter() must be a string',
  ],
  ['circuitBreaker()', () => circuitBreaker({ windowMs: any('5') }), 'windowMs of circuitBreaker() must be a number'],
  ['spendLimiter()', () => spendLimiter({ usd: any('5'), price }), 'usd of spendLimiter() must be a number'],
  ['memoryStore()', () => memoryStore({ maxBytes: any(true) }), 'maxBytes of memoryStore() must be a number'],
  ['exponential()', () => exponential({ initialMs: any('5') }), 'initialMs of exponential() must be a number'],
  ['exponential()', () => exponential({ jitter: any('half') }), 'jitter of exponential() must be full or none'],
  ['exponential()', () => exponential(any(5)), 'exponential() takes options: { initialMs, factor, maxMs, jitter }'],
  ['stagesFromThresholds()', () => stagesFromThresholds(any(null)), 'stagesFromThresholds() takes options'],
  ['lendTools()', () => lendTools({ attempts: 1, tools: any(5) }), 'tools must be tools by name, or a source of them'],
  ['lendTools()', () => lendTools({ attempts: 1, tools, show: any('yes') }), 'show of the stage "tools"'],
  ['human()', () => human({ inbox, wait: any(5) }), 'wait needs timeoutMs'],
  ['human()', () => human({ inbox, describe: any('An invoice.') }), 'describe is a function that returns { title, '],
  ['human()', () => human({ inbox, response: any('Wait.') }), 'response is a function that returns a text'],
  [
    'cache',
    () => wrap({ cache: { store, ignoreProviderOptions: 'openai' } }),
    'cache.ignoreProviderOptions lists names',
  ],
  ['cache', () => wrap({ cache: { store, singleFlight: 5 } }), 'must be true, false or { leaseMs, followMs }'],
  ['cache', () => wrap({ cache: { store, encrypt: 'secret' } }), 'cache.encrypt needs a secret'],
  ['delivery', () => wrap({ delivery: 5n }), 'delivery must be one of auto, buffer, live, not bigint'],
  ['price', () => wrap({ price: async () => price }), 'a function that returns it for a model at once'],
  ['check()', () => check({ name: 'x', after: any('y'), test: () => true }), 'after of check() must be a list'],
  ['judge()', () => judge({ model: model(), rubric: 'Good.', budget: any(5) }), 'The budget of judge() must be'],
  ['contains()', () => contains('a', { path: any(5) }), 'path of contains() must be a string'],
  ['grounded()', () => grounded({ ignore: [any(5)] }), "A place is a text: 'vendor.id'"],
  ['citations()', () => citations({ sources: any(5) }), 'citations() takes sources: a list of texts'],
  ['noContradiction()', () => noContradiction({ model: model(), sources: any('a') }), 'takes sources: a list of texts'],
  ['fieldPresent()', () => fieldPresent([], { equals: any(5) }), 'equals of fieldPresent() must be values by place'],
  ['noSecrets()', () => noSecrets({ allow: [any(5)] }), 'allow of noSecrets() must be a list of texts'],
  ['url()', () => url('a', { protocols: any('https') }), 'protocols of url() must be a list'],
  ['links()', () => links({ reachable: any('yes') }), 'reachable must be true, false or its options'],
  ['sql()', () => sql({ schema: any(['orders']) }), 'schema of sql() must be the columns of each table'],
  ['openApi()', () => openApi({ version: any(3.1) }), 'openApi() knows the versions'],
  ['toolInputs()', () => toolInputs({ unknownMembers: any('drop') }), 'must be judge or allow'],
  ['scriptedModel()', () => scriptedModel(any('ok')), "scriptedModel(['no', 'yes'])"],
  ['storeContract()', () => storeContract(any(store)), 'storeContract(() => myStore())'],
].map(([what, act, says]) => [`a wrong kind for ${what}: ${says}`, act, says]) as unknown as Cases;

/** A list or nothing in place of an object would count as no options at all. */
const noOptions = [
  ['cache', (given: unknown) => wrap({ cache: given, scope: 'public' }), 'cache must be { store, '],
  ['cache.singleFlight', (given: unknown) => wrap({ cache: { store, singleFlight: given } }), '{ leaseMs, followMs }'],
  ['transport', (given: unknown) => wrap({ transport: given }), 'transport must be { attempts, '],
  ['transport.timeout', (given: unknown) => wrap({ transport: { timeout: given } }), 'timeout must be { callMs, '],
  ['budget', (given: unknown) => wrap({ budget: given }), 'budget must be { attempts, '],
  ['createBudget()', (given: unknown) => createBudget(any(given)), 'budget must be { attempts, '],
  ['spendLimiter()', (given: unknown) => spendLimiter(any(given)), 'spendLimiter() takes options: { usd, '],
  ['otelTelemetry()', (given: unknown) => otelTelemetry(any(given)), 'otelTelemetry() takes options: { tracer, '],
  ['mcpServers()', (given: unknown) => mcpServers(mcpConfig, any(given)), 'mcpServers() takes options: { only, '],
].flatMap(([what, act, says]) =>
  [null, [], 5].map((given) => [
    `${JSON.stringify(given)} for ${what}`,
    () => (act as (given: unknown) => unknown)(given),
    says,
  ]),
) as unknown as Cases;

/** `null` is no value: it would reach a store, a timer or a list long after. */
const nothing = [
  ['store of spendLimiter()', () => spendLimiter({ usd: 1, price, store: any(null) }), 'store must be a store'],
  ['store of rateLimiter()', () => rateLimiter({ requestsPerMinute: 5, store: any(null) }), 'store must be a store'],
  ['store of createInbox()', () => createInbox({ store: any(null) }), 'store must be a store'],
  ['store of a cache', () => wrap({ cache: { store: null } }), 'cache.store must be a store'],
  ['pollMs of human()', () => human({ inbox, wait: { timeoutMs: 5, pollMs: any(null) } }), 'wait needs timeoutMs'],
  ['maxBodyBytes', () => inboxHandler({ inbox, secret, maxBodyBytes: any(null) }), 'maxBodyBytes of inboxHandler()'],
  [
    'onError',
    () => inboxHandler({ inbox, secret, onError: any(null) }),
    'onError of inboxHandler() must be a function',
  ],
  ['judgeEdit', () => inboxHandler({ inbox, secret, judgeEdit: any(null) }), 'judgeEdit of inboxHandler()'],
  ['only of mcpServers()', () => mcpServers(mcpConfig, { only: any(null) }), 'only of mcpServers() must be a list'],
  ['prefix of mcpServers()', () => mcpServers(mcpConfig, { prefix: any(null) }), 'prefix of mcpServers()'],
].map(([what, act, says]) => [`null for ${what}`, act, says]) as unknown as Cases;

/** What is done wrong, and what the message says: what, where, and what to do. */
const cases: Cases = [
  [
    'an option that is misspelled',
    () => wrap({ chekcs: [] }),
    'no option "chekcs"',
    'Did you mean "checks"?',
    /checks, .*stages, .*events/,
  ],
  [
    'an option of another library',
    () => wrap({ maxRetries: 3 }),
    'no option "maxRetries"',
    /There are checks, .*stages/,
  ],
  ['checks in place of options', () => wrap([yes]), 'The options must be { checks, '],
  ['options that are none', () => wrap(null), 'The options must be { checks, '],
  ['no model', () => wrap({}, null), 'language model of specification version', "openai('gpt-5-mini')", 'this is none'],
  ['a model of ai@5', () => wrap({}, { specificationVersion: 'v2' }), 'v3 or v4 is needed', 'this is v2'],
  ['a provider in place of its model', () => wrap({}, createOpenAI()), "openai('gpt-5-mini')", 'this is a provider'],
  [
    'a provider in place of a fallback',
    () => fallback({ attempts: 1, model: any(createOpenAI()) }),
    'this is a provider: give it a model id',
  ],
  [
    'a provider in place of a judge',
    () => judge({ model: any(createOpenAI()), rubric: 'Good.' }),
    'this is a provider: give it a model id',
  ],
  ['a model that is wrapped twice', () => wrap({}, wrap({})), 'wrapped already', 'one withStagedRetry()'],
  ['a model that is wrapped twice, by a middleware', () => byMiddleware(wrap({})), 'wrapped already'],
  ['a model that a middleware wrapped, wrapped again', () => wrap({}, byMiddleware()), 'wrapped already'],
  ['a model that two middlewares wrap', () => byMiddleware(byMiddleware()), 'wrapped already'],
  ['checks that are no list', () => wrap({ checks: yes }), 'checks must be a list: checks: [check(…)]'],
  [
    'a function as a check',
    () => withCheck((answer: unknown) => answer),
    'A function alone is no check',
    "check('my-check', (answer) => …)",
  ],
  ['a function without parameters as a check', () => withCheck(() => true), "Is it a check? Give it a name: check('my"],
  ['a text as a check', () => withCheck('notEmpty'), "check('name', test)", 'zod, valibot, arktype'],
  ['a check without a name', () => check(any(''), () => true), 'needs a name', "check('name', test)"],
  [
    'a member of a check that is misspelled',
    () => check(any({ name: 'x', test: () => true, severty: 'warning' })),
    'no option "severty" of check()',
    'Did you mean "severity"?',
  ],
  ['a schema as a test', () => check('x', any(Invoice)), '"x" has a schema and no test: check({ name, schema })'],
  ['a schema that is a function as a test', () => check('x', any(type({ total: 'number' }))), 'a schema and no test'],
  ['members of a schema as a check', () => withCheck({ total: z.number() }), 'give z.object(…) or jsonSchema(…)'],
  ['a check without a test', () => check(any({ name: 'x' })), '"x" needs a test, a schema or start()'],
  ['a test that is no function', () => check('x', any(5)), 'test of the check "x" is no function'],
  [
    'two checks of one name',
    () =>
      withCheck(
        yes,
        check('yes', () => true),
      ),
    'Two checks are named "yes"',
    'give one another name',
  ],
  [
    'a check after one there is not',
    () => withCheck(check({ name: 'x', after: ['y'], test: () => true })),
    '"x" comes after "y"',
  ],
  [
    'checks that wait for each other',
    () =>
      withCheck(
        check({ name: 'x', after: ['y'], test: () => true }),
        check({ name: 'y', after: ['x'], test: () => true }),
      ),
    'x, y wait for each other',
  ],
  [
    'a severity there is not',
    () => check({ name: 'x', severity: any('info'), test: () => true }),
    'severity of the check "x" must be error or warning',
  ],
  [
    'a deadline that is over',
    () => check({ name: 'x', timeoutMs: 0, test: () => true }),
    'timeoutMs of the check "x" must be above 0',
  ],
  [
    'incremental with a test',
    () => check({ name: 'x', schema: Invoice, incremental: true, test: () => true }),
    '"x" is incremental, and it has a test',
    'leave out incremental, or the',
  ],
  [
    'incremental with a refinement',
    () => check({ name: 'x', schema: z.object({ a: z.number().refine(Boolean) }), incremental: true }),
    '"x" is incremental, and its schema has a refinement',
  ],
  [
    'incremental without a schema',
    () => check({ name: 'x', incremental: true, test: () => true }),
    '"x" is incremental and has no schema',
  ],
  [
    'a schema that is none',
    () => check({ name: 'x', schema: any({ type: 'object' }) }),
    'The schema of the check "x" is none',
    'jsonSchema(…)',
  ],
  [
    'a JSON Schema with a type there is not',
    () => withCheck(jsonSchema({ type: any('strnig') })),
    'the JSON Schema is not valid',
    'strnig',
  ],
  [
    'the same in a check',
    () => check({ name: 'x', schema: jsonSchema({ type: any('strnig') }) }),
    'The schema of the check "x"',
    'strnig',
  ],
  ['a validator of no schema', () => incrementalValidator(any(5)), 'A JSON Schema is an object or a boolean'],
  [
    'a validator that does not know what to do with formats',
    () => incrementalValidator({}, { formats: any('strict') }),
    'formats must be "annotate" or "assert"',
  ],
  ['pushing no text', () => incrementalValidator({}).start().push(any(undefined)), 'this is undefined'],
  ['the same where prose is skipped', () => incrementalValidator({}, { lenient: true }).start().push(any(5)), 'number'],
  ["reading by a schema of the SDK's", () => readJson('{}', jsonSchema({})), 'schema.jsonSchema of the SDK'],
  ['reading no text', () => readJson(any(undefined)), 'The text must be a string; this is undefined'],
  [
    'reading with an option of another value',
    () => readJson('{}', {}, { syntax: any('no') }),
    'syntax of readJson() must be a boolean',
  ],
  [
    'a pattern as a text',
    () => matches(any('abc')),
    'matches() needs a regular expression',
    '/abc/',
    'contains("abc")',
  ],
  [
    'a pattern in place of texts',
    () => contains(any(/abc/)),
    'contains() needs a text or a list of texts',
    'matches() takes a pattern',
  ],
  ['texts that are none', () => excludes(any(undefined)), 'excludes() needs a text or a list of texts'],
  ['places that are none', () => fieldPresent(any(undefined)), "fieldPresent(['total', 'vendor.id'])"],
  ['fixes in a list', () => wrap({ fix: any([]) }), 'fix must be true, false'],
  [
    'a share that is a text',
    () => wrap({ stages: [repair({ attempts: 1, maxShare: any('0.5') })] }),
    'needs a maxShare above 0',
  ],
  ['stages of null', () => wrap({ stages: any(null) }), 'stages'],
  ['a length without bounds', () => length(), 'length() needs min or max', 'length({ max: 500 })'],
  ['a length that is a text', () => length({ max: any('5') }), 'min and max of length() are numbers'],
  ['a length in units there are not', () => length({ max: 5, unit: any('lines') }), 'must be characters or words'],
  ...misspelled,
  ...ofAnotherKind,
  ...noOptions,
  ...nothing,
  ['a length that no text has', () => length({ min: 5, max: 3 }), 'not above max'],
  [
    'a judge without a model',
    () => judge(any({ rubric: 'Good.' })),
    'judge() needs a model',
    'judge({ model, rubric })',
  ],
  [
    'a judge without a rubric',
    () => judge(any({ model: model() })),
    'judge() needs a rubric',
    'what makes an answer good',
  ],
  [
    'a judge with tools that are none',
    () => judge({ model: model(), rubric: 'r', tools: any({ a: null }) }),
    'no execute()',
  ],
  ['a judge of nothing', () => judge(any(undefined)), 'judge() needs a model'],
  [
    'stages that are no list',
    () => wrap({ stages: retry({ attempts: 2 }) }),
    'stages must be a list: stages: [retry({ attempts: 2 })]',
  ],
  ['a factory as a stage', () => wrap({ stages: [retry] }), 'use retry(), fallback(), human()'],
  [
    'two stages of one name',
    () => wrap({ stages: [retry({ attempts: 1 }), retry({ attempts: 1 })] }),
    'Two stages are named "retry"',
    "name: 'retry-2'",
  ],
  [
    'two people of one name',
    () => wrap({ stages: [human({ inbox }), human({ inbox })] }),
    /^Two stages are named "human": give one another name, as in \{ name: 'human-2', … \}\.$/,
  ],
  ['retry() of nothing', () => retry(any(undefined)), 'retry() needs options: retry({ attempts: 2 })'],
  ['retry() of a number', () => retry(any(3)), 'retry({ attempts: 2 })'],
  ['a delay without its parentheses', () => retry({ attempts: 2, delay: any(exponential) }), 'write exponential()'],
  [
    'call options for one stage',
    () => retry({ attempts: 2, providerOptions: { stagedRetry: { scope: 'a' } } }),
    'without stagedRetry, which is for a whole call',
  ],
  ['retry() without attempts', () => retry(any({})), 'stage "retry" needs attempts: a whole number of at least 1'],
  [
    'an option of retry() that is misspelled',
    () => retry(any({ attempts: 2, temprature: 0 })),
    'no option "temprature" of retry()',
    'Did you mean "temperature"?',
  ],
  [
    'a temperature that is none',
    () => retry({ attempts: 2, temperature: any('hot') }),
    'temperature of the stage "retry" must be a number',
  ],
  ['repair() of nothing', () => repair(any(undefined)), 'repair() needs options: repair({ attempts: 1 })'],
  ['a share above all', () => repair({ attempts: 1, maxShare: 2 }), 'maxShare above 0 and up to 1'],
  [
    'a list of tool sources in a list',
    () => lendTools({ attempts: 1, tools: [{ look: lookup() }, [] as never] }),
    'spread it, as in [...mcpServers(config)]',
  ],
  [
    'a check without its parentheses',
    () => withStagedRetry(says('x'), { checks: [any(notEmpty)] }),
    'The check notEmpty is given without its parentheses: write notEmpty().',
  ],
  ['lendTools() without tools', () => lendTools(any({ attempts: 1 })), 'stage "tools" needs tools'],
  [
    'lendTools() of nothing',
    () => lendTools(any(undefined)),
    'lendTools() needs options: lendTools({ attempts: 2, tools })',
  ],
  [
    'a lent tool without execute',
    () => lendTools({ attempts: 1, tools: { ask: tool({ inputSchema: z.object({}) }) as never } }),
    'tool "ask" cannot be lent: it has no execute()',
  ],
  [
    'lent tools without their names',
    () => lendTools({ attempts: 1, tools: [lookup()] as never }),
    'A tool is lent by a name: tools: { lookUpVendor }',
  ],
  [
    'a lent tool without its name',
    () => lendTools({ attempts: 1, tools: lookup() as never }),
    'A tool is lent by a name: tools: { lookUpVendor }',
  ],
  [
    'a promise of lent tools',
    () => lendTools({ attempts: 1, tools: Promise.resolve({}) as never }),
    'as a promise: await it, or give a function that connects, () => createMCPClient({ … })',
  ],
  ...[new McpClient(), [new McpClient()], [{ look: lookup() }, new McpClient()]].map(
    (client) =>
      [
        'an open client as lent tools',
        () => lendTools({ attempts: 1, tools: any(client) }),
        'give a function that connects, tools: () => createMCPClient({ … })',
      ] as const,
  ),
  ...[[], {}, [{}, {}], new (class Nothing {})()].map(
    (none) =>
      [
        'a stage with no tools',
        () => lendTools({ attempts: 1, tools: any(none) }),
        'The stage "tools" has no tool to lend and no source of tools',
      ] as const,
  ),
  [
    "a judge's open client",
    () => judge({ model: model(), rubric: 'r', tools: any(new McpClient()) }),
    'give a function',
  ],
  ...itself,
  [
    'a lent tool that needs approval',
    () => lendTools({ attempts: 1, tools: { ask: { ...lookup(), needsApproval: true } as never } }),
    'tool "ask" cannot be lent: it needs approval',
  ],
  [
    'an option of lendTools() that is misspelled',
    () => lendTools(any({ attempts: 1, tools, maxStep: 2 })),
    'Did you mean "maxSteps"?',
  ],
  ['one step for tools', () => lendTools({ attempts: 1, tools, maxSteps: 1 }), 'maxSteps: at least 2'],
  [
    'fallback() without a model',
    () => fallback(any({ attempts: 1 })),
    'stage "fallback" needs a model',
    "fallback({ model: openai('gpt-5'), attempts: 1 })",
  ],
  [
    'fallback() to a model that is wrapped',
    () => fallback({ model: any(wrap({})), attempts: 1 }),
    'model of the stage "fallback" is wrapped already',
    "give the bare model, fallback({ model: openai('gpt-5'), attempts: 1 })",
  ],
  [
    'fallback() to a model that a middleware wrapped',
    () => fallback({ model: byMiddleware(), attempts: 1 }),
    'model of the stage "fallback" is wrapped already',
  ],
  ['human() without an inbox', () => human(any({})), 'stage "human" needs an inbox of createInbox()'],
  ['human() of nothing', () => human(any(undefined)), 'human() needs options: human({ inbox })'],
  ['an inbox where a stage is wanted', () => wrap({ stages: [inbox] }), 'use retry(), fallback(), human()'],
  ['whenPending there is not', () => human({ inbox, whenPending: any('wait') }), 'whenPending is throw or respond'],
  [
    'a kind of issue there is not',
    () => wrap({ stages: [retry({ attempts: 1, handles: [any('sytnax')] })] }),
    '"retry" handles "sytnax"',
    'Did you mean "syntax"?',
    'missing-information',
  ],
  [
    'kinds that are no list',
    () => wrap({ stages: [retry({ attempts: 1, handles: any('syntax') })] }),
    'handles of the stage "retry" must be a list',
  ],
  [
    'thresholds in disorder',
    () => stagesFromThresholds({ maxAttempts: 2, maxAttemptsBeforeHuman: 4 }),
    'maxAttempts must be a whole number of at least 4',
  ],
  ['a store as the cache', () => wrap({ cache: store }), 'cache takes options, not the store itself: cache: { store }'],
  ['a cache without a store', () => wrap({ cache: {} }), 'cache.store must be a store: memoryStore()'],
  [
    'an option of the cache that is misspelled',
    () => wrap({ cache: { store, tllMs: 5 } }),
    'no option "cache.tllMs"',
    'Did you mean "ttlMs"?',
  ],
  [
    'a client of Upstash as a store',
    () => wrap({ cache: { store: new Client() } }),
    'this is a client: wrap it with upstashStore(redis)',
  ],
  [
    'a client of Redis as a store',
    () => createInbox({ store: any(new NodeClient()) }),
    'this is a client: wrap it with redisStore(client)',
  ],
  [
    'a promise of a store',
    () => rateLimiter({ store: any(Promise.resolve(store)), requestsPerMinute: 1 }),
    'this is a promise: await it',
  ],
  ['an address as a client of Redis', () => redisStore(any('redis://localhost')), 'redisStore() needs a client'],
  [
    'a promise of a client of Redis',
    () => redisStore(any(Promise.resolve(new NodeClient()))),
    'redisStore() needs a client',
    'this is a promise: await it',
  ],
  ['the options of a client of Upstash', () => upstashStore(any({ url: '', token: '' })), 'new Redis({ url, token })'],
  ['a store that is not called', () => createInbox({ store: any(memoryStore) }), 'this is a function: call it'],
  ['a time to live that is over', () => wrap({ cache: { store, ttlMs: 0 } }), 'cache.ttlMs must be above 0'],
  [
    'a budget in USD without a price',
    () => wrap({ budget: { usd: 1 } }),
    'budget.usd needs the option price',
    'price: { input: 0.25, output: 2 }',
  ],
  [
    'a limit there is not',
    () => wrap({ budget: { dollars: 1 } }),
    'no option "budget.dollars"',
    'attempts, outputTokens, totalTokens, elapsedMs, usd',
  ],
  ['a shared limit there is not', () => createBudget(any({ tokens: 1 })), 'no option "budget.tokens"'],
  ['a budget of nothing', () => wrap({ budget: { attempts: 0 } }), 'budget.attempts must be a number above 0'],
  [
    'a price that is none',
    () => wrap({ price: { input: 1 } }),
    'price must be { input, output, cachedInput?, cacheWrite?, reasoning? } in USD per million tokens',
  ],
  ['a price of a misspelt token', () => wrap({ price: { ...price, cacheInput: any(1) } as never }), 'cachedInput?'],
  ['a limiter for a budget', () => wrap({ budget: any(spendLimiter({ usd: 1, price })) }), 'put it into limits'],
  ['the options before the model', () => withStagedRetry(any({ checks: [] }), any(model())), 'The model comes first'],
  ['a spend limit without a sum', () => spendLimiter(any({ price })), 'usd must be above 0'],
  ['a period there is not', () => spendLimiter({ usd: 1, price, period: any('week') }), 'must be day or month'],
  ['limits that are no list', () => wrap({ limits: spendLimiter({ usd: 1, price }) }), 'limits must be a list'],
  ['a limiter that is none', () => wrap({ limits: [{}] }), 'A limiter has reserve() and settle()', 'spendLimiter()'],
  ['events that are a function', () => wrap({ events: () => {} }), 'events must have emit(name, event)', 'logEvents()'],
  ['options of a log without where to write', () => logEvents(any({ content: true })), 'logEvents(console.log, {'],
  [
    'a promise for code',
    () => withRunEvents(logEvents(), any(Promise.resolve(1))),
    'The second argument must be a function',
  ],
  ['a sink that is none', () => withRunEvents(any({}), () => 1), 'must have emit(name, event)'],
  [
    'a delivery there is not',
    () => wrap({ delivery: 'stream' }),
    'delivery must be one of auto, buffer, live, not "stream"',
  ],
  ['a mode there is not', () => wrap({ mode: 'shadow' }), 'mode must be one of run, observe, not "shadow"'],
  [
    'whenExhausted there is not',
    () => wrap({ whenExhausted: 'return' }),
    'whenExhausted must be one of throw, deliver',
  ],
  [
    'an option of transport there is not',
    () => wrap({ transport: { retries: 3 } }),
    'no option "transport.retries"',
    'There are attempts',
  ],
  [
    'a half of fix there is not',
    () => wrap({ fix: { value: true } }),
    'no option "fix.value"',
    'Did you mean "values"?',
  ],
  [
    'feedback that is a text',
    () => wrap({ feedback: 'Try again.' }),
    'feedback must be a function',
    '(context) => string',
  ],
  ['a scope that is none', () => wrap({ scope: '' }), "scope must be a tenant's id", "'public'"],
  [
    'a result in place of its metadata',
    () => reportOf(any({ text: 'ok', providerMetadata: {} })),
    'not the result: reportOf(result.providerMetadata)',
  ],
  [
    "a stream's promise of its metadata",
    () => reportOf(any(Promise.resolve({}))),
    'not a promise: reportOf(await result.providerMetadata)',
  ],
  ['the text of a result in place of its metadata', () => reportOf(any('ok')), 'reportOf(result.providerMetadata)'],
  [
    'a report that another library wrote',
    () => reportOf({ stagedRetry: { attempts: 2 } }),
    'what is under stagedRetry here is no report',
  ],
  ['the wrong options in a middleware', () => stagedRetryMiddleware(any({ check: [] })), 'Did you mean "checks"?'],
  [
    'an MCP configuration that is none',
    () => mcpServers(any(undefined)),
    '{ mcpServers: { <name>: { command } or { url } } }',
  ],
  [
    'an MCP server there is not',
    () => mcpServers({ mcpServers: { a: { url: 'http://a' } } }, { only: ['b'] }),
    'no server "b"',
    'there are a',
  ],
  [
    'an MCP server without an address',
    () => mcpServers({ mcpServers: { a: any({}) } }),
    '"a" needs a command or a url',
  ],
];

describe('wrong use is told at once', () => {
  for (const [title, act, ...parts] of cases) {
    test(title, () => {
      let error: unknown;
      try {
        act();
      } catch (thrown) {
        error = thrown;
      }
      expect(InvalidArgumentError.isInstance(error)).toBe(true);
      const { message } = error as Error;
      for (const part of parts) expect(message).toMatch(part);
    });
  }

  test('the table is as long as it should be', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
  });
});

/** What can only be known when a call is made, or a record is decided. */
const later: readonly (readonly [title: string, act: () => PromiseLike<unknown>, ...says: readonly string[]])[] = [
  ['a call without a scope', () => ask(wrap({ cache: { store } })), 'needs a scope', 'providerOptions.stagedRetry'],
  [
    'an option of a call that is misspelled',
    () => ask(wrap({}), { scop: 'a' }),
    'providerOptions.stagedRetry.scop',
    'Did you mean "scope"?',
  ],
  ['options of a call in a list', () => ask(wrap({}), any([])), 'providerOptions.stagedRetry must be { scope, '],
  ['a budget of a call in a list', () => ask(wrap({}), { budget: [] }), 'stagedRetry.budget must be { attempts, '],
  ['metadata that is no object', () => ask(wrap({}), { metadata: [1] }), 'metadata must be a JSON object'],
  ['a decision on nothing', () => inbox.decide(any({}), { type: 'reject' }), 'The id of an escalation is a text'],
  ['an escalation by no id', () => inbox.get(any(undefined)), 'The id of an escalation is a text'],
  [
    'a claim by nobody',
    () => inbox.claim('a', any(undefined)),
    'inbox.claim() takes options: { by, ttlMs, abortSignal }',
  ],
  ['a note whose writer is misspelled', () => inbox.note('a', any({ By: 'Ann', text: 'x' })), 'Did you mean "by"?'],
  [
    'a list of a scope that is misspelled',
    () => inbox.list(any({ scop: 'a' })),
    'of inbox.list(). Did you mean "scope"?',
  ],
  ['a list of no scope', () => inbox.list({ scope: any(null) }), 'scope of inbox.list() must be a string'],
  ['a list by metadata that is none', () => inbox.list({ metadata: any('gold') }), 'metadata must be members'],
  ['numbers of a scope that is misspelled', () => inbox.stats(any({ scop: 'a' })), 'Did you mean "scope"?'],
  ['numbers since no time', () => inbox.stats({ since: any(5) }), 'since must be a Date or a time in ISO 8601'],
  ['an export of a scope that is misspelled', () => first(inbox.exportDecisions(any({ scop: 'a' }))), '"scope"'],
  ['changes of a scope that is misspelled', () => first(inbox.changes(any({ scop: 'a' }))), 'Did you mean "scope"?'],
  ['a wait without an end', () => inbox.waitFor('a', any({})), 'inbox.waitFor() needs timeoutMs'],
  [
    'a wait for no time',
    () => inbox.waitFor('a', { timeoutMs: any('5') }),
    'timeoutMs of inbox.waitFor() must be a number',
  ],
  [
    'a write on a condition there is not',
    () => store.set('a', 'b', { onlyIf: any('missing') }),
    "'absent' or { equals: text }",
  ],
  ['a key that is no text', () => store.get(any(5)), 'The key must be a text; this is number'],
  ['a write of what is no text', () => store.set('a', any({ b: 1 })), 'A store keeps texts'],
  [
    'a link to no escalation',
    () => escalationLink(any({ secret: 'x'.repeat(16), url: 'https://a.test', escalation: 'a' })),
    'await inbox.get(id)',
  ],
  ['a check of no answer', () => runCheck(notEmpty(), any(undefined)), 'runCheck() takes a check and an answer'],
  ['a spend of no scope', () => spendLimiter({ usd: 1, price }).spent(any({ scop: 'a' })), 'Did you mean "scope"?'],
  ...Object.entries({
    'a map': [new Map(), 'metadata.job is a Map, which JSON has not'],
    'a big integer': [5n, 'metadata.job is a bigint'],
    'a function': [() => {}, 'metadata.job is a function'],
    'a number that is none': [{ count: Number.NaN }, 'metadata.job.count is NaN'],
    'nothing in a list': [[1, undefined], 'metadata.job[1] is undefined in a list'],
    'an object of a class': [new Client(), 'metadata.job is a Client'],
    'a value within itself': [circular(), 'nested too deeply, or within itself'],
  }).map(
    ([what, [job, says]]) =>
      [`metadata with ${what}`, () => ask(wrap({}), { metadata: { job } }), says as string] as const,
  ),
  [
    'a budget of a call in USD without a price',
    () => ask(wrap({}), { budget: { usd: 1 } }),
    'stagedRetry.budget.usd needs the option price',
  ],
  [
    'a secret of a link that is short',
    () => escalationLink({ secret: 'short', escalation: any({ id: 'a' }), url: 'https://a.test' } as never),
    'at least 16',
  ],
];

async function first(lines: AsyncIterable<unknown>): Promise<unknown> {
  for await (const line of lines) return line;
  return undefined;
}

function circular(): object {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
}

async function ask(given: unknown, stagedRetry: Record<string, unknown> = {}): Promise<unknown> {
  return await generateText({
    model: given as never,
    prompt: 'Hi',
    providerOptions: { stagedRetry } as never,
    maxRetries: 0,
  });
}

describe('what only a call can show is told then', () => {
  test.each([
    ['20', 'of type string'],
    [null, 'of type object'],
    [{}, 'of type object'],
    [Number.NaN, 'NaN'],
    [-1, '-1'],
  ])('holdBack: %j', async (holdBack, given) => {
    const start = () => ({ holdBack: any(holdBack), push: () => undefined, end: () => true as const });
    const { name, message } = (await errorOf(ask(withCheck(check({ name: 'x', start }))))) as Error;
    expect(name).toBe('StagedRetry_CheckCrashedError');
    expect(message).toContain('The check "x" cannot judge');
    expect(message).toContain(`holdBack is ${given}: give how many characters to hold back, 0 or more.`);
  });

  for (const [title, act, ...parts] of later) {
    test(title, async () => {
      const { message } = (await errorOf(act())) as Error;
      for (const part of parts) expect(message).toContain(part);
    });
  }

  test('a person who passes the request on, with nobody behind', async () => {
    const ladder = { checks: [check('no', () => 'Say yes.')], stages: [human({ inbox })], scope: 'public' };
    const pending = EscalationPendingError.find(await errorOf(ask(wrap(ladder))));
    const { message } = (await errorOf(inbox.decide(pending?.escalation.id ?? '', { type: 'escalate' }))) as Error;
    expect(message).toContain('nobody to pass this on to: "human" is the last person on the ladder');
    expect(message).toContain('human({ name, inbox })');
  });

  test('a report of a real result, generated and streamed', async () => {
    const wrapped = wrap({ checks: [yes] }) as never;
    const generated = await generateText({ model: wrapped, prompt: 'Hi' });
    expect(() => reportOf(any(generated))).toThrow('not the result');
    const streamed = streamText({ model: wrapped, prompt: 'Hi' });
    expect(() => reportOf(any(streamed))).toThrow('not the result');
    expect(() => reportOf(any(streamed.providerMetadata))).toThrow('not a promise');
    expect(reportOf(await streamed.providerMetadata)).toMatchObject({ attempts: 1 });
    expect(reportOf(generated.providerMetadata)).toMatchObject({ attempts: 1 });
    expect(reportOf((await generateText({ model: model(), prompt: 'Hi' })).providerMetadata)).toBeUndefined();
  });

  test('a handler without a secret or an authorization', () => {
    expect(() => inboxHandler(any({ inbox }))).toThrow(/authorize|secret/);
  });
});

import { generateText, Output, streamText, type ToolSet, tool, wrapLanguageModel } from 'ai';
import {
  type Check,
  check,
  createEmitter,
  createInbox,
  EscalationPendingError,
  fallback,
  human,
  lendTools,
  memoryStore,
  repair,
  reportOf,
  retry,
  type Stage,
  type StagedRetryCallOptions,
  type Store,
  stagedRetryMiddleware,
  stagesFromThresholds,
  withStagedRetry,
} from 'ai-staged-retry';
import { fieldPresent, judge, noRefusal, notEmpty } from 'ai-staged-retry/checks';
import { escalationLink, inboxClient, inboxHandler } from 'ai-staged-retry/http';
import { incrementalValidator, readJson } from 'ai-staged-retry/incremental';
import { runCheck, scriptedModel, storeContract } from 'ai-staged-retry/testing';
import { z } from 'zod';

/** What users write, for the compiler alone: each line must type-check with every supported TypeScript and SDK. */

const Invoice = z.object({ lines: z.array(z.object({ amount: z.number() })), total: z.number() });

const addsUp: Check = check('adds-up', Invoice, ({ value: { lines, total } }) => {
  const sum: number = lines.reduce((sum, { amount }) => sum + amount, 0);
  return sum === total || `The lines add up to ${sum}.`;
});
const places = check('places', ({ value, text }) =>
  value === undefined ? [{ message: text, path: ['total', 0] }] : true,
);
const later = check({ name: 'later', after: ['adds-up'], test: async ({ text }) => text !== '' || 'Answer.' });

const lookUpVendor = tool({ inputSchema: z.object({ name: z.string() }), execute: ({ name }) => name });
const inbox = createInbox({ store: memoryStore(), onFiled: ({ id, scope }) => void `${id} ${scope}` });
const ownStage: Stage = { name: 'own', attempts: 1, propose: async () => undefined };
const ownStore: Store = memoryStore({ maxBytes: 1000 });
const inner = scriptedModel(['{}']);
const events = createEmitter();
events.on('attempt-end', ({ attempt: { number, verdict } }) =>
  verdict.type === 'fail' ? verdict.issues.length : number,
);

export const model = withStagedRetry(inner, {
  checks: [
    addsUp,
    places,
    later,
    Invoice,
    notEmpty(),
    noRefusal(),
    fieldPresent(['total']),
    judge({ model: inner, rubric: 'Kind.' }),
  ],
  stages: [
    retry({ attempts: 2 }),
    repair({ attempts: 1 }),
    lendTools({ attempts: 2, tools: { lookUpVendor } as ToolSet }),
    fallback({ model: inner, attempts: 1 }),
    ownStage,
    human({ inbox, wait: { timeoutMs: 1000 } }),
  ],
  cache: { store: ownStore, ttlMs: 1000 },
  scope: 'public',
  events,
});
export const byThresholds = withStagedRetry(inner, {
  stages: stagesFromThresholds({
    maxAttempts: 5,
    maxAttemptsBeforeToolUse: 2,
    maxAttemptsBeforeHuman: 4,
    tools: { lookUpVendor } as ToolSet,
    inbox,
  }),
});
export const wrapped = wrapLanguageModel({ model: inner, middleware: stagedRetryMiddleware({ checks: [addsUp] }) });

export async function use(): Promise<unknown> {
  const options = { scope: 'tenant', resumeKey: 'key', metadata: { a: 1 } } satisfies StagedRetryCallOptions;
  try {
    const { output, providerMetadata } = await generateText({
      model,
      output: Output.object({ schema: Invoice }),
      prompt: 'Read it.',
      providerOptions: { stagedRetry: options },
    });
    const total: number = output.total;
    const attempts: number | undefined = reportOf(providerMetadata)?.attempts;
    const text: string = await streamText({ model, prompt: 'Read it.' }).text;
    return [total, attempts, text];
  } catch (error) {
    const escalation = EscalationPendingError.find(error)?.escalation;
    if (escalation === undefined) throw error;
    await inbox.decide(escalation.id, { type: 'edit', text: '{}' }, { by: 'ada' });
    return escalationLink({ url: 'https://app.test', secret: 'sixteen characters or more', escalation });
  }
}

export const handler: (request: Request) => Promise<Response> = inboxHandler({
  inbox,
  authorize: () => ({ by: 'ada', scopes: ['tenant'] }),
});
export const client = inboxClient('https://app.test/api/inbox');
export const judged = incrementalValidator({ type: 'object' }).start().push('{').state;
export const read: unknown = readJson('{}')?.value;
export const verdict = runCheck(addsUp, '{}');
export const cases = storeContract(() => memoryStore()).map(({ title, run }) => [title, run] as const);

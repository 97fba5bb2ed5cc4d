import { generateText } from 'ai';
import { notEmpty } from '../../../src/checks/index.ts';
import { escalationLink, inboxHandler } from '../../../src/http/index.ts';
import {
  check,
  circuitBreaker,
  createInbox,
  EscalationPendingError,
  human,
  type Inbox,
  memoryStore,
  ProviderFailedError,
  retry,
  withStagedRetry,
} from '../../../src/index.ts';
import { type ScriptedModel, scriptedModel, storeContract } from '../../../src/testing/index.ts';
import { type Behaviour, equal, rejection } from './behaviour.ts';

const prompt = 'Where is the Louvre?';
const secret = 'a secret of more than sixteen characters';

export const durable: readonly Behaviour[] = [
  {
    title: 'a person’s edit answers the same request when it is sent again',
    async run() {
      const inbox = createInbox();
      const model = asksPerson(scriptedModel(['Lyon']), inbox);
      const { id } = await pending(model);
      await inbox.decide(id, { type: 'edit', text: 'Paris' }, { by: 'ada' });
      equal((await generateText({ model, prompt })).text, 'Paris');
    },
  },
  {
    title: 'an edit that fails the checks is filed again',
    async run() {
      const inbox = createInbox();
      const model = asksPerson(scriptedModel(['Lyon']), inbox);
      const first = await pending(model);
      await inbox.decide(first.id, { type: 'edit', text: 'Nice' });
      const second = await pending(model);
      equal([second.id === first.id, second.issues[0]?.message], [false, 'Say Paris.']);
    },
  },
  {
    title: 'the inbox answers over HTTP to whom it may concern',
    async run() {
      const inbox = createInbox();
      const { id } = await pending(asksPerson(scriptedModel(['Lyon']), inbox));
      const handler = inboxHandler({ inbox, authorize: () => ({ by: 'ada', scopes: ['public'] }) });
      const listed = await handler(new Request('https://app.test/api/inbox/escalations'));
      const { escalations } = (await listed.json()) as { escalations: { id: string }[] };
      equal(
        escalations.map((escalation) => escalation.id),
        [id],
      );
    },
  },
  {
    title: 'a signed link opens a page, and a forged one does not',
    async run() {
      const inbox = createInbox();
      const escalation = await pending(asksPerson(scriptedModel(['Lyon']), inbox));
      const handler = inboxHandler({ inbox, secret });
      const link = await escalationLink({ url: 'https://app.test/api/inbox', secret, escalation });
      equal((await handler(new Request(link))).status, 200);
      equal((await handler(new Request(`${link.slice(0, -2)}AA`))).status, 403);
    },
  },
  {
    title: 'an accepted answer is cached, and a wrong one never',
    async run() {
      const inner = scriptedModel(['', 'Paris', 'Rome']);
      const model = withStagedRetry(inner, {
        checks: [notEmpty()],
        cache: { store: memoryStore(), ttlMs: 60_000 },
        scope: 'public',
      });
      const texts = [await generateText({ model, prompt }), await generateText({ model, prompt })].map(
        ({ text }) => text,
      );
      equal([texts, inner.calls.length], [['Paris', 'Paris'], 2]);
    },
  },
  {
    title: 'identical concurrent calls make one upstream call',
    async run() {
      const inner = scriptedModel(['Paris']);
      const cache = { store: memoryStore(), singleFlight: true };
      const model = withStagedRetry(inner, { checks: [notEmpty()], cache, scope: 'public' });
      const texts = await Promise.all([1, 2, 3].map(async () => (await generateText({ model, prompt })).text));
      equal([texts, inner.calls.length], [['Paris', 'Paris', 'Paris'], 1]);
    },
  },
  {
    title: 'the memory store keeps the contract of stores',
    async run() {
      for (const { title, run } of storeContract(() => memoryStore())) {
        await run().catch((error: unknown) => {
          throw new Error(`${title}: ${error}`);
        });
      }
    },
  },
  {
    title: 'a circuit breaker keeps calls away from a provider that is down',
    async run() {
      const inner = scriptedModel([new TypeError('fetch failed')]);
      const model = withStagedRetry(inner, {
        checks: [notEmpty()],
        transport: { attempts: 1 },
        limits: [circuitBreaker({ minimumCalls: 2 })],
      });
      const call = () => rejection(generateText({ model, prompt, maxRetries: 0 }));
      await call();
      await call();
      equal([ProviderFailedError.find(await call()) !== undefined, inner.calls.length], [true, 2]);
    },
  },
];

function asksPerson(inner: ScriptedModel, inbox: Inbox) {
  return withStagedRetry(inner, {
    checks: [check('paris', ({ text }) => text === 'Paris' || 'Say Paris.')],
    stages: [retry({ attempts: 1 }), human({ inbox })],
    scope: 'public',
  });
}

async function pending(model: ReturnType<typeof asksPerson>) {
  const error = EscalationPendingError.find(await rejection(generateText({ model, prompt })));
  if (error === undefined) throw new Error('expected an escalation');
  return error.escalation;
}

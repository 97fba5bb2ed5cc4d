import { generateText } from 'ai';
import { EscalationPendingError } from '../../src/errors/escalation-pending-error.ts';
import { createInbox, human, memoryStore, retry, type Store, StoreError, withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { storeThrough } from '../support/store-through.ts';
import { type Attack, lineOf, tried, unhandledOf } from './attack.ts';

class Crash extends Error {}

/** A store whose process dies at an operation, before or after it was done: nothing works from then on. */
function dyingStore(
  store: Store,
  dying: { at: number; isDone: boolean },
): Store & { readonly operations: () => number } {
  let operations = 0;
  async function through<VALUE>(operate: () => Promise<VALUE>): Promise<VALUE> {
    operations += 1;
    if (operations > dying.at || (operations === dying.at && !dying.isDone)) throw new Crash('The process is dead.');
    const value = await operate();
    if (operations === dying.at) throw new Crash('The process is dead.');
    return value;
  }
  return { ...storeThrough(store, through), operations: () => operations };
}

const right = '{"total":12}';
const check = { name: 'right', test: ({ text }: { text: string }) => text === right || 'Make it right.' };

/** The request of a user, as a process sends it. */
async function ask(store: Store, scope: string): Promise<{ text?: string; pending?: string; calls: number }> {
  const model = scriptedModel(['{"total":1}']);
  const stages = [retry({ attempts: 1 }), human({ inbox: createInbox({ store }) })];
  const wrapped = withStagedRetry(model, { checks: [check], stages, scope });
  try {
    const { text } = await generateText({ model: wrapped, prompt: 'Add it up.', maxRetries: 0 });
    return { text, calls: model.calls.length };
  } catch (error) {
    const pending = EscalationPendingError.find(error)?.escalation.id;
    if (pending !== undefined) return { pending, calls: model.calls.length };
    throw error;
  }
}

/** A process that files, one that decides, one that resumes: each may die at any operation, and is started again. */
export const crashes: Attack = async (options) => {
  const moments = new Set<string>();
  const { result, unhandled } = await unhandledOf(() =>
    tried(options, async (random, number) => {
      const store = memoryStore();
      const scope = `tenant-${number}`;
      const dying = random.pick(['ask', 'decide', 'resume'] as const);
      const place = { at: random.between(1, 12), isDone: random.chance(0.5) };
      moments.add(`${dying} ${place.at} ${place.isDone}`);
      const told: string[] = [];

      async function step<RESULT>(name: typeof dying, act: (store: Store) => Promise<RESULT>): Promise<RESULT> {
        if (name !== dying) return await act(store);
        try {
          return await act(dyingStore(store, place));
        } catch (error) {
          if (!(error instanceof Crash) && !StoreError.isInstance(error)) throw error;
          return await act(store);
        }
      }

      try {
        const asked = await step('ask', (of) => ask(of, scope));
        if (asked.pending === undefined) return `a wrong answer went out: ${asked.text}`;
        const { pending } = asked;
        const decided = await step('decide', async (of) => {
          const inbox = createInbox({ store: of });
          const { won, escalation } = await inbox.decide(pending, { type: 'edit', text: right }, { by: 'ann' });
          told.push(String(won));
          return escalation;
        });
        if (decided.decision?.type !== 'edit') return 'a decision that was told as recorded is not there';
        // Somebody who comes later does not win.
        const late = await createInbox({ store }).decide(pending, { type: 'reject' }, { by: 'eve' });
        if (late.won || late.escalation.decision?.type !== 'edit') return 'a second decision won';
        const resumed = await step('resume', (of) => ask(of, scope));
        if (resumed.text !== right) return `the decision was lost: ${JSON.stringify(resumed)}`;
        const { escalations } = await createInbox({ store }).list({ scope, limit: 10 });
        if (escalations.length > 1) return `${escalations.length} escalations of one request are pending`;
        const all = await createInbox({ store }).list({ scope, state: 'decided', limit: 10 });
        if (all.escalations.length !== 1) return `${all.escalations.length} decided escalations of one request`;
        return undefined;
      } catch (error) {
        return lineOf(error);
      }
    }),
  );
  return { ...result, failures: [...result.failures, ...unhandled], figures: { moments: moments.size } };
};

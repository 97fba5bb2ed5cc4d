import { createClient } from 'redis';
import { createInbox, EscalationPendingError } from '../../../src/index.ts';
import { redisStore } from '../../../src/stores/redis.ts';
import { escalatingModel, send } from './escalating-model.ts';

// Runs that escalate, are decided and resumed, one after another by some milliseconds: `URL SCOPE:DELAY …`. Each says
// what is done once it is done; a pipe is written at once, so that a kill unsays nothing.
const [url = '', ...runs] = process.argv.slice(2);
const client = createClient({ url });
client.on('error', () => {});
await client.connect();
process.stdout.write('ready\n');
for await (const _go of process.stdin) break;
await Promise.all(runs.map((run) => escalate(...readRun(run))));
process.exit(0);

async function escalate(scope: string, delayMs: number): Promise<void> {
  const say = (what: string, id: string) => process.stdout.write(`${what} ${scope} ${id}\n`);
  const inbox = createInbox({ store: redisStore(client), onFiled: ({ id }) => void say('announced', id) });
  const { model } = escalatingModel({ inbox, scope });
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  say('began', '');
  try {
    await send(model);
  } catch (error) {
    const { escalation } = EscalationPendingError.find(error) ?? {};
    if (escalation === undefined) throw error;
    say('filed', escalation.id);
    const { won } = await inbox.decide(escalation.id, { type: 'edit', text: `good: ${scope}` }, { by: 'ann' });
    if (won) say('confirmed', escalation.id);
    if ((await send(model)) === `good: ${scope}`) say('resumed', escalation.id);
  }
}

function readRun(run: string): [scope: string, delayMs: number] {
  const [scope = '', delayMs = ''] = run.split(':');
  return [scope, Number(delayMs)];
}

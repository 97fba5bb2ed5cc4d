import { expect, it } from 'vitest';
import { inEdgeRuntime } from '../edge-runtime.ts';

const program = `
  import { createInbox } from './src/escalation/create-inbox.ts';
  import { escalationLink, inboxHandler } from './src/http/index.ts';

  globalThis.run = async () => {
    const secret = 'a secret of the tests';
    const inbox = createInbox();
    const { escalation } = await inbox.file({ requestKey: 'key', scope: 'acme', stage: 'human', prompt: [], history: [] });
    const handle = inboxHandler({ inbox, secret, authorize: () => ({ by: 'ann', scopes: ['acme'] }) });
    const link = await escalationLink({ url: 'https://app.example/inbox', secret, escalation });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const statuses = [];
    for (const request of [
      new Request('https://app.example/inbox/escalations'),
      new Request(link),
      new Request(link, { method: 'POST', headers, body: 'type=reject' }),
      new Request(link, { method: 'POST', headers, body: 'type=reject' }),
    ]) statuses.push((await handle(request)).status);
    return statuses.join();
  };
`;

it('in an edge runtime, the handler and its links load and work', async () => {
  const runtime = await inEdgeRuntime(program);

  expect(await runtime.evaluate<Promise<string>>('run()')).toBe('200,200,303,409');
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { escalationLink, inboxClient, inboxHandler } from '../../src/http/index.ts';
import { practiceInbox } from '../escalation/practice-inbox.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** The handler behind a server of Node, as a framework would mount it. */
async function serve(handle: (request: Request) => Promise<Response>): Promise<{ url: string; server: Server }> {
  const server = createServer(async (incoming, outgoing) => {
    const left = new AbortController();
    outgoing.on('close', () => left.abort());
    const { method = 'GET', headers, url = '/' } = incoming;
    const response = await handle(
      new Request(`http://${headers.host}${url}`, {
        method,
        headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]),
        signal: left.signal,
        ...(method === 'POST' ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' } : {}),
      } as RequestInit),
    );
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body === null) return void outgoing.end();
    try {
      for await (const chunk of response.body) outgoing.write(chunk);
    } catch {
      // The reader went away.
    }
    outgoing.end();
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/api/inbox`, server };
}

it('a client comes back to the changes when its connection breaks, and misses none', async () => {
  const { inbox, file } = practiceInbox();
  const { url, server } = await serve(inboxHandler({ inbox, authorize: () => true }));
  const controller = new AbortController();
  const seen: string[] = [];
  let connect = () => {};
  const connected = new Promise<void>((resolve) => {
    connect = resolve;
  });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await globalThis.fetch(input, init);
    connect();
    return response;
  };
  const watching = (async () => {
    for await (const { escalation } of inboxClient(url, { fetch }).changes({ abortSignal: controller.signal })) {
      seen.push(escalation.proposal);
      if (seen.length === 1) {
        server.closeAllConnections();
        await file('while away');
      }
      if (seen.length === 2) controller.abort();
    }
  })();
  // Changes count from then on.
  await connected;

  await file('first');
  await watching;

  expect(seen).toEqual(['first', 'while away']);
});

it('a link is followed and its form sent over a real connection', async () => {
  const secret = 'a secret of the tests';
  const { inbox, file } = practiceInbox();
  const { url } = await serve(inboxHandler({ inbox, secret }));
  const escalation = await file();
  const link = await escalationLink({ url, secret, escalation });

  expect((await fetch(link)).status).toBe(200);
  const page = await fetch(link, {
    method: 'POST',
    body: new URLSearchParams({ type: 'reject', reason: 'Not ours.' }),
  });

  expect([page.url, page.status]).toEqual([link, 200]);
  expect(await page.text()).toContain('The answer was rejected by a signed link');
  expect((await inbox.get(escalation.id))?.decision).toMatchObject({ type: 'reject', reason: 'Not ours.' });
});

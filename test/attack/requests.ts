import { escalationLink, inboxHandler } from '../../src/http/index.ts';
import { practiceInbox } from '../escalation/practice-inbox.ts';
import type { Random } from '../faults/simulation/random.ts';
import { type Attack, lineOf, tried, unhandledOf } from './attack.ts';

const secret = 'the secret of the handler, 32 bytes';
const mount = 'https://app.example/api/inbox';
/** What only the other tenant may read. */
const theirs = 'WHAT-ONLY-THE-OTHER-TENANT-MAY-READ';

/** Requests that nobody means well by, to every route, as nobody, as a reviewer of one tenant, and with a link. */
export const requests: Attack = async (options) => {
  const { inbox, file } = practiceInbox();
  const mine = await file('{"total":12}', { scope: 'mine' });
  const other = await file(`{"total":"${theirs}"}`, { scope: 'theirs', prompt: theirs });
  const handle = inboxHandler({
    inbox,
    secret,
    authorize: (request) =>
      request.headers.get('authorization') === 'Bearer good' ? { by: 'ann', scopes: ['mine'] } : undefined,
  });
  const link = new URL(await escalationLink({ url: mount, secret, escalation: mine }));
  const statuses = new Map<number, number>();

  const { result, unhandled } = await unhandledOf(() =>
    tried(options, async (random) => {
      const request = hostileRequest(random, [mine.id, other.id], link);
      if (request === undefined) return undefined;
      const what = `${request.method} ${request.url.slice(0, 120)}`;
      try {
        const leaving = new AbortController();
        const response = await handle(new Request(request, { signal: leaving.signal }));
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        const isStream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
        const text = isStream ? '' : await response.text();
        if (isStream) await response.body?.cancel();
        leaving.abort();
        if (response.status >= 500) return `${what} is answered with ${response.status}`;
        if (text.includes(theirs)) return `${what} tells what is another tenant's`;
        return undefined;
      } catch (error) {
        return `${what} throws ${lineOf(error)}`;
      }
    }),
  );
  const untouched = await inbox.get(other.id);
  const touched = untouched?.state === 'pending' ? [] : ["another tenant's escalation was decided"];
  return {
    ...result,
    failures: [...result.failures, ...touched, ...unhandled],
    figures: { statuses: [...statuses.keys()].sort().join(' ') },
  };
};

function hostileRequest(random: Random, ids: readonly string[], link: URL): Request | undefined {
  const id = random.pick([...ids, '..', '%2e%2e', 'x'.repeat(5000), '__proto__', "' OR 1=1", '\u0000', '']);
  const paths = [
    '/escalations',
    `/escalations/${id}`,
    ...['decision', 'claim', 'release', 'assign', 'note', 'nothing'].map((what) => `/escalations/${id}/${what}`),
    '/decisions',
    '/stats',
    '/changes',
    link.pathname.slice(link.pathname.indexOf('/link')),
    `${link.pathname.slice(link.pathname.indexOf('/link'))}${random.pick(['/', 'x', '%00', '.'])}`,
    `/link/${id}`,
    '//escalations//',
    '/',
  ];
  const query = random.pick([
    '',
    '?scope=theirs',
    '?limit=-1',
    '?limit=1e9',
    '?cursor=%7B',
    '?state=x',
    '?scope=mine&scope=theirs',
    `?search=${'a'.repeat(2000)}`,
  ]);
  const method = random.pick(['GET', 'POST', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
  const headers = {
    ...(random.chance(0.7) ? { authorization: random.pick(['Bearer good', 'Bearer bad', 'Basic x']) } : {}),
    ...(random.chance(0.9)
      ? {
          'content-type': random.pick([
            'application/json',
            'application/x-www-form-urlencoded',
            'text/plain',
            'application/json; charset=utf-16',
            'multipart/form-data; boundary=x',
          ]),
        }
      : {}),
    ...(random.chance(0.2) ? { 'content-length': random.pick(['-1', '99999999999', 'x']) } : {}),
    ...(random.chance(0.3)
      ? { accept: random.pick(['text/html', 'application/x-ndjson', 'text/event-stream', '*']) }
      : {}),
    ...(random.chance(0.3) ? { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } : {}),
    ...(random.chance(0.2) ? { 'last-event-id': random.pick(['x', '-1', '9'.repeat(400)]) } : {}),
  };
  try {
    const hasBody = method !== 'GET' && method !== 'HEAD';
    return new Request(`${mount}${random.pick(paths)}${query}`, {
      method,
      headers,
      ...(hasBody ? { body: hostileBody(random, ids) } : {}),
    });
  } catch {
    return undefined; // no such request can be sent
  }
}

function hostileBody(random: Random, ids: readonly string[]): string | Uint8Array<ArrayBuffer> {
  const type = random.pick<unknown>(['approve', 'edit', 'retry', 'reject', 'escalate', 'x', 1, null, {}, '__proto__']);
  const junk = random.pick<unknown>([null, 1, -1, 1e308, '', 'x', [], {}, true, 'a'.repeat(100_000), { toString: 1 }]);
  const fields = {
    type,
    text: junk,
    advice: junk,
    reason: junk,
    attempt: junk,
    force: junk,
    to: junk,
    by: 'admin',
    ids: random.pick<unknown>([ids, junk]),
    ttlMs: junk,
    decision: random.pick<unknown>([{ type, text: junk }, junk]),
  };
  return random.pick<() => string | Uint8Array<ArrayBuffer>>([
    () => JSON.stringify(fields),
    () => JSON.stringify(Object.fromEntries(Object.entries(fields).filter(() => random.chance(0.5)))),
    () => `{"__proto__":{"isAdmin":true},"type":"approve"}`,
    () => String(new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]))),
    () => '['.repeat(50_000),
    () => 'x'.repeat(2_000_000),
    () => Uint8Array.of(0xff, 0xfe, 0x00, 0xc3, 0x28),
    () => '',
  ])();
}

import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { escalationLink, inboxHandler } from '../../src/http/index.ts';
import { practiceInbox } from '../escalation/practice-inbox.ts';
import { get, mount, post, postForm, postJson } from './requests.ts';

const secret = 'the secret of the handler, 32 bytes';
const practice = practiceInbox();
const handle = inboxHandler({
  inbox: practice.inbox,
  secret,
  maxBodyBytes: 1000,
  authorize: (request) => {
    switch (request.headers.get('authorization')) {
      case 'Bearer ann':
        return { by: 'ann', scopes: ['acme'] };
      case 'Bearer both':
        return { by: 'bob', scopes: ['acme', 'globex'] };
      case 'Bearer nobody':
        return { by: 'carl', scopes: [] };
      case 'Bearer nameless':
        return true;
      default:
        return undefined;
    }
  },
});

const ann = { authorization: 'Bearer ann' };
const json = { 'content-type': 'application/json' };
const places = { id: '', foreign: '', link: '', approveOnly: '', expired: '', otherSecret: '', otherVersion: '' };
const unknownId = 'A'.repeat(24);
const approve = { type: 'approve' };

beforeAll(async () => {
  const escalation = await practice.file();
  places.id = escalation.id;
  places.foreign = (await practice.file('{"total":99}', { scope: 'globex' })).id;
  places.link = await escalationLink({ url: mount, secret, escalation });
  places.approveOnly = await escalationLink({ url: mount, secret, escalation, decisions: ['approve'] });
  places.expired = await escalationLink({ url: mount, secret, escalation, ttlMs: 1 });
  places.otherVersion = signedByLaterVersion(escalation.id);
  places.otherSecret = await escalationLink({ url: mount, secret: 'another secret, long enough', escalation });
});

/** A token signed with the handler's secret, by a later version. */
function signedByLaterVersion(id: string): string {
  const grant = ['sr-link-2', id, 'acme', '', Date.now() + 60_000, ['approve'], null];
  const payload = Buffer.from(JSON.stringify(grant));
  const signature = createHmac('sha256', secret).update(payload).digest('base64url');
  return `${mount}/link/${payload.toString('base64url')}.${signature}`;
}

/** The nth character of the token is another one. */
function tampered(link: string, position: number): string {
  const start = link.lastIndexOf('/') + 1;
  const at = position < 0 ? link.length + position : start + position;
  return `${link.slice(0, at)}${link[at] === 'A' ? 'B' : 'A'}${link.slice(at + 1)}`;
}

function withoutDot(link: string): string {
  const dot = link.lastIndexOf('.');
  return link.slice(0, dot) + link.slice(dot + 1);
}

type Case = readonly [title: string, status: number, request: () => Request];

const decide = (body: unknown, headers: Record<string, string> = ann) =>
  postJson(`/escalations/${places.id}/decision`, body, headers);

const wrongMethods: readonly Case[] = [
  [
    'PUT to a decision',
    405,
    () => new Request(`${mount}/escalations/${places.id}/decision`, { method: 'PUT', headers: ann }),
  ],
  ['PATCH of a decision', 405, () => new Request(`${mount}/escalations/${places.id}/decision`, { method: 'PATCH' })],
  [
    'DELETE of an escalation',
    405,
    () => new Request(`${mount}/escalations/${places.id}`, { method: 'DELETE', headers: ann }),
  ],
  ['POST to the list', 405, () => postJson('/escalations', approve, ann)],
  ['POST to an escalation', 405, () => postJson(`/escalations/${places.id}`, approve, ann)],
  ['POST to the stats', 405, () => postJson('/stats', {}, ann)],
  ['POST to the changes', 405, () => postJson('/changes', {}, ann)],
  ['GET of a decision', 405, () => get(`/escalations/${places.id}/decision`, ann)],
  ['GET of a claim', 405, () => get(`/escalations/${places.id}/claim`, ann)],
  ['GET of a release', 405, () => get(`/escalations/${places.id}/release`, ann)],
  [
    'OPTIONS of a decision',
    405,
    () => new Request(`${mount}/escalations/${places.id}/decision`, { method: 'OPTIONS' }),
  ],
  ['PUT to a link', 405, () => new Request(places.link, { method: 'PUT' })],
];

const wrongAddresses: readonly Case[] = [
  ['an unknown path', 404, () => get('/nothing', ann)],
  ['the mount itself', 404, () => get('', ann)],
  ['an id that is too short', 404, () => get('/escalations/short', ann)],
  ['an id with a space', 404, () => get(`/escalations/${'a'.repeat(23)}%20`, ann)],
  ['an id that leads elsewhere', 404, () => get('/escalations/..%2f..%2fetc%2fpasswd', ann)],
  ['an id of nothing', 404, () => get(`/escalations/${unknownId}`, ann)],
  ['a decision about nothing', 404, () => postJson(`/escalations/${unknownId}/decision`, approve, ann)],
  ['a claim on nothing', 404, () => postJson(`/escalations/${unknownId}/claim`, {}, ann)],
  ['a release of nothing', 404, () => postJson(`/escalations/${unknownId}/release`, {}, ann)],
  ['a takeover that is neither true nor false', 400, () => decide({ ...approve, takeOver: 'yes' }, ann)],
  ['an action there is not', 404, () => postJson(`/escalations/${places.id}/explode`, {}, ann)],
];

const strangers: readonly Case[] = [
  ['a stranger who lists', 403, () => get('/escalations')],
  ['a stranger who reads', 403, () => get(`/escalations/${places.id}`)],
  ['a stranger who counts', 403, () => get('/stats')],
  ['a stranger who watches', 403, () => get('/changes')],
  ['a stranger who decides', 403, () => decide(approve, {})],
  ['a stranger who claims', 403, () => postJson(`/escalations/${places.id}/claim`, {})],
  ['a stranger who releases', 403, () => postJson(`/escalations/${places.id}/release`, {})],
  ['a stranger with a wrong password', 403, () => decide(approve, { authorization: 'Bearer eve' })],
  ['a stranger about an unknown id', 403, () => postJson(`/escalations/${unknownId}/decision`, approve)],
];

const otherScopes: readonly Case[] = [
  ["reading another scope's escalation", 404, () => get(`/escalations/${places.foreign}`, ann)],
  ["deciding another scope's escalation", 404, () => postJson(`/escalations/${places.foreign}/decision`, approve, ann)],
  ["claiming another scope's escalation", 404, () => postJson(`/escalations/${places.foreign}/claim`, {}, ann)],
  ["releasing another scope's escalation", 404, () => postJson(`/escalations/${places.foreign}/release`, {}, ann)],
  ['listing another scope', 403, () => get('/escalations?scope=globex', ann)],
  ['counting another scope', 403, () => get('/stats?scope=globex', ann)],
  ['watching another scope', 403, () => get('/changes?scope=globex', ann)],
  ['listing an empty scope', 403, () => get('/escalations?scope=', ann)],
  ['listing without naming one of two scopes', 400, () => get('/escalations', { authorization: 'Bearer both' })],
  ['listing with no scope at all', 403, () => get('/escalations', { authorization: 'Bearer nobody' })],
];

const otherSites: readonly Case[] = [
  ['a page of another site', 403, () => decide(approve, { ...ann, 'sec-fetch-site': 'cross-site' })],
  ['a page of a sister site', 403, () => decide(approve, { ...ann, 'sec-fetch-site': 'same-site' })],
  ['a page of an older browser', 403, () => decide(approve, { ...ann, origin: 'https://evil.example' })],
  ['a page without an origin', 403, () => decide(approve, { ...ann, origin: 'null' })],
  ['a page on another port', 403, () => decide(approve, { ...ann, origin: 'https://app.example:8443' })],
  [
    'a page whose name begins alike',
    403,
    () => decide(approve, { ...ann, origin: 'https://app.example.evil.example' }),
  ],
  [
    'a claim from another site',
    403,
    () => postJson(`/escalations/${places.id}/claim`, {}, { ...ann, 'sec-fetch-site': 'cross-site' }),
  ],
  [
    'a release from another site',
    403,
    () => postJson(`/escalations/${places.id}/release`, {}, { ...ann, origin: 'https://evil.example' }),
  ],
  ['a form of another site on a link', 403, () => postForm(places.link, approve, { 'sec-fetch-site': 'cross-site' })],
  ['a form of another origin on a link', 403, () => postForm(places.link, approve, { origin: 'https://evil.example' })],
];

const wrongTypes: readonly Case[] = [
  [
    'plain text',
    415,
    () => post(`/escalations/${places.id}/decision`, '{"type":"approve"}', { ...ann, 'content-type': 'text/plain' }),
  ],
  ['no type', 415, () => post(`/escalations/${places.id}/decision`, new Uint8Array([123, 125]), ann)],
  ['a multipart form', 415, () => post(`/escalations/${places.id}/decision`, new FormData(), ann)],
  [
    'XML',
    415,
    () => post(`/escalations/${places.id}/decision`, '<approve/>', { ...ann, 'content-type': 'application/xml' }),
  ],
  [
    'a type that begins like JSON',
    415,
    () => post(`/escalations/${places.id}/claim`, '{}', { ...ann, 'content-type': 'application/jsonx' }),
  ],
  ['plain text on a link', 415, () => post(places.link, 'type=approve', { 'content-type': 'text/plain' })],
];

const wrongBodies: readonly Case[] = [
  ['JSON that breaks off', 400, () => post(`/escalations/${places.id}/decision`, '{"type":', { ...ann, ...json })],
  ['an empty body', 400, () => post(`/escalations/${places.id}/decision`, '', { ...ann, ...json })],
  ['an array', 400, () => decide([approve])],
  ['a string', 400, () => decide('approve')],
  ['null', 400, () => decide(null)],
  [
    'bytes that are no UTF-8',
    400,
    () => post(`/escalations/${places.id}/decision`, new Uint8Array([0xff, 0xfe]), { ...ann, ...json }),
  ],
  ['a body that is too large', 413, () => decide({ type: 'edit', text: 'x'.repeat(1001) })],
  [
    'a body that claims to be too large',
    413,
    () => post(`/escalations/${places.id}/claim`, '{}', { ...ann, ...json, 'content-length': '5000' }),
  ],
  ['a form that is too large', 413, () => postForm(places.link, { type: 'edit', text: 'x'.repeat(1001) })],
  ['a claim of no number', 400, () => postJson(`/escalations/${places.id}/claim`, { ttlMs: 'long' }, ann)],
  ['an assignment to nobody said', 400, () => postJson(`/escalations/${places.id}/assign`, {}, ann)],
  ['an assignment to no name', 400, () => postJson(`/escalations/${places.id}/assign`, { to: 5 }, ann)],
  ['a note of no text', 400, () => postJson(`/escalations/${places.id}/note`, {}, ann)],
  ['many that are no list', 400, () => postJson('/decisions', { ids: places.id, decision: approve }, ann)],
  ['many that are none', 400, () => postJson('/decisions', { ids: [], decision: approve }, ann)],
  ['many that are too many', 400, () => postJson('/decisions', { ids: Array(101).fill('A'), decision: approve }, ann)],
  ['a claim of no time', 400, () => postJson(`/escalations/${places.id}/claim`, { ttlMs: 0 }, ann)],
];

const wrongDecisions: readonly Case[] = [
  ['no type', 400, () => decide({})],
  ['an unknown type', 400, () => decide({ type: 'explode' })],
  ['a type that is no text', 400, () => decide({ type: ['approve'] })],
  ['an attempt there is not', 400, () => decide({ type: 'approve', attempt: 7 })],
  ['an attempt that is no number', 400, () => decide({ type: 'approve', attempt: '1' })],
  ['an edit without a text', 400, () => decide({ type: 'edit' })],
  ['an edit of no text', 400, () => decide({ type: 'edit', text: { total: 12 } })],
  ['an edit with half a force', 400, () => decide({ type: 'edit', text: 'x', force: 'yes' })],
  ['a retry without advice', 400, () => decide({ type: 'retry' })],
  ['a retry with blank advice', 400, () => decide({ type: 'retry', advice: '  ' })],
  ['a reject whose reason is no text', 400, () => decide({ type: 'reject', reason: 5 })],
  ['an escalate whose reason is no text', 400, () => decide({ type: 'escalate', reason: {} })],
  ['a form without a type', 400, () => postForm(`/escalations/${places.id}/decision`, { text: 'x' }, ann)],
];

const wrongQueries: readonly Case[] = [
  ['an unknown state', 400, () => get('/escalations?state=open', ann)],
  ['a limit of nothing', 400, () => get('/escalations?limit=0', ann)],
  ['a limit past the greatest', 400, () => get('/escalations?limit=101', ann)],
  ['a limit of many digits', 400, () => get('/escalations?limit=1000000000', ann)],
  ['a limit that is no number', 400, () => get('/escalations?limit=ten', ann)],
  ['a limit with a fraction', 400, () => get('/escalations?limit=1.5', ann)],
  ['a search without an end', 400, () => get(`/escalations?search=${'x'.repeat(301)}`, ann)],
  ['a cursor that is a number', 400, () => get('/escalations?cursor=5', ann)],
  ['a cursor nobody gave', 400, () => get('/escalations?cursor=here', ann)],
  ['a cursor without an end', 400, () => get(`/escalations?cursor=${'x'.repeat(3000)}`, ann)],
];

const wrongLinks: readonly Case[] = [
  ['a link of another version', 403, () => get(places.otherVersion)],
  ['a link that is not ours', 403, () => get('/link/abc.def')],
  ['a link of one part', 403, () => get('/link/abcdef')],
  ['a link without its dot', 403, () => get(withoutDot(places.link))],
  ['a link of three parts', 403, () => get(`${places.link}.AAAA`)],
  ['a link with another payload', 403, () => postForm(tampered(places.link, 8), approve)],
  ['a link with another signature', 403, () => postForm(tampered(places.link, -10), approve)],
  ['a link with another last character', 403, () => postForm(tampered(places.link, -1), approve)],
  ['a link of another secret, shown', 403, () => get(places.otherSecret)],
  ['a link of another secret, used', 403, () => postForm(places.otherSecret, approve)],
  ['an expired link, shown', 410, () => get(places.expired)],
  ['an expired link, used', 410, () => postForm(places.expired, approve)],
  ['an expired link, used with JSON', 410, () => postJson(places.expired, approve)],
  ['a decision the link does not allow', 403, () => postForm(places.approveOnly, { type: 'reject' })],
  ['no decision on a link', 403, () => postForm(places.link, {})],
  ['an unknown decision on a link', 403, () => postForm(places.link, { type: 'explode' })],
  ['another attempt on a link', 403, () => postForm(places.link, { type: 'approve', attempt: '1' })],
  ['an edit without a text on a link', 400, () => postForm(places.link, { type: 'edit' })],
  ['advice that is blank on a link', 400, () => postForm(places.link, { type: 'retry', advice: ' ' })],
];

const groups: readonly (readonly [string, readonly Case[]])[] = [
  ['of the wrong method', wrongMethods],
  ['to a wrong address', wrongAddresses],
  ['of strangers', strangers],
  ['about other scopes', otherScopes],
  ['from other sites', otherSites],
  ['of a wrong content type', wrongTypes],
  ['with a wrong body', wrongBodies],
  ['with a wrong decision', wrongDecisions],
  ['with a wrong query', wrongQueries],
  ['by a wrong link', wrongLinks],
];

describe.each(groups)('requests %s', (_group, cases) => {
  it.each(cases)('%s: %i, and nothing changes', async (_title, status, request) => {
    const before = await everything();
    const response = await handle(request());

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
    expect(await everything()).toEqual(before);
  });
});

it('a browser that follows a wrong link gets a page', async () => {
  const response = await handle(get('/link/abc.def', { accept: 'text/html,*/*' }));

  expect(response.status).toBe(403);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
});

it('a refused method says which ones there are', async () => {
  const response = await handle(postJson('/stats', {}, ann));

  expect(response.headers.get('allow')).toBe('GET, HEAD');
});

async function everything() {
  return await Promise.all([places.id, places.foreign].map((id) => practice.inbox.get(id)));
}

it('a limit of many digits is told what it may be', async () => {
  const { detail } = await (await handle(get('/escalations?limit=1000000000', { authorization: 'Bearer ann' }))).json();
  expect(detail).toBe('limit is a whole number from 1 to 100.');
});

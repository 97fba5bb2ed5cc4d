import { describe, expect, it } from 'vitest';
import { escalationLink, inboxHandler } from '../../src/http/index.ts';
import { type InboxOptions, withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { practiceInbox, turnableClock } from '../escalation/practice-inbox.ts';
import { get, mount, postForm, postJson } from './requests.ts';

const secret = 'the secret of the handler, 32 bytes';
const hourMs = 3_600_000;
const words = 'What only the team may read.';

async function linked({ linkTtlMs, ...options }: InboxOptions & { readonly linkTtlMs?: number } = {}) {
  const practice = practiceInbox(options);
  const escalation = await practice.file('{"total":12}', { prompt: words, metadata: { customer: words } });
  await practice.inbox.note(escalation.id, { by: 'bob', text: words });
  const handle = inboxHandler({ inbox: practice.inbox, secret });
  const ttl = linkTtlMs === undefined ? {} : { ttlMs: linkTtlMs };
  const link = await escalationLink({ url: mount, secret, escalation, ...ttl });
  return { ...practice, escalation, handle, link };
}

const ask = {
  opened: (link: string) => get(link, { accept: 'text/html' }),
  'sent as a form': (link: string) => postForm(link, { type: 'approve' }),
  'sent as JSON': (link: string) => postJson(link, { type: 'approve' }),
  'sent as JSON without a decision': (link: string) => postJson(link, {}),
  'asked for its head': (link: string) => new Request(link, { method: 'HEAD' }),
};

describe('a link that is over', () => {
  it.each(Object.entries(ask))('tells nothing of what was decided meanwhile, %s', async (_, request) => {
    const { inbox, escalation, handle, link } = await linked({ linkTtlMs: 1 });
    await inbox.decide(escalation.id, { type: 'edit', text: words }, { by: 'eve@example.com' });
    await new Promise((resolve) => setTimeout(resolve, 5));

    const response = await handle(request(link));

    expect(response.status).toBe(410);
    const told = await response.text();
    expect(told).not.toContain(words);
    expect(told).not.toContain('eve@example.com');
  });

  it.each(Object.entries(ask))('with its escalation tells nothing either, %s', async (_, request) => {
    const { inbox, escalation, handle, link } = await linked({ ttlMs: 400 });
    await inbox.decide(escalation.id, { type: 'reject', reason: words }, { by: 'eve@example.com' });
    await new Promise((resolve) => setTimeout(resolve, 420));

    const response = await handle(request(link));

    expect(response.status).toBe(410);
    expect(await response.text()).not.toContain(words);
  });
});

describe('a link in use', () => {
  it.each(['first', 'second'])('answers JSON with the decision alone, to whoever is %s', async (place) => {
    const { handle, link } = await linked();
    if (place === 'second') await handle(postForm(link, { type: 'approve' }));

    const response = await handle(postJson(link, { type: 'approve' }));

    const { won, escalation } = await response.json();
    expect([response.status, won]).toEqual(place === 'first' ? [200, true] : [409, false]);
    expect(escalation).toMatchObject({ state: 'decided', decision: { type: 'approve', by: 'a signed link' } });
    expect(JSON.stringify(escalation)).not.toContain(words);
    expect(Object.keys(escalation).sort()).toEqual(['decision', 'id', 'state']);
  });

  it.each([
    ['force=on', (link: string) => postForm(link, { type: 'edit', text: 'x', force: 'on' })],
    ['force=true', (link: string) => postForm(link, { type: 'edit', text: 'x', force: 'true' })],
    ['force: true', (link: string) => postJson(link, { type: 'edit', text: 'x', force: true })],
    ['force: 1', (link: string) => postJson(link, { type: 'edit', text: 'x', force: 1 })],
    ['another attempt', (link: string) => postJson(link, { type: 'approve', attempt: 1 })],
    ['no attempt', (link: string) => postJson(link, { type: 'approve', attempt: null })],
    ['a decision it does not allow', (link: string) => postJson(link, { type: 'escalate' })],
  ])('does not take what its page does not offer: %s', async (_, request) => {
    const { inbox, escalation, handle, link } = await linked();

    const response = await handle(request(link));

    expect(response.status).toBe(403);
    expect((await inbox.get(escalation.id))?.state).toBe('pending');
  });

  it.each(['', '/', '?utm_source=mail', '/?utm_source=mail'])('leads back to its page from …%s', async (ending) => {
    const { handle, link } = await linked();

    const response = await handle(postForm(`${link}${ending}`, { type: 'approve' }));

    const back = new URL(response.headers.get('location') ?? '', `${link}${ending}`);
    const page = await handle(get(back.href));
    expect([response.status, page.status]).toEqual([303, 200]);
    expect(await page.text()).toContain('The answer was approved');
  });

  it('is over for good when its escalation expires, though another is filed for the same answer', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({ ttlMs: hourMs }, clock);
    const handle = inboxHandler({ inbox, secret });
    const link = await escalationLink({ url: mount, secret, escalation: await file('x', { key: 'same' }), ttlMs: 1 });
    clock.turn(2 * hourMs);
    await file('x', { key: 'same' });
    await new Promise((resolve) => setTimeout(resolve, 5));

    expect((await handle(get(link))).status).toBe(410);
  });
});

describe('a link that could never be opened is not made', () => {
  it.each([
    ['a scope', { scope: 's'.repeat(3000) }, {}],
    ['a scope of many bytes', { scope: '🧾'.repeat(900) }, {}],
    ['a scope and a name', { scope: '🧾'.repeat(640) }, { by: '🧑'.repeat(100) }],
  ])('for %s', async (_, more, options) => {
    const { file } = practiceInbox();
    const escalation = await file('x', more);

    await expect(escalationLink({ url: mount, secret, escalation, ...options })).rejects.toThrow(/too long for a link/);
  });

  it.each([256, 200])('and a scope of %d characters is good for one', async (length) => {
    const { inbox, file } = practiceInbox();
    const escalation = await file('x', { scope: '\u{1f9fe}'.repeat(length / 2) });
    const link = await escalationLink({ url: mount, secret, escalation, by: '🧑'.repeat(100) });

    expect((await inboxHandler({ inbox, secret })(get(link))).status).toBe(200);
  });

  it.each([257, 3000])('so a scope of %d characters is refused when it is set', async (length) => {
    const scope = 's'.repeat(length);
    expect(() => withStagedRetry(scriptedModel(['x']), { scope })).toThrow(/scope/);
    const model = withStagedRetry(scriptedModel(['x']));
    const call = { prompt: [], providerOptions: { stagedRetry: { scope } } };
    await expect((async () => model.doGenerate(call as never))()).rejects.toThrow(/scope/);
  });
});

describe('a secret that can be guessed is refused', () => {
  it.each(['', 'x', 'fifteen letters', '               x', { current: secret, next: 'short' }, 7, null])(
    '%j',
    async (weak) => {
      const { inbox, file } = practiceInbox();
      const escalation = await file();

      expect(() => inboxHandler({ inbox, secret: weak as never })).toThrow(/at least 16 characters.*openssl/s);
      await expect(escalationLink({ url: mount, secret: weak as never, escalation })).rejects.toThrow(/at least 16/);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { escalationLink, inboxHandler } from '../../src/http/index.ts';
import { practiceInbox } from '../escalation/practice-inbox.ts';
import { get, mount, postForm } from './requests.ts';

const secret = 'the secret of the handler, 32 bytes';
const hostile = `</pre></textarea><script>alert(1)</script><img src=x onerror="alert('x')"> & "quoted"`;

async function page(options: { answer?: string; prompt?: string; by?: string } = {}) {
  const { inbox, file } = practiceInbox();
  const { answer, prompt = 'Read the invoice.', by } = options;
  const escalation = await file(answer, { prompt });
  if (by !== undefined) await inbox.claim(escalation.id, { by });
  const handle = inboxHandler({ inbox, secret });
  const link = await escalationLink({ url: mount, secret, escalation });
  const response = await handle(get(link));
  return { response, html: await response.text(), handle, link, inbox, escalation };
}

/** The tags of a page, as a parser would find them in text that is escaped everywhere else. */
function tagsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map((match) => match[1]?.toLowerCase() ?? ''));
}

describe('the page of a link', () => {
  it('shows hostile prompts, answers and names as text', async () => {
    const { html } = await page({ answer: hostile, prompt: hostile, by: hostile });

    expect(html).not.toMatch(/<script|<img/i);
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    expect([...tagsOf(html)]).toEqual(expect.not.arrayContaining(['script', 'img']));
    expect(html.match(/<\/textarea>/g)).toHaveLength(2);
  });

  it('shows hostile decisions as text', async () => {
    const { handle, link } = await page();
    await handle(postForm(link, { type: 'reject', reason: hostile }));

    const html = await (await handle(get(link))).text();

    expect(html).not.toMatch(/<script|<img/i);
    expect(html).toContain('onerror=&#34;');
  });

  it('may run no script, load nothing, be framed nowhere and be kept by no cache', async () => {
    const { response, html } = await page();

    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w-]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(html).toContain(`nonce="${/nonce-([\w-]+)/.exec(policy)?.[1]}"`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('gives each page a nonce of its own', async () => {
    const policies = await Promise.all([page(), page()]);

    const [first, second] = policies.map(({ response }) => response.headers.get('content-security-policy'));
    expect(first).not.toBe(second);
  });

  it('can be read aloud: a language, a title, one heading of the first rank, a label for every field', async () => {
    const { html } = await page();

    expect(html).toContain('<html lang="en">');
    expect(html).toMatch(/<title>[^<]+<\/title>/);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    const fields = [...html.matchAll(/<(?:textarea|input) id="([\w-]+)"/g)].map((match) => match[1]);
    expect(fields).toEqual(['field-0', 'text', 'advice', 'reject-reason']);
    for (const field of fields) expect(html).toContain(`<label for="${field}">`);
  });

  it('keeps a line break that opens the answer', async () => {
    const { html } = await page({ answer: '\nfirst line' });

    expect(html).toContain('spellcheck="false">\n\nfirst line</textarea>');
  });

  it('says what is wrong, and where, and what the model was asked', async () => {
    const { html } = await page();

    expect(html).toContain('<code>/total</code> Make total the sum.');
    expect(html).toContain('user:\nRead the invoice.');
    expect(html).toContain('Attempt 1, retry: 1 issue');
  });

  it('says who is working on it', async () => {
    const { html } = await page({ by: 'ann' });

    expect(html).toContain('ann is working on it.');
  });
});

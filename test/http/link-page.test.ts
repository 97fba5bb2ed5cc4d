import { generateText } from 'ai';
import { describe, expect, it } from 'vitest';
import { escalationLink, inboxHandler } from '../../src/http/index.ts';
import { timeElement } from '../../src/http/links/time-element.ts';
import { check, createInbox, type Decision, human, memoryStore, withStagedRetry } from '../../src/index.ts';
import type { Prompt } from '../../src/model/language-model.ts';
import { failedAttempt, practiceInbox } from '../escalation/practice-inbox.ts';
import { says } from '../fixtures.ts';
import { get, mount, postForm } from './requests.ts';

const secret = 'the secret of the handler, 32 bytes';
const hostile = `</pre></textarea><script>alert(1)</script><img src=x onerror="alert('x')"> & "quoted"`;

type Filed = NonNullable<Parameters<ReturnType<typeof practiceInbox>['file']>[1]>;

async function page({ answer, by, ...filed }: Filed & { answer?: string; by?: string } = {}) {
  const { inbox, file } = practiceInbox();
  const escalation = await file(answer, filed);
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

  it('begins with what describe says, as text', async () => {
    const describe = () => ({ title: `INV-7 ${hostile}`, fields: { Total: '£12.00', [hostile]: null } });
    const { html } = await page({ describe });

    expect(html).toContain('<p><strong>INV-7 &#60;/pre&#62;');
    expect(html).toContain('<div><dt>Total</dt> <dd>£12.00</dd></div>');
    expect(html).not.toMatch(/<script|<img/i);
  });

  it('shows the newest note under the title, as text and no more than its beginning', async () => {
    const { html: without, handle, link, inbox, escalation } = await page({ describe: () => ({ title: 'INV-7' }) });
    expect(without).not.toContain('<aside');

    await inbox.note(escalation.id, { by: hostile, text: hostile });
    const first = await (await handle(get(link))).text();
    await inbox.note(escalation.id, { by: 'Bob', text: `Ask\n\u202ethem. ${'x'.repeat(488)}🙂 and more` });
    const second = await (await handle(get(link))).text();

    expect(first).toMatch(/<strong>INV-7<\/strong><\/p>\n<aside aria-label="The newest note"><strong>&#60;\/pre/);
    expect(first).toMatch(/<\/strong> wrote, <time [^>]+>[^<]+\(just now\)<\/time>:\n<pre>&#60;\/pre&#62;/);
    expect(first).not.toMatch(/<script|<img/i);
    expect(second).toMatch(/<strong>Bob<\/strong> wrote, <time [^>]+>[^<]+<\/time>, the newest of 2 notes:\n/);
    expect(second).toContain(`<pre>Ask\n[U+202E]them. ${'x'.repeat(488)}…</pre></aside>\n<p>The model's answer`);
  });

  it('spells out what hides in a text or turns it around, and leaves it in what is edited', async () => {
    const { html } = await page({ answer: 'Pay\u200b \u202e0061\u202c\tnow\n', prompt: '\u0000' });

    expect(html).toContain('<pre>Pay[U+200B] [U+202E]0061[U+202C]\tnow\n</pre>');
    expect(html).toContain('Pay\u200b \u202e0061\u202c\tnow\n</textarea>');
    expect(html).toContain('user:\n[U+0000]');
  });

  it.each([
    ['tags', 'a\u{e0041}b', 'a[U+E0041]b'],
    ['a soft hyphen', 'pay\u00adpal', 'pay[U+00AD]pal'],
    ['an invisible separator', '1\u20632', '1[U+2063]2'],
    ['fillers', '\u3164\u115f\uffa0\u2800', '[U+3164][U+115F][U+FFA0][U+2800]'],
    ['separators of lines', 'a\u2028b', 'a[U+2028]b'],
    ['joiners with nothing to join', 'a\u200db\u200c', 'a[U+200D]b[U+200C]'],
    ['selectors with nothing to select', 'a\ufe01\ufe0f\u{e0101}', 'a[U+FE01][U+FE0F][U+E0101]'],
    ['nothing in emoji', '👩‍👧 ❤️ 1️⃣', '👩‍👧 ❤️ 1️⃣'],
    ['nothing in scripts that join', 'می‌خواهم क्‍ष 葛\u{e0100}', 'می‌خواهم क्‍ष 葛\u{e0100}'],
  ])('spells out %s', async (_, answer, shown) => {
    expect((await page({ answer })).html).toContain(`<pre>${shown}</pre>`);
  });

  it.each<[string, unknown, rows: Readonly<Record<string, string>>]>([
    [
      'amounts in the currency of the answer, and other numbers as they are',
      { currency: 'GBP', lines: [{ unitPrice: 128.5, quantity: 1200 }], total: 1636, taxRate: 0.2, year: 2026 },
      {
        Currency: 'GBP',
        'Line 1 · Unit price': '£128.50',
        'Line 1 · Quantity': '1200',
        Total: '£1,636.00',
        'Tax rate': '0.2',
        Year: '2026',
      },
    ],
    [
      'amounts in the nearest currency, with every digit',
      { currency: 'EUR', fees: [{ currency_code: 'JPY', amount: -128.505 }], unit_price: 0.0125, total: '9' },
      { 'Fee 1 · Amount': '-¥128.505', 'Unit price': '€0.0125', Total: '9' },
    ],
    [
      'amounts of one currency with decimals where one of them has some',
      {
        currency: 'GBP',
        total: 2048,
        vat: { amount: 0.5, currency: 'EUR', total: 3 },
        fee: { currency: 'JPY', fee: 9 },
      },
      { Total: '£2,048', 'Vat · Amount': '€0.50', 'Vat · Total': '€3.00', 'Fee · Fee': '¥9' },
    ],
    ['amounts without a known currency as they are', { currency: 'euro', total: 128.5 }, { Total: '128.5' }],
    ['numbers beyond all amounts as they are', [{ currency: 'EUR', total: 1e300 }], { 'Item 1 · Total': '1e+300' }],
    [
      'names of lists and of people',
      { vendorId: 7, categories: ['a'], boxes: ['b'], status: ['c'], isPaid: true, note: 'true', kind: 'constructor' },
      {
        'Vendor ID': '7',
        'Category 1': 'a',
        'Box 1': 'b',
        'Status 1': 'c',
        'Is paid': 'yes',
        Note: 'true',
        Kind: 'constructor',
      },
    ],
  ])('shows %s', async (_, answer, rows) => {
    const { html } = await page({ answer: JSON.stringify(answer) });
    const [table = ''] = /<table>.*?<\/table>/s.exec(html) ?? [];
    const cells = [...table.matchAll(/<th scope="row">(.*?)<\/th><td>(.*?)<\/td>/g)];
    expect(Object.fromEntries(cells.map(([, label, value]) => [label, value]))).toMatchObject(rows);
  });

  it.each([
    [
      'is a table',
      [
        { name: 'A', unitPrice: 2 },
        { name: '<b>', unitPrice: 3.5 },
      ],
      true,
    ],
    ['of one is rows', [{ name: 'A', unitPrice: 2 }], false],
    [
      'with nothing but other members is rows',
      [
        { name: 'A', unitPrice: 2 },
        { label: 'B', price: 3 },
      ],
      false,
    ],
    ['with an empty one is rows', [{ name: 'A', unitPrice: 2 }, {}, { name: 'B', unitPrice: 3 }], false],
    ['with a list in it is rows', [{ name: ['A'] }, { name: ['B'] }], false],
    [
      'of lists is rows',
      [
        [1, 2],
        [3, 4],
      ],
      false,
    ],
    [
      'with longer words than fit on a phone is rows',
      [
        { name: 'A', unitPrice: 'a'.repeat(40) },
        { name: 'B', unitPrice: 1 },
      ],
      false,
    ],
    [
      'with a long word in its first value is rows',
      [
        { name: 'a'.repeat(46), unitPrice: 2, count: 1 },
        { name: 'B', unitPrice: 1, count: 2 },
        { name: 'C', unitPrice: 3, count: 3 },
      ],
      false,
    ],
  ])('shows a list of objects: one that %s', async (_, lines, isTable) => {
    const { html } = await page({ answer: JSON.stringify({ currency: 'GBP', lines, total: 7 }) });
    const list =
      '<caption>Lines</caption><thead><tr><th scope="col">Name</th><th scope="col">Unit price</th></tr></thead><tr><td>A</td><td>£2.00</td></tr><tr><td>&#60;b&#62;</td><td>£3.50</td></tr>';
    const row = (label: string, value: string) => `<tr><th scope="row">${label}</th><td>${value}</td></tr>`;
    const whole = `<table>${row('Currency', 'GBP')}</table><table class="list">${list}</table><table>${row('Total', '£7.00')}</table>`;
    expect(html.includes(whole)).toBe(isTable);
    expect(html.includes('class="list"')).toBe(isTable);
  });

  it('shows a list of objects as a table though members of some stand in another order or are missing', async () => {
    const lines = [
      { name: 'A', count: 1 },
      { count: 2, name: 'B' },
      { name: 'C' },
      { name: 'D', count: null, note: 'x' },
    ];
    const { handle, link } = await page({ answer: '{"lines":[{"name":"A"}]}' });
    await handle(postForm(link, { type: 'edit', text: JSON.stringify({ lines }) }));

    const decided = await (await handle(get(link))).text();

    const rows = [
      ['A', '1', ''],
      ['B', '2', ''],
      ['C', '', ''],
      ['D', '–', 'x'],
    ].map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
    expect(decided).toContain(`${rows.join('')}</table>`);
  });

  it.each([
    ['a member that stands twice', '[{"a":1,"a":2},{"a":3,"b":4}]'],
    ['an object without members between others', '[{"a":1},{},{"a":2}]'],
  ])('shows a list with %s as rows', async (_, answer) => {
    expect((await page({ answer })).html).not.toContain('class="list"');
  });

  it.each([
    [-60_000, '1 minute ago'],
    [-1, 'just now'],
    [0, 'just now'],
    [1, 'in less than a minute'],
  ])('writes a time that is %d ms away as "%s"', (ms, words) => {
    expect(timeElement(1_000_000 + ms, 1_000_000)).toContain(` UTC (${words})</time>`);
  });

  it('leads to the decision from wherever one is on the page', async () => {
    const { html } = await page();
    expect(html).toMatch(/<p class="jump"><a href="#decision">[^<]+<\/a><\/p>\n<h2 id="decision">Your decision</);
    expect(html).toMatch(/\.jump \{ position: sticky; bottom: /);
  });

  it('shows an answer that is a list as one table', async () => {
    const { html } = await page({ answer: '[{"id":1},{"id":2}]' });
    const list = '<thead><tr><th scope="col">ID</th></tr></thead><tr><td>1</td></tr><tr><td>2</td></tr>';
    expect(html).toContain(`</summary><table class="list">${list}</table></details>`);
  });

  it('offers no approval of an answer without a text', async () => {
    const { html, handle, link } = await page({ answer: '' });

    expect([...html.matchAll(/name="type" value="(\w+)"/g)].map(([, type]) => type)).toEqual([
      'edit',
      'retry',
      'reject',
    ]);
    expect((await handle(postForm(link, { type: 'approve' }))).status).toBe(400);
  });

  it('says which answer was cancelled before it was complete', async () => {
    const history = [{ ...failedAttempt('{"total":'), estimatedTokens: 3 }];
    expect((await page({ history })).html).toContain('1 issue, cancelled before it was complete</summary>');
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

    expect(html).toContain('<b>Total:</b> Make total the sum.');
    expect(html).toContain('user:\nRead the invoice.');
    expect(html).toContain('Attempt 1, retry: 1 issue');
  });

  it.each([
    ['open', 'Read the invoice.'],
    ['folded where it would push the decision far down', 'Read. '.repeat(400)],
  ])('shows what the model was asked above the decision, %s', async (look, prompt) => {
    const { html } = await page({ prompt });

    expect(html).toContain(`<details${look === 'open' ? ' open' : ''}><summary>What the model was asked`);
    expect(html.indexOf('What the model was asked')).toBeLessThan(html.indexOf('Your decision'));
  });

  it('says in words for people what a link cannot do', async () => {
    const { handle, link, inbox, escalation } = await page({ prompt: 'Read.' });
    const asPage = { accept: 'text/html' };
    const over = await escalationLink({ url: mount, secret, escalation, ttlMs: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));

    expect(await (await handle(get(`${link}x`, asPage))).text()).toContain('<h1>This is not possible</h1>');
    expect(await (await handle(get(over, asPage))).text()).toContain('<h1>This link is over</h1>');
    expect((await inbox.get(escalation.id))?.state).toBe('pending');
  });

  it('says who is working on it, and decides in their place when it is told to', async () => {
    const { html, handle, link, inbox, escalation } = await page({ by: 'ann' });
    expect(html).toContain('ann is working on it.');
    expect(html).toContain('<input type="checkbox" name="takeOver" required> Decide in the place of ann');

    const unasked = await handle(postForm(link, { type: 'retry', advice: 'Add the lines.' }));
    expect([unasked.status, await unasked.text()]).toEqual([409, expect.stringContaining('Add the lines.</textarea>')]);
    expect((await inbox.get(escalation.id))?.state).toBe('pending');

    const asked = await handle(postForm(link, { type: 'approve', takeOver: 'on' }));
    expect(asked.status).toBe(303);
    expect(await inbox.get(escalation.id)).toMatchObject({ decision: { type: 'approve', by: 'a signed link' } });
  });
});

describe('the page of a link shows', () => {
  const issue = { message: 'Say more.', path: [], check: 'length', kind: 'content' as const };
  const attempt = failedAttempt('Short.');
  const failed = { ...attempt, verdict: { type: 'fail' as const, issues: [issue] } };
  const twice = { ...attempt, number: 2, verdict: { type: 'fail' as const, issues: [issue, issue] } };
  const passed = { ...attempt, number: 3, verdict: { type: 'pass' as const } };
  const at = '2026-01-01T00:00:00.000Z';
  const earlier = { type: 'decision' as const, stage: 'human', escalationId: 'e' };

  it.each<[string, Filed, shown: readonly string[], hidden: readonly string[]]>([
    ['no answer to approve where there is none', { history: [] }, ['Edit the answer'], ['Approve', 'What is wrong']],
    ['an issue with the answer as a whole', { history: [failed] }, ['<li>Say more.</li>'], ['<b>']],
    [
      'how many issues an attempt had',
      { history: [failed, twice, passed] },
      ['retry: 1 issue<', 'retry: 2 issues<', 'retry: 0 issues<'],
      [],
    ],
    [
      'what the reader has seen already',
      { released: 'Dear <b>Ada</b>' },
      ['has seen this much', '<pre>Dear &#60;b&#62;Ada'],
      [],
    ],
    ['nothing of what a reader saw where none did', {}, [], ['has seen this much']],
    [
      'what was decided before, oldest first, as text',
      {
        history: [
          failed,
          { ...earlier, decision: { type: 'retry', advice: 'Count <b>again</b>.', by: '<i>ann</i>', at } },
          twice,
          { ...earlier, decision: { type: 'edit', text: '13', at } },
          { ...earlier, decision: { type: 'escalate', reason: 'Ask Bob.', at } },
        ],
      },
      [
        '<h2>Earlier decisions</h2>\n<ol>\n<li>The model was sent back with advice by &#60;i&#62;ann&#60;/i&#62;, <time',
        '</time>.<pre>Count &#60;b&#62;again&#60;/b&#62;.</pre></li>\n<li>The answer was edited, <time',
        '</time>.<pre>13</pre></li>\n<li>This was passed on to the next person, <time',
        '</time>.<pre>Ask Bob.</pre></li>\n</ol>',
      ],
      ['<i>', '<b>'],
    ],
    ['no earlier decisions where there are none', { history: [failed] }, [], ['Earlier decisions']],
  ])('%s', async (_, filed, shown, hidden) => {
    const { html } = await page(filed);

    for (const text of shown) expect(html).toContain(text);
    for (const text of hidden) expect(html).not.toContain(text);
  });

  const call = { type: 'tool-call', toolCallId: '1', toolName: 'lookup', input: { query: 'Acme' } };
  it.each<[string, unknown, string]>([
    ['a system message', [{ role: 'system', content: 'Be brief.' }], 'system:\nBe brief.'],
    [
      'parts that are no text, as JSON',
      [{ role: 'assistant', content: [call] }],
      'assistant:\n{&#34;type&#34;:&#34;tool-call&#34;',
    ],
    [
      'several messages',
      [
        { role: 'system', content: 'A' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'B' },
            { type: 'text', text: 'C' },
          ],
        },
      ],
      'system:\nA\n\nuser:\nB\nC',
    ],
    ['a message without content', [{ role: 'user' }], 'user:\nnull'],
    ['a message of another form', [{ role: 7, content: { a: 1 } }], ':\n{&#34;a&#34;:1}'],
    ['a message that is none', ['hello'], ':\nnull'],
    ['a prompt of another form', { words: 'hello' }, '{\n  &#34;words&#34;: &#34;hello&#34;'],
  ])('%s', async (_, prompt, shown) => {
    const { html } = await page({ prompt: prompt as Prompt });

    expect(html).toContain(`What the model was asked</summary><pre>${shown}`);
  });
});

describe('the page of what was decided tells', () => {
  it.each<[Decision, string]>([
    [{ type: 'approve' }, 'The answer was approved by bob, <time'],
    [{ type: 'edit', text: '<b>13</b>' }, '<pre>&#60;b&#62;13&#60;/b&#62;</pre>'],
    [{ type: 'retry', advice: 'Add the lines.' }, '<pre>Add the lines.</pre>'],
    [{ type: 'reject', reason: 'Not ours.' }, '<pre>Not ours.</pre>'],
    [{ type: 'escalate' }, 'This was passed on to the next person by bob, <time'],
  ])('%j', async (decision, shown) => {
    const { handle, link, inbox, escalation } = await page();
    await inbox.decide(escalation.id, decision, { by: 'bob' });

    const html = await (await handle(get(link))).text();

    expect(html).toContain(shown);
    if (!('reason' in decision || 'text' in decision || 'advice' in decision)) expect(html).not.toContain('<pre>');
  });

  it.each<[string, Decision, Record<'before' | 'after', string>]>([
    [
      'an edit that fails the checks',
      { type: 'edit', text: 'Still no.' },
      {
        before: 'The correction was sent: The answer was edited. If it fails the checks, the team is asked again.',
        after:
          'The team was asked again: The answer was edited. The answer failed the checks, so the team was asked again.',
      },
    ],
    [
      'an edit that passes them',
      { type: 'edit', text: 'Yes.' },
      {
        before: 'The correction was sent: The answer was edited. If it fails the checks, the team is asked again.',
        after: 'This is decided: The answer was edited.',
      },
    ],
    [
      'an edit that nothing judges',
      { type: 'edit', text: 'Still no.', force: true },
      { before: 'This is decided: The answer was edited.', after: 'This is decided: The answer was edited.' },
    ],
    [
      'advice that does not help',
      { type: 'retry', advice: 'Say yes.' },
      {
        before: 'This is decided: The model was sent back with advice.',
        after:
          'The team was asked again: The model was sent back with advice. The answer failed the checks, so the team was asked again.',
      },
    ],
  ])('what comes of it, before and after the request goes on: %s', async (_, decision, told) => {
    const inbox = createInbox({ store: memoryStore() });
    const model = withStagedRetry(says('No.', 'No!'), {
      checks: [check('yes', ({ text }) => text === 'Yes.' || 'Say yes.')],
      stages: [human({ inbox })],
      scope: 'acme',
    });
    const run = () => generateText({ model, prompt: 'Yes or no?', maxRetries: 0 }).catch(() => {});
    await run();
    const [escalation] = (await inbox.list({})).escalations;
    if (escalation === undefined) throw new Error('Nothing was filed.');
    const handle = inboxHandler({ inbox, secret });
    const link = await escalationLink({ url: mount, secret, escalation });
    const said = async () => {
      const html = await (await handle(get(link))).text();
      const [, title, status = ''] = /<h1>(.*?)<\/h1>\n<p role="status">(.*?)<\/p>/.exec(html) ?? [];
      return `${title}: ${status.replace(/, <time.*?<\/time>/, '')}`;
    };

    await inbox.decide(escalation.id, decision);
    const before = await said();
    await run();

    expect({ before, after: await said() }).toEqual(told);
  });

  it('nobody where nobody is named', async () => {
    const { handle, link, inbox, escalation } = await page();
    await inbox.decide(escalation.id, { type: 'approve' });

    expect(await (await handle(get(link))).text()).toContain('The answer was approved, <time');
  });
});

describe('the page of a link about a very long answer', () => {
  it.each([
    ['text', '<'.repeat(1_000_000)],
    ['a list of numbers', `[${'1,'.repeat(400_000)}1]`],
    ['long strings', JSON.stringify({ a: Array.from({ length: 99 }, () => '<y'.repeat(5000)) })],
    ['hidden characters', '\u202e'.repeat(330_000)],
  ])('shows its beginning, and says what it leaves out: %s', async (_, answer) => {
    const { html } = await page({ answer });

    expect(html).toContain(`${(answer.length - 100_000).toLocaleString('en-US')} more characters are not shown`);
    // What is edited is all of it.
    expect(html.length).toBeLessThan(11 * answer.length);
  });

  it('leaves nothing out where it is long, and not very long', async () => {
    const { html } = await page({ answer: 'x'.repeat(100_000) });

    expect(html).toContain(`<pre>${'x'.repeat(100_000)}</pre>`);
    expect(html).not.toContain('not shown');
  });
});

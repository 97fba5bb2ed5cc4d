import { describe, expect, it, vi } from 'vitest';
import { escalationLink, inboxHandler } from '../../src/http/index.ts';
import type { JudgeEdit } from '../../src/http/links/edit-issue.ts';
import { failedAttempt, practiceInbox } from '../escalation/practice-inbox.ts';
import { get, mount, postForm } from './requests.ts';

type IssuePath = readonly (string | number)[];

const secret = 'the secret of the handler, 32 bytes';
const answer = '{ "id": 2512292042121000001, "lines": [{"unitPrice": 1.10, "is_paid":true}], "note":"caf\\u00e9" }';

async function open(proposal = answer, missing: readonly IssuePath[] = [], judgeEdit?: JudgeEdit) {
  const { inbox, file } = practiceInbox();
  const issues = missing.map((path) => ({ message: 'Is missing.', path, check: 'schema', kind: 'schema' as const }));
  const verdict = { type: 'fail' as const, issues };
  const history = missing.length === 0 ? {} : { history: [{ ...failedAttempt(proposal), verdict }] };
  const escalation = await file(proposal, history);
  const handle = inboxHandler({ inbox, secret, ...(judgeEdit && { judgeEdit }) });
  const link = await escalationLink({ url: mount, secret, escalation });
  const html = await (await handle(get(link))).text();
  const send = async (fields: Record<string, string>) => {
    const response = await handle(postForm(link, { type: 'edit', ...fields }));
    const { decision } = (await inbox.get(escalation.id)) ?? {};
    const text = decision?.type === 'edit' ? decision.text : undefined;
    return { status: response.status, text, html: await response.text() };
  };
  return { html, send };
}

describe('the form to correct a JSON answer', () => {
  it('has a field for each value, with a label for people, and for each that is missing', async () => {
    const { html } = await open();
    const labels = [...html.matchAll(/<label for="field-\d+">([^<]+)</g)].map(([, label]) => label);
    expect(labels).toEqual(['ID', 'Line 1 · Unit price', 'Line 1 · Is paid', 'Note', 'Total']);
    expect(html).toContain('Make total the sum.</span>');
  });

  it('changes what was corrected, and no other character', async () => {
    const { send } = await open();
    const fields = {
      'at:/id': '2512292042121000001',
      'at:/lines/0/unitPrice': '2.50',
      'at:/lines/0/is_paid': 'true',
      'at:/note': 'café',
    };
    expect(await send(fields)).toMatchObject({ status: 303, text: answer.replace('1.10', '2.50') });
  });

  it('adds a value that is missing, as the text it is, for the schema to read', async () => {
    const { send } = await open('{"vendor":"Acme"}');
    expect(await send({ 'at:/vendor': 'Acme', 'at:/total': '12.50' })).toMatchObject({
      text: '{"vendor":"Acme","total":"12.50"}',
    });
  });

  it('keeps a text a text, and decides nothing where a number is none', async () => {
    const { send } = await open('{"code":"007","n":1}');
    const { status, text, html } = await send({ 'at:/code': '008', 'at:/n': 'one' });
    expect([status, text]).toEqual([422, undefined]);
    expect(html).toMatch(
      /Write a number here, in digits alone, such as 1250 or 12\.50\.[\s\S]*name="at:\/n"[^>]* value="one"/,
    );
    expect(html).toContain('value="008"');
    expect(await send({ 'at:/code': '008', 'at:/n': '2' })).toMatchObject({ text: '{"code":"008","n":2}' });
  });

  it('decides nothing where the edit has issues, and shows them with what was written', async () => {
    const { send } = await open('{"n":1}', [], (text) =>
      text.includes('2') ? [{ path: ['n'], message: 'Make it odd.' }] : [],
    );
    const { status, text, html } = await send({ 'at:/n': '2' });
    expect([status, text]).toEqual([422, undefined]);
    expect(html).toContain('Make it odd.');
    expect(await send({ 'at:/n': '3' })).toMatchObject({ text: '{"n":3}' });
  });

  it('offers true and false, and makes of neither a text', async () => {
    const { html, send } = await open('{"paid":true}');
    expect(html).toContain('<option value="true" selected>yes</option><option value="false">no</option>');
    expect(await send({ 'at:/paid': 'false', 'at:/total': '' })).toMatchObject({ text: '{"paid":false}' });
    const { send: sendOther } = await open('{"paid":true}');
    expect(await sendOther({ 'at:/paid': 'maybe' })).toMatchObject({ text: '{"paid":"maybe"}' });
  });

  it.each([
    ['in lines', 'Dear Ada,\nyes.'],
    ['that opens with a line break', '\nDear Ada,'],
    ['that is long', 'a'.repeat(61)],
  ])('has room for a text %s', async (_, text) => {
    const { html } = await open(JSON.stringify({ text }));
    expect(html).toMatch(/<textarea id="field-0" name="at:\/text" rows="3">/);
    expect(html).toContain(`rows="3">\n${text}</textarea>`);
  });

  it('is not there for a text, nor for a document of many values', async () => {
    expect((await open('Dear Ada,')).html).not.toContain('field-0');
    expect((await open(JSON.stringify(Array.from({ length: 101 }, () => 1)))).html).not.toContain('field-0');
  });

  it.each<[string, IssuePath[], string[], string]>([
    ['{"a":1}', [['b']], ['at:/b'], '{"a":1,"b":"v"}'],
    ['{}', [['b'], ['c']], ['at:/b', 'at:/c'], '{"b":"v","c":"v"}'],
    ['{"x":{}}', [['x', 'b'], ['c'], ['x', 'd']], ['at:/x/b', 'at:/c', 'at:/x/d'], '{"x":{"b":"v","d":"v"},"c":"v"}'],
    [
      '{"l":[]}',
      [
        ['l', 0],
        ['l', 1],
      ],
      ['at:/l/0'],
      '{"l":["v"]}',
    ],
    [
      '{"l":[1]}',
      [
        ['l', 1],
        ['l', 1],
        ['l', 3],
      ],
      ['at:/l/1'],
      '{"l":[1,"v"]}',
    ],
    ['{"a":1}', [['b', 'c'], ['d']], ['at:/d'], '{"a":1,"d":"v"}'],
    ['{"lines":[]}', [['lines', 5, 'a'], ['lines'], ['d']], ['at:/d'], '{"lines":[],"d":"v"}'],
    ['{"a":null}', [['a', 'b'], ['d']], ['at:/d'], '{"a":null,"d":"v"}'],
    ['{"__proto__":{}}', [['__proto__', 'a']], ['at:/__proto__/a'], '{"__proto__":{"a":"v"}}'],
    ['[]', [[0], ['length']], ['at:/0'], '["v"]'],
  ])(
    'has a field for what is missing in %s at %j only where it finds a place',
    async (proposal, missing, names, text) => {
      const { html, send } = await open(proposal, missing);
      const shown = [...html.matchAll(/ name="(at:[^"]+)" aria-describedby/g)].map(([, name]) => name);
      expect(shown).toEqual(names);
      const typed = missing.map((path) => [`at:/${path.join('/')}`, 'v']);
      expect(await send(Object.fromEntries(typed))).toMatchObject({ status: 303, text });
    },
  );

  it.each([
    ['CRLF', 'Street 1\r\nTown', 'Street 1\r\nTown'],
    ['LF', 'Street 1\nTown', 'Street 1\r\nTown'],
    ['CR', 'a\rb', 'a\r\nb'],
    ['all three', 'a\r\nb\nc\rd', 'a\r\nb\r\nc\r\nd'],
    ['NUL and half a pair', 'a\0b\ud800c', 'a\ufffdb\ufffdc'],
  ])('keeps what nobody touched as it was, although a browser sends it otherwise: %s', async (_, before, sent) => {
    const { html, send } = await open(JSON.stringify({ before, total: 1 }));
    if (/[\r\n]/.test(before)) expect(html).toContain('<textarea id="field-0" name="at:/before"');
    expect(await send({ 'at:/before': sent, 'at:/total': '2' })).toMatchObject({
      text: JSON.stringify({ before, total: 2 }),
    });
  });

  it('breaks the lines of what is edited as they were broken before', async () => {
    const { send } = await open(JSON.stringify({ text: 'a\r\nb' }));
    expect(await send({ 'at:/text': 'a\r\nb\r\nc' })).toMatchObject({ text: JSON.stringify({ text: 'a\r\nb\r\nc' }) });
  });

  it('spells out beside a field what hides in its value', async () => {
    const { html } = await open(JSON.stringify({ plain: 'yes', name: '\u202eRVAE' }));
    expect(html).toContain('It holds hidden characters: [U+202E]RVAE');
    expect(html.match(/It holds hidden/g)).toHaveLength(1);
    expect(html).toMatch(/aria-describedby="field-1-hint" value="\u202eRVAE"/);
  });

  it('writes nothing at places that its page did not show', async () => {
    const { send } = await open('{"a":1}');
    expect(await send({ 'at:/a': '1', 'at:/__proto__/x': '2', 'at:/b': '3' })).toMatchObject({ text: '{"a":1}' });
  });
});

it('tells times as people do', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-26T11:30:00Z'), toFake: ['Date'] });
  try {
    expect((await open()).html).toMatch(
      /Decide by <time datetime="[^"]+">[A-Z][a-z]+ \d+, 2026 at [\d:]+\s[AP]M UTC \(in \d+ (?:days|hours)\)/,
    );
  } finally {
    vi.useRealTimers();
  }
});

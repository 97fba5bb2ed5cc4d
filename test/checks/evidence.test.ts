import { describe, expect, test, vi } from 'vitest';
import { readable, readableInSteps } from '../../src/checks/evidence/fold.ts';
import { type CitationsOptions, citations, language, links, noContradiction, url } from '../../src/checks/index.ts';
import { atOnce } from '../../src/effects/in-turns.ts';
import { type Check, CheckCrashedError } from '../../src/index.ts';
import { runCheck } from '../../src/testing/index.ts';
import { errorOf, says, saysJson } from '../fixtures.ts';

const messagesOf = async (check: Check, answer: unknown, context = {}) => {
  const verdict = await runCheck(check, typeof answer === 'string' ? answer : JSON.stringify(answer), context);
  return verdict.type === 'fail' ? verdict.issues.map(({ message, path }) => [...path, message].join(' ')) : [];
};

describe('citations', () => {
  const sources = {
    'doc-1': 'Returns are free within 30 days. The buyer keeps the receipt.',
    'doc-2': 'Shipping to islands takes two more days.',
  };
  const check = (options: Partial<CitationsOptions> = {}) => citations({ sources, ...options });

  test.each([
    'Returns are free within 30 days [doc-1].',
    'The terms say that “returns are free within 30 days” [doc-1], and islands take longer [doc-1, doc-2].',
    'They say "Returns are free … The buyer keeps the receipt" [doc-1].',
    'They say "Shipping to islands takes two more days".',
    'A [sic] in brackets, a [link](https://example.com), and a list [x] are no references.',
    'Nothing is cited.',
  ])('lets pass: %s', async (text) => {
    expect(await messagesOf(check(), text)).toEqual([]);
  });

  test.each([
    ['Returns are free [doc-3].', 'Name a source there is, in place of "doc-3": doc-1, doc-2.'],
    [
      'They say "Returns are free within 60 days" [doc-1].',
      'Quote word for word, or leave the quotation out: source doc-1 does not have it: "Returns are free within 60 days".',
    ],
    [
      'They say "Shipping to islands takes two more days" [doc-1].',
      'Refer to source doc-2 for the quotation "Shipping to islands takes two more days": it is there, not in doc-1.',
    ],
    [
      'They say "we never ship to islands".',
      'Quote word for word, or leave the quotation out: no source has it: "we never ship to islands".',
    ],
  ])('refuses: %s', async (text, message) => {
    expect(await messagesOf(check(), text)).toEqual([message]);
  });

  test('numbers the sources of a list, and takes the marks of several systems', async () => {
    const numbered = citations({ sources: Object.values(sources) });
    expect(await messagesOf(numbered, 'Free [1], slow [^2], both [1; 2], here 【2†source】.')).toEqual([]);
    expect(await messagesOf(numbered, 'Free [3], slow 【4†source】.')).toHaveLength(2);
  });

  test('judges the members of a JSON answer', async () => {
    const answer = {
      claims: [
        { text: 'Free returns', source: 'doc-1', quote: 'Returns are free within 30 days.' },
        { text: 'No', source: 'doc-9', quote: 'Never.' },
        { text: 'Slow', source: ['doc-2'], quote: 'Shipping takes a week.' },
      ],
    };
    expect(await messagesOf(check(), answer)).toEqual([
      'claims 1 source Name a source there is, in place of "doc-9": doc-1, doc-2.',
      'claims 2 quote Quote word for word, or leave the quotation out: source doc-2 does not have it: "Shipping takes a week.".',
    ]);
    expect(await messagesOf(check({ members: { source: 'ref', quote: 'says' } }), { ref: 'doc-3' })).toHaveLength(1);
  });

  test('may want a reference, and sources that come with the call', async () => {
    expect(await messagesOf(check({ required: true }), 'Returns are free.')).toEqual([
      'Name the sources the answer rests on: doc-1, doc-2.',
    ]);
    const late = citations({ sources: ({ toolResults }) => toolResults.map(({ output }) => String(output)) });
    const toolResults = [{ toolName: 'search', output: 'Islands take longer.' }];
    expect(await messagesOf(late, 'It says "islands take longer" [1].', { toolResults })).toEqual([]);
  });
});

describe('noContradiction', () => {
  const found = (answer: string, other: string) => ({
    contradictions: [{ answer, other, message: 'Settle on one date.' }],
  });
  const answer = 'We open on 3 May. Doors open at nine. The opening is on 5 May.';

  test('tells passages that stand where the model says they do', async () => {
    const check = noContradiction({ model: saysJson(found('We open on 3 May.', 'The opening is on 5 May.')) });
    expect(await messagesOf(check, answer)).toEqual([
      'Settle on one date. "We open on 3 May." contradicts "The opening is on 5 May.".',
    ]);
  });

  test('does not believe passages that stand nowhere', async () => {
    const check = noContradiction({ model: saysJson(found('We open on 3 May.', 'We are closed in May.')) });
    expect(await messagesOf(check, answer)).toEqual([]);
    const same = noContradiction({ model: saysJson(found('We open on 3 May.', 'we open on 3 may')) });
    expect(await messagesOf(same, answer)).toEqual([]);
  });

  test('looks at the prompt and at given texts too', async () => {
    const model = saysJson(found('We open on 3 May.', 'We are closed in May.'));
    const params = { prompt: [{ role: 'user', content: [{ type: 'text', text: 'We are closed in May.' }] }] };
    expect(await messagesOf(noContradiction({ model }), answer, { params })).toHaveLength(1);
    const given = noContradiction({ model, sources: async () => ['We are closed in May.'] });
    expect(await messagesOf(given, answer)).toHaveLength(1);
  });

  test('is at fault itself when no verdict comes', async () => {
    const error = await errorOf(runCheck(noContradiction({ model: says('Hm.') }), answer));
    expect(CheckCrashedError.isInstance(error)).toBe(true);
    expect(() => noContradiction({} as never)).toThrow(/needs a model/);
  });
});

describe('language', () => {
  const texts: readonly (readonly [code: string, text: string])[] = [
    ['en', 'The order was sent on Monday and will be with you by the end of the week.'],
    ['de', 'Die Bestellung wurde am Montag verschickt und wird bis zum Ende der Woche bei Ihnen sein.'],
    ['fr', 'La commande a été envoyée lundi et sera chez vous avant la fin de la semaine.'],
    ['es', 'El pedido se envió el lunes y estará con usted antes de que termine la semana.'],
    ['it', 'L’ordine è stato spedito lunedì e sarà da voi prima della fine della settimana.'],
    ['pt', 'O pedido foi enviado na segunda-feira e estará com você até o fim da semana.'],
    ['nl', 'De bestelling is maandag verstuurd en zal voor het einde van de week bij u zijn.'],
    ['pl', 'Zamówienie zostało wysłane w poniedziałek i będzie u Państwa do końca tygodnia, jak się umówiliśmy.'],
    ['sv', 'Beställningen skickades i måndags och kommer att vara hos dig före slutet av veckan.'],
    ['tr', 'Sipariş pazartesi günü gönderildi ve bu hafta sonuna kadar sizde olacak gibi görünüyor.'],
    ['ru', 'Заказ был отправлен в понедельник и будет у вас до конца недели.'],
    ['ja', 'ご注文は月曜日に発送され、週末までにお届けします。'],
    ['zh', '订单已于星期一发出，将在周末之前送达。'],
    ['ko', '주문하신 상품은 월요일에 발송되었으며 주말까지 도착합니다.'],
    ['ar', 'تم إرسال الطلب يوم الاثنين وسيصل إليكم قبل نهاية الأسبوع.'],
    ['el', 'Η παραγγελία στάλθηκε τη Δευτέρα και θα φτάσει πριν το τέλος της εβδομάδας.'],
  ];

  test.each(texts)('tells %s', async (code, text) => {
    expect(await messagesOf(language(code), text)).toEqual([]);
    const other = code === 'fr' ? 'de' : 'fr';
    expect(await messagesOf(language(other), text)).toHaveLength(1);
  });

  test.each(['Acme GmbH, 12 EUR', 'OK', '', '42', 'Paris, Lyon, Marseille, Lille, Nantes, Nice, Bordeaux'])(
    'lets pass what says nothing: %j',
    async (text) => {
      expect(await messagesOf(language('en'), text)).toEqual([]);
    },
  );

  test('leaves out code, links and quotations, and the short strings of a JSON answer', async () => {
    const german = 'Die Datei wird mit dem folgenden Befehl geöffnet, der auch auf dem Server geht:';
    expect(
      await messagesOf(
        language('de'),
        `${german}\n\`\`\`sh\n# the command that opens the file for you and for them\nopen it\n\`\`\``,
      ),
    ).toEqual([]);
    expect(await messagesOf(language('de'), { title: 'The end of it', body: german })).toHaveLength(0);
    expect(await messagesOf(language('en'), { title: 'Ende der Liste', body: german })).toEqual([
      'Write the answer in English; it is in German.',
    ]);
  });

  test('takes several, and refuses what it does not know', async () => {
    expect(await messagesOf(language(['en', 'de-AT']), texts[1]?.[1])).toEqual([]);
    expect(() => language('tlh')).toThrow(/language\(\) knows .*not "tlh"/);
  });
});

describe('links and url', () => {
  test.each([
    ['See https://example.com/a_(b), http://sub.example.com.', []],
    ['See [here](https://example.com/x?y=1#z) and [below](#below).', []],
    ['See https://localhost/x.', ['Correct the host of the link "https://localhost/x".']],
    ['See [here](exa mple.com).', []],
    ['See [here](example).', ['Correct the link "example": it is no URL.']],
    ['See ftp://example.com/x.', ['Use https, http, mailto, or tel in the link "ftp://example.com/x".']],
    ['See https://.', ['Correct the link "https://": it is no URL.']],
  ])('judges %s', async (text, expected) => {
    expect(await messagesOf(links(), text)).toEqual(expected);
  });

  test('keeps to the allowed hosts', async () => {
    const check = links({ hosts: ['example.com'] });
    expect(await messagesOf(check, 'https://docs.example.com and https://example.com.evil.test')).toEqual([
      'Link to example.com alone; leave out "https://example.com.evil.test".',
    ]);
  });

  test('judges a place of a JSON answer', async () => {
    const check = url(['home', 'pages.0'], { protocols: ['https'] });
    expect(await messagesOf(check, { home: 'https://example.com', pages: ['http://example.com'] })).toEqual([
      'pages 0 Use https in the link "http://example.com".',
    ]);
    expect(await messagesOf(check, { home: 3 })).toEqual([
      'home Give a URL here, as a string.',
      'pages 0 Give a URL here, as a string.',
    ]);
  });

  test('asks only when it is told to, and never a private network', async () => {
    const asked: string[] = [];
    const request = (async (link: string, { method }: RequestInit) => {
      asked.push(`${method} ${link}`);
      if (link.endsWith('slow')) throw new DOMException('late', 'TimeoutError');
      if (link.endsWith('nowhere')) throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } });
      return new Response(null, { status: link.endsWith('gone') || method === 'HEAD' ? 404 : 200 });
    }) as typeof fetch;
    const text = ['there', 'gone', 'slow', 'nowhere'].map((page) => `https://example.com/${page}`).join(' ');
    expect(await messagesOf(links(), text)).toEqual([]);
    expect(asked).toEqual([]);
    const told = await messagesOf(
      links({ reachable: { fetch: request } }),
      `${text} http://169.254.169.254/meta http://db.internal/x`,
    );
    expect(told.map((message) => /link "(.*?)"/.exec(message)?.[1])).toEqual([
      'https://example.com/gone',
      'https://example.com/nowhere',
      'http://169.254.169.254/meta',
      'http://db.internal/x',
    ]);
    expect(asked.some((call) => /169|internal/.test(call))).toBe(false);
  });
});

describe.each([
  ['citations', citations({ sources: ['a text'] })],
  ['language', language('de')],
  ['links', links()],
])('%s comes to an end', (_, check) => {
  test.each([
    ['brackets', '[1'.repeat(450_000)],
    ['quotes', '“a b '.repeat(180_000)],
    ['links', 'https://'.repeat(120_000)],
    ['closing', ']('.repeat(450_000)],
    ['ten megabytes', 'die der das '.repeat(850_000)],
    ['levels', `${'{"a":['.repeat(10_000)}1${']}'.repeat(10_000)}`],
  ])('on many %s', async (__, text) => {
    expect(['pass', 'fail']).toContain((await runCheck(check, text)).type);
  });
});

describe('tricky links, references and languages', () => {
  test.each([
    'See https://example.com/a_(b).',
    '[a](https://example.com/x?y=1#z "A title")',
    '[Write to us](mailto:a@example.com) or [call](tel:+491234567).',
    'It runs at `http://localhost:3000`.',
    '```sh\ncurl http://api:8080/\n```',
  ])('has no fault in %j', async (text) => {
    expect(await runCheck(links(), text)).toEqual({ type: 'pass' });
  });

  test.each([
    '[a](javascript:alert(1))',
    '[a](data:text/html,hello)',
    'https://google.com@evil.example/',
    '[a](https://https://example.com)',
  ])('finds the fault in %j', async (text) => {
    expect(await runCheck(links(), text)).toMatchObject({ type: 'fail' });
  });

  test('holds hosts in code to the list too', async () => {
    expect(await runCheck(links({ hosts: ['example.com'] }), 'Run `curl https://evil.example/x`.')).toMatchObject({
      type: 'fail',
    });
  });

  test('takes an index in code for no reference', async () => {
    const judge = citations({ sources: ['The tower is 324 m tall.'] });
    expect(await runCheck(judge, 'Read `a[7]`: it is 324 m tall [1].')).toEqual({ type: 'pass' });
    expect(await runCheck(judge, 'It is 324 m tall [7].')).toMatchObject({ type: 'fail' });
  });

  test('knows Norwegian by its common code', async () => {
    expect(await runCheck(language('no'), 'Fakturaen ble sendt på mandag, og den må betales nå.')).toEqual({
      type: 'pass',
    });
  });
});

describe('language, links and citations at their edges', () => {
  test.each(['你好', 'Καλημέρα'])('%s alone is too short to tell its language', async (text) => {
    expect(await messagesOf(language('en'), text)).toEqual([]);
  });

  test('needs a language', () => {
    expect(() => language([])).toThrow(/^language\(\) knows .*; not \[\]\.$/);
  });

  test('reads the first fifty thousand characters of a JSON answer', async () => {
    const german = 'Die Datei wird mit dem folgenden Befehl geöffnet, der auch auf dem Server geht. ';
    expect(
      await messagesOf(language('de'), { a: german.repeat(700), b: 'This is of the end and it is not read. ' }),
    ).toEqual([]);
  });

  test('judges two hundred links', async () => {
    const text = Array.from({ length: 300 }, (_, page) => `ftp://example.com/${page}`).join(' ');
    expect(await messagesOf(links(), text)).toHaveLength(200);
  });

  test.each([{ hosts: ['https://example.com'] }, { protocols: ['https:'] }, { hosts: [7 as never] }])(
    'takes no %j',
    (options) => {
      expect(() => links(options)).toThrow(/take protocols as 'https' and hosts as 'example.com'; .* is neither/);
      expect(() => url('home', options)).toThrow(/is neither/);
    },
  );

  test('asks with the fetch there is, and for pages alone', async () => {
    const asked: unknown[] = [];
    vi.stubGlobal('fetch', async (link: unknown) => {
      asked.push(link);
      return new Response(null, { status: 410 });
    });
    try {
      const text = 'See https://example.com/a and [write](mailto:a@example.com).';
      expect(await messagesOf(links({ reachable: true }), text)).toEqual([
        'Leave out or replace the link "https://example.com/a": there is nothing.',
      ]);
      expect(await messagesOf(url('home', { reachable: true }), { home: 'http://[::1]/' })).toHaveLength(1);
      expect(asked).toEqual(['https://example.com/a']);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('names twenty sources at most', async () => {
    const check = citations({ sources: Array.from({ length: 25 }, (_, index) => `Text ${index}.`), required: true });
    expect(await messagesOf(check, 'Nothing.')).toEqual([
      `Name the sources the answer rests on: ${Array.from({ length: 20 }, (_, index) => index + 1).join(', ')}, ….`,
    ]);
  });

  test('takes a word or two in quotation marks for no quotation', async () => {
    expect(await messagesOf(citations({ sources: ['A text.'] }), 'They call it "not free".')).toEqual([]);
  });
});

test.each([
  ['As they say [1-3], [2–3] and [1, 2 - 3].', []],
  ['"Two two two" [1-2] and "two two two" [2-3].', []],
  ['As they say [2-5].', ['4', '5']],
  ['As they say [^3–4], in [2019-2021], [0-9], [3-1], [1-1000], [a-z] and `[1-9]`.', ['4']],
])('citations reads ranges: %s', async (text, unknown) => {
  const check = citations({ sources: ['One one one.', 'Two two two.', 'Three.'], required: true });
  expect(await messagesOf(check, text)).toEqual(
    unknown.map((id) => expect.stringContaining(`Name a source there is, in place of "${id}"`)),
  );
});

test('citations reads ranges of ids that begin alike, and none in ids that have a dash', async () => {
  const ids = citations({ sources: { 'doc-1': 'One.', 'doc-2': 'Two.' }, required: true });
  expect(await messagesOf(ids, 'As they say [doc-1–doc-2], [doc-1-doc-2].')).toEqual([]);
  expect(await messagesOf(ids, 'As they say [doc-1–doc-3].')).toHaveLength(1);
  const parts = citations({ sources: { '1-3': 'One.' }, required: true });
  expect(await messagesOf(parts, 'As they say [1-3].')).toEqual([]);
});

test.each(['Cafe\u0301 ٣٫٥ kg ', 'e\u0301', '٣', 'ﷺ \u0301', '\u0301', '😀'])(
  'a long text of %j reads the same in steps',
  (piece) => {
    for (const text of [piece.repeat(20_000), `a${piece.repeat(20_000)}`])
      expect(atOnce(readableInSteps(text))).toBe(readable(text));
  },
);

import { expect, test } from 'vitest';
import { links, url } from '../../src/checks/index.ts';
import type { Check } from '../../src/index.ts';
import { runCheck } from '../../src/testing/index.ts';

const found = async (check: Check, answer: unknown) => {
  const verdict = await runCheck(check, typeof answer === 'string' ? answer : JSON.stringify(answer));
  return verdict.type === 'fail' ? verdict.issues.map(({ path, message }) => [...path, message].join(' ')) : [];
};

test.each([
  'See https://example.com/a, http://example.com/b; (https://example.com/c_(d)) or https://example.com...',
  'Write to [us](mailto:help@example.com) or [call](tel:+4930123456).',
  '[Up](#top) [here](/a) [there](./b)',
  'In code: `ftp://files.example.com/a` and\n```\nftp://files.example.com/b\n```',
  'A dot behind the host: https://example.com./a',
  'An address in brackets: http://[2001:db8::1]:8080/a, [there](http://[::1]/a) or [http://example.com/a].',
  'The program at www.example.com, a@www.example.com',
])('lets pass: %s', async (text) => {
  expect(await found(links(), text)).toEqual([]);
});

test.each([
  ['ftp://example.com/a', 'Use https, http, mailto, or tel in the link "ftp://example.com/a".'],
  ['https://localhost/a', 'Correct the host of the link "https://localhost/a".'],
  ['http://example/a', 'Correct the host of the link "http://example/a".'],
  ['https://.example.com/a', 'Correct the host of the link "https://.example.com/a".'],
  ['https://a@example.com/', 'Leave the user name out of the link "https://a@example.com/": it hides the host.'],
  ['https://:b@example.com/', 'Leave the user name out of the link "https://:b@example.com/": it hides the host.'],
  ['https://exa%mple.com/', 'Correct the link "https://exa%mple.com/": it is no URL.'],
])('faults %s', async (link, message) => {
  expect(await found(links(), `See ${link} there`)).toEqual([message]);
});

test('judges each link, and tells each once and at most two hundred', async () => {
  expect(await found(links(), 'ftp://a.example ftp://a.example ftp://a.example!?')).toHaveLength(1);
  const many = Array.from({ length: 250 }, (_, index) => `ftp://a${index}.example`).join(' ');
  expect(await found(links(), many)).toHaveLength(200);
  const sound = Array.from({ length: 5000 }, (_, index) => `https://a${index}.example`).join(' ');
  expect(await found(links(), `${sound} ftp://a.example`)).toHaveLength(1);
  expect(await found(links(), `${' '.repeat(10_000_000)}ftp://a.example`)).toEqual([
    'Shorten the text to 10000000 characters; links after that are not checked.',
  ]);
  const shops = Array.from({ length: 10_000 }, () => ({ link: 'https://example.com' }));
  expect(await found(url('shops.*.link'), { shops })).toEqual(['Put fewer than 10000 links there.']);
});

test('shows the beginning of a long link', async () => {
  const [message] = await found(links(), `ftp://example.com/${'a'.repeat(300)}`);
  expect(message).toBe(`Use https, http, mailto, or tel in the link "ftp://example.com/${'a'.repeat(182)}".`);
});

test('allows hosts and those below them, in code too', async () => {
  const ours = links({ hosts: ['example.com', 'example.org'] });
  expect(await found(ours, 'https://example.com https://docs.example.org/a [us](mailto:a@b.example)')).toEqual([]);
  const message = (link: string) => `Link to example.com, example.org alone; leave out "${link}".`;
  expect(await found(ours, '`https://evil.example`')).toEqual([message('https://evil.example')]);
  const inDigits = ['http://[2001:db8::1]:8080/a', '//[::1]/a'];
  expect(await found(ours, inDigits.join(' '))).toEqual(inDigits.map(message));
  expect(await found(links({ hosts: ['[::1]'] }), 'http://[::1]/a')).toEqual([]);
  expect(await found(ours, 'www.example.com, (www.docs.example.org/a?b) a@www.evil.example awww.evil.example')).toEqual(
    [],
  );
  for (const host of ['www.evil.example', 'WWW.EVIL.EXAMPLE', 'www.evil.example/a?b'])
    for (const text of [`See ${host}.`, `(${host})`, `\`${host}\``])
      expect(await found(ours, text)).toEqual([message(host)]);
  expect(await found(ours, { at: 'www.evil.example' })).toEqual([`at ${message('www.evil.example')}`]);
  expect(await found(ours, 'www.example.com@evil.example')).toEqual([expect.stringContaining('it hides the host')]);
  expect(await found(ours, 'https://notexample.com')).toEqual([message('https://notexample.com')]);
});

test.each([
  '[a](javascript:alert(1))',
  '[a]( JavaScript:alert(1))',
  '[a](\njavascript:alert(1))',
  '[a](<javascript:alert(1)>)',
  '[a](javascript\\:alert(1))',
  '[a](java&#115;cript:alert(1))',
  '[a](javascript&colon;alert(1))',
  '[a]: javascript:alert(1)',
  '<javascript:alert(1)>',
  '<a href="javascript:alert(1)">a</a>',
  "<a href=' java&Tab;script:alert(1)'>a</a>",
  '<a href=vbscript:x>a</a>',
  '<form action="javascript:alert(1)">',
  'Open javascript:alert(1) in the browser',
  '![a](data:text/html;base64,PHNjcmlwdD4=)',
  '<img src="data:text/html,x">',
  'Open data:text/html,<b>x</b>',
  '[a](file:/etc/passwd)',
])('finds the scheme of %s', async (text) => {
  expect(await found(links(), text)).toEqual([expect.stringMatching(/^Use https, http, mailto, or tel in the link /)]);
});

test.each([
  '[a](//evil.example/b)',
  '[a](/\\evil.example/b)',
  '[a](\\\\\\\\evil.example/b)',
  '[a](https:evil.example)',
  '[a](https:\\\\evil.example)',
  '[a](&#47;&#47;evil.example)',
  '[a]: //evil.example/b',
  '<a href="//evil.example">a</a>',
  '<a href=/\\evil.example>a</a>',
  'See //evil.example/b there',
  'url(//evil.example/b)',
  'http:\\/\\/evil.example',
  '{"a":"\\u0068ttps:\\/\\/evil.example"}',
  '{"https:\\/\\/evil.example":1}',
  'So: {"a":"\\u0068ttps://evil.example"}',
])('finds the host of %s', async (text) => {
  expect(await found(links({ hosts: ['example.com'] }), text)).toContainEqual(
    expect.stringContaining('Link to example.com alone'),
  );
});

test.each([
  'The data: 5 rows; in JavaScript: use `map`. Ratio 3://4, // a comment, path //share, a//b.c',
  'const a = 1; // see README.md, //todo(me)',
  '<img src="a.png" srcset="b.png 2x"> <a href="#top"> <a href="/a"> <a href="docs/a.md">',
  '[1]: https://example.com/a "Title"\n[^1]: A footnote',
  '{"code":"```\\nftp://a.example\\n```","a":"https://example.com"}',
  'std::vector<a::b> and a < b: c > d',
  'So: {"a":"See:\\nhttps://example.com"}',
])('takes none of this for a link: %s', async (text) => {
  expect(await found(links({ hosts: ['example.com'] }), text.replace('ftp://a.example', 'x'))).toEqual([]);
  expect(await found(links(), text)).toEqual([]);
});

test('tells where in a JSON answer a link stands', async () => {
  expect(await found(links(), { shops: [{ text: 'See ftp://a.example' }] })).toEqual([
    'shops 0 text Use https, http, mailto, or tel in the link "ftp://a.example".',
  ]);
});

test('judges the values at places, each of a list', async () => {
  const check = url(['home', 'shops.*.link']);
  const answer = { home: 'https://example.com', shops: [{ link: 'http://a.example/b' }, { link: 'htp://a' }, {}] };
  expect(await found(check, answer)).toEqual([
    'shops 1 link Use https or http in the link "htp://a".',
    'shops 2 link Give a URL here, as a string.',
  ]);
  expect(await found(url('home'), { home: ' https://example.com' })).toEqual([
    'home Correct the link " https://example.com": it is no URL.',
  ]);
  expect(await found(url('home'), { home: 'https://example.com/a b' })).toHaveLength(1);
  expect(await found(url('home'), { home: 'https://[2001:db8::1]/a' })).toEqual([]);
  expect(await found(url('home'), { home: '  ' })).toEqual(['home Give a URL here, as a string.']);
  expect(await found(url('home', { protocols: ['mailto'] }), { home: 'mailto:a@example.com' })).toEqual([]);
  expect(
    await found(url('home', { hosts: ['example.com'], protocols: ['https'] }), { home: 'http://a.example' }),
  ).toEqual(['home Use https in the link "http://a.example".']);
});

test('asks for at most twenty links, once they are sound', async () => {
  const asked: string[] = [];
  const fetch = async (input: unknown) => {
    asked.push(String(input));
    return new Response(null, { status: String(input).endsWith('7') ? 404 : 200 });
  };
  const text = `ftp://a.example ${Array.from({ length: 25 }, (_, index) => `https://example.com/${index}`).join(' ')}`;
  expect(await found(links({ reachable: { fetch: fetch as typeof globalThis.fetch } }), text)).toEqual([
    'Use https, http, mailto, or tel in the link "ftp://a.example".',
    'Leave out or replace the link "https://example.com/7": there is nothing.',
    'Leave out or replace the link "https://example.com/17": there is nothing.',
  ]);
  expect(new Set(asked).size).toBe(20);
  expect(await found(links({ reachable: true }), 'https://127.0.0.1/a')).toEqual([
    'Leave out or replace the link "https://127.0.0.1/a": there is nothing.',
  ]);
});

test.each([
  'metadata.google.internal',
  'metadata.google.internal.',
  'a.localhost.',
  'printer.lan.',
  'kubernetes.default.svc',
  'router.home.arpa',
  'db.corp',
  '127.0.0.1',
  '[::1]',
])('requests nothing of a private network: %s', async (host) => {
  const asked: string[] = [];
  const fetch = async (input: unknown) => {
    asked.push(String(input));
    return new Response();
  };
  const check = links({ reachable: { fetch: fetch as typeof globalThis.fetch } });
  expect(await runCheck(check, `See http://${host}/a and https://example.com/b`)).toMatchObject({ type: 'fail' });
  expect(asked.filter((url) => !url.startsWith('https://example.com'))).toEqual([]);
});

test('refuses protocols and hosts that are none', () => {
  const message = (bad: string) =>
    `links() and url() take protocols as 'https' and hosts as 'example.com'; ${bad} is neither.`;
  expect(() => links({ protocols: ['https://'] })).toThrow(message('"https://"'));
  expect(() => url('a', { hosts: ['https://example.com'] })).toThrow(message('"https://example.com"'));
  expect(() => links({ hosts: [5 as never] })).toThrow(expect.objectContaining({ argument: 'links' }));
  expect(() => links({ hosts: ['example.com'], protocols: ['a', ''] })).toThrow(message('""'));
  expect([links().name, url('a').name, links({ name: 'l' }).name, url('a', { name: 'u' }).name]).toEqual([
    ...['links', 'url', 'l', 'u'],
  ]);
});

test('an entity that stands for no character hides no scheme', async () => {
  expect(await found(links(), '[a](java&#1114112;script:alert(1))')).toHaveLength(1);
});

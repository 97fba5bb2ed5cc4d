import { describe, expect, it } from 'vitest';
import { type CacheRecord, parseRecord, recordText } from '../../src/cache/cache-record.ts';
import { createCipher } from '../../src/cache/cipher.ts';
import { cachedResult, type Entry } from '../../src/cache/entry.ts';
import type { GenerateResult } from '../../src/model/language-model.ts';
import { noUsage } from '../../src/trace/usage.ts';

const result: GenerateResult = {
  content: [{ type: 'text', text: 'The answer.' }],
  finishReason: { unified: 'stop', raw: 'stop' },
  usage: noUsage,
  warnings: [],
  request: { body: 'secret request' },
  response: {
    id: 'r1',
    modelId: 'm1',
    timestamp: new Date('2026-01-02T03:04:05.678Z'),
    headers: { 'set-cookie': 'secret header' },
    body: 'secret body',
  },
};
const attempt = { number: 1, stage: 'retry', model: 'm1', startedAt: '2026-01-02T03:04:05.000Z', durationMs: 12 };

function entryWith(more: Partial<GenerateResult> = {}): Entry {
  return { createdAt: 1, attempt, result: cachedResult({ ...result, ...more }) };
}

const record: CacheRecord = { type: 'entry', entry: entryWith() };

describe('a record', () => {
  it('comes back as it was, its timestamp a date', () => {
    const parsed = parseRecord('key', recordText('key', record));
    expect(parsed).toEqual(record);
    expect(parsed?.type === 'entry' && parsed.entry.result.response?.timestamp).toBeInstanceOf(Date);
  });

  it('keeps nothing of the request, the headers and the body', () => {
    expect(recordText('key', record)).not.toContain('secret');
  });

  it.each([
    ['bytes of v3', { type: 'file', mediaType: 'image/png', data: Uint8Array.of(0, 128, 255) }],
    ['bytes of v4', { type: 'file', mediaType: 'image/png', data: { type: 'data', data: Uint8Array.of(1, 2) } }],
    ['base64', { type: 'file', mediaType: 'image/png', data: 'AAEC' }],
  ] as const)('keeps a file of %s', (_, file) => {
    const entry = entryWith({ content: [file] });
    expect(parseRecord('key', recordText('key', { type: 'entry', entry }))).toEqual({ type: 'entry', entry });
  });

  it('keeps the text that the SDK is to parse', () => {
    const entry = entryWith({ structuredOutputText: '{"total":12}' });
    const parsed = parseRecord('key', recordText('key', { type: 'entry', entry }));
    expect(parsed).toMatchObject({ entry: { result: { structuredOutputText: '{"total":12}' } } });
  });

  it('is none at another key', () => {
    expect(parseRecord('other', recordText('key', record))).toBeUndefined();
  });

  it.each([
    ['no JSON', '{"v":1'],
    ['another value', '"text"'],
    ['null', 'null'],
    ['another version', recordText('key', record).replace('"v":1', '"v":0')],
    ['an unknown type', recordText('key', record).replace('"type":"entry"', '"type":"future"')],
    ['an entry without a result', '{"v":1,"key":"key","type":"entry","entry":{"createdAt":1}}'],
    ['content that is none', recordText('key', record).replace('"type":"text"', '"kind":"text"')],
    ['an unfinished answer', recordText('key', record).replace('"unified":"stop"', '"unified":"length"')],
    [
      'text for the SDK to parse that is none',
      recordText('key', record).replace('"finishReason"', '"structuredOutputText":1,"finishReason"'),
    ],
    [
      'metadata that are none',
      recordText('key', record).replace('"finishReason"', '"providerMetadata":{"openai":1},"finishReason"'),
    ],
    ['an attempt whose fixes are no list', recordText('key', record).replace('"stage"', '"fixes":{},"stage"')],
    ['an attempt with a fix that is none', recordText('key', record).replace('"stage"', '"fixes":[1],"stage"')],
    ['an attempt of a stage that is none', recordText('key', record).replace('"stage":"retry"', '"stage":1')],
    ['an attempt of no number', recordText('key', record).replace('"number":1', '"number":"1"')],
    ['an uncached run of no time', '{"v":1,"key":"key","type":"uncached","token":"t","failures":0}'],
    ['a failed run of no time', '{"v":1,"key":"key","type":"failure","token":"t","failures":0,"failure":{}}'],
    [
      'a failed run without its failure',
      '{"v":1,"key":"key","type":"failure","token":"t","failures":0,"at":1,"failure":null}',
    ],
    [
      'a failed run whose failure is none',
      '{"v":1,"key":"key","type":"failure","token":"t","failures":0,"at":1,"failure":"x"}',
    ],
    ['a turn of no type', '{"v":1,"key":"key","type":"turn","token":"t","failures":0}'],
    ['a lease without a token', '{"v":1,"key":"key","type":"lease","failures":0}'],
  ])('is none for %s', (_, text) => {
    expect(parseRecord('key', text)).toBeUndefined();
  });

  it.each([
    ['an id and a model that are no text', '"id":"r1","modelId":"m1"', '"id":1,"modelId":2', ['timestamp']],
    ['a time that is none', '"timestamp":"', '"timestamp":"no ', ['id', 'modelId']],
  ])('leaves out %s of the response', (_, was, text, left) => {
    const parsed = parseRecord('key', recordText('key', record).replace(was, text));
    expect(parsed?.type === 'entry' && Object.keys(parsed.entry.result.response ?? {})).toEqual(left);
  });

  it.each<Pick<CacheRecord, 'type'>>([
    { type: 'lease' },
    { type: 'released' },
    { type: 'uncached', at: 1 } as { type: 'uncached' },
  ])('keeps a turn with the older answer: %o', (kind) => {
    const turn = { ...kind, token: 't', failures: 1, previous: entryWith() } as CacheRecord;
    expect(parseRecord('key', recordText('key', turn))).toEqual(turn);
  });

  it.each(['__proto__', '\\u005f_proto__', '__\\u0070roto__'])('drops a member %s', (name) => {
    const text = recordText('key', record).replace('"type":"text"', `"${name}":{"isAdmin":true},"type":"text"`);
    const parsed = parseRecord('key', text);
    const part = parsed?.type === 'entry' ? parsed.entry.result.content[0] : undefined;

    expect(part).toEqual({ type: 'text', text: 'The answer.' });
    expect(Object.assign({}, part)).not.toHaveProperty('isAdmin');
  });

  it('keeps a text that speaks of __proto__', () => {
    const entry = entryWith({ content: [{ type: 'text', text: '{"__proto__":1}' }] });
    expect(parseRecord('key', recordText('key', { type: 'entry', entry }))).toEqual({ type: 'entry', entry });
  });
});

describe('a sealed text', () => {
  const [old, current, next] = ['the old secret of ours', 'the current secret of ours', 'the next secret of ours'];

  it('is opened with its key, at its place', async () => {
    const cipher = createCipher({ key: current });
    const sealed = await cipher.seal('plain words', 'place');

    expect(sealed).not.toContain('plain words');
    expect(await cipher.open(sealed, 'place')).toBe('plain words');
    expect(await cipher.open(sealed, 'another place')).toBeUndefined();
    expect(await cipher.open(`${sealed.slice(0, -3)}AAA`, 'place')).toBeUndefined();
    expect(await cipher.open('plain words', 'place')).toBeUndefined();
  });

  it('never looks the same twice', async () => {
    const cipher = createCipher({ key: current });
    expect(await cipher.seal('words', 'place')).not.toBe(await cipher.seal('words', 'place'));
  });

  it('is opened with the previous key while keys are rotated', async () => {
    const sealed = await createCipher({ key: old }).seal('words', 'place');
    const rotating = createCipher({ current, previous: old });

    expect(await rotating.open(sealed, 'place')).toBe('words');
    expect(await createCipher({ key: current }).open(await rotating.seal('new', 'place'), 'place')).toBe('new');
    expect(await createCipher({ current: next, previous: current }).open(sealed, 'place')).toBeUndefined();
  });

  it('takes a key of Web Crypto', async () => {
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const cipher = createCipher({ key });
    expect(await cipher.open(await cipher.seal('words', 'place'), 'place')).toBe('words');
  });
});

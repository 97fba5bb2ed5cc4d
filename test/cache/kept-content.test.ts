import { describe, expect, test } from 'vitest';
import { keptContent } from '../../src/cache/kept-content.ts';

const bytes = new Uint8Array([104, 105]);

describe('content that is kept', () => {
  test.each<[string, object, object]>([
    ['text', { type: 'text', text: 'a', providerMetadata: { openai: {} } }, {}],
    ['reasoning', { type: 'reasoning', text: 'a' }, {}],
    ['a source on the web', { type: 'source', id: 's', sourceType: 'url', url: 'https://a.test', title: 'A' }, {}],
    ['a source that is a document', { type: 'source', id: 's', sourceType: 'document', mediaType: 'text/plain' }, {}],
    ['a custom part', { type: 'custom', kind: 'openai.note' }, {}],
    ['a file in base64', { type: 'file', mediaType: 'image/png', data: 'aGk=' }, {}],
    ['a file of bytes', { type: 'file', mediaType: 'image/png', data: { bytes: 'aGk=' } }, { data: bytes }],
    [
      'a file of tagged bytes',
      { type: 'reasoning-file', mediaType: 'image/png', data: { type: 'data', data: { bytes: 'aGk=' } } },
      { data: { type: 'data', data: bytes } },
    ],
    [
      'a file of tagged base64',
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'aGk=' } },
      { data: { type: 'data', data: 'aGk=' } },
    ],
    [
      'a file at an address',
      { type: 'file', mediaType: 'image/png', data: { type: 'url', url: 'https://a.test/b' } },
      { data: { type: 'url', url: new URL('https://a.test/b') } },
    ],
  ])('%s comes back as it was', (_, part, changed) => {
    expect(keptContent([part])).toEqual([{ ...part, ...changed }]);
  });
});

describe('an entry with something else in it is none', () => {
  const file = { type: 'file', mediaType: 'image/png' };
  test.each<[string, unknown]>([
    ['no list', { type: 'text', text: 'a' }],
    ['null', [null]],
    ['a list in a list', [[]]],
    ['a call', [{ type: 'tool-call', toolCallId: '1', toolName: 'pay', input: '{}' }]],
    [
      'a good part beside a bad one',
      [
        { type: 'text', text: 'a' },
        { type: 'text', text: 1 },
      ],
    ],
    ['text that is none', [{ type: 'text', text: 1 }]],
    ['reasoning that is none', [{ type: 'reasoning' }]],
    ['metadata that is no object', [{ type: 'text', text: 'a', providerMetadata: 'b' }]],
    ['metadata of a provider that is no object', [{ type: 'text', text: 'a', providerMetadata: { openai: 'b' } }]],
    ['a source without an id', [{ type: 'source', sourceType: 'url', url: 'https://a.test' }]],
    ['a source without its kind', [{ type: 'source', id: 's', mediaType: 'text/plain' }]],
    ['a source on the web without an address', [{ type: 'source', id: 's', sourceType: 'url', mediaType: 'a/b' }]],
    ['a document without its type', [{ type: 'source', id: 's', sourceType: 'document', url: 'https://a.test' }]],
    ['a title that is none', [{ type: 'source', id: 's', sourceType: 'url', url: 'https://a.test', title: 1 }]],
    ['a custom part without its kind', [{ type: 'custom' }]],
    ['a file without its type', [{ type: 'file', data: 'aGk=' }]],
    ['a file without data', [file]],
    ['a file of a number', [{ ...file, data: 1 }]],
    ['a file of what is no base64', [{ ...file, data: { bytes: '%' } }]],
    ['a file of bytes that are none', [{ ...file, data: { bytes: 1 } }]],
    ['a file of tagged data that is none', [{ ...file, data: { type: 'data', data: 1 } }]],
    ['a file in a file', [{ ...file, data: { type: 'data', data: { type: 'url', url: 'https://a.test' } } }]],
    ['a file at no address', [{ ...file, data: { type: 'url', url: 'a' } }]],
    ['a file of a kind there is not', [{ ...file, data: { type: 'other', data: 'aGk=' } }]],
  ])('%s', (_, content) => {
    expect(keptContent(content)).toBeUndefined();
  });
});

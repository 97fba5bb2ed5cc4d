import { generateText, streamText } from 'ai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemEffects } from '../../src/effects/effects.ts';
import { raced } from '../../src/effects/waiting.ts';
import { memoryStore, reportOf, type Store, withStagedRetry } from '../../src/index.ts';
import { type ScriptedModel, scriptedModel } from '../../src/testing/index.ts';

/** An answer of every kind of part that is kept. */
const kept = {
  content: [
    { type: 'reasoning', text: 'Let me think.', providerMetadata: { openai: { itemId: 'r1' } } },
    { type: 'text', text: 'The kept answer.' },
    { type: 'source', sourceType: 'url', id: '1', url: 'https://example.com', title: 'An example' },
    { type: 'file', mediaType: 'image/png', data: { type: 'data', data: Uint8Array.of(1, 2, 3) } },
    { type: 'custom', kind: 'x.note' },
  ],
  response: { id: 'r', modelId: 'm', timestamp: new Date(0) },
} as const;

/** A store that notes the one key it was given, and its text. */
function notingStore() {
  const store = memoryStore();
  const noted = { key: '', text: '' };
  const noting: Store = {
    ...store,
    set(key, text, options) {
      Object.assign(noted, { key, text });
      return store.set(key, text, options);
    },
  };
  return { store: noting, noted };
}

const wrap = (model: ScriptedModel, store: Store) =>
  withStagedRetry(model, { scope: 'tenant', cache: { store }, checks: [{ name: 'any', test: () => true }] });

async function generated(model: ReturnType<typeof wrap>) {
  const { text, providerMetadata } = await generateText({ model, prompt: 'Hello', maxRetries: 0 });
  return { text, status: reportOf(providerMetadata)?.cache?.status };
}

async function streamed(model: ReturnType<typeof wrap>) {
  const result = streamText({ model, prompt: 'Hello', maxRetries: 0, onError: () => {} });
  await result.consumeStream();
  return { text: await result.text, status: reportOf(await result.providerMetadata)?.cache?.status };
}

const rejections: unknown[] = [];
const note = (reason: unknown) => void rejections.push(reason);
beforeEach(() => {
  rejections.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
});

/** What an entry with a changed text is served as, generated and streamed. */
async function served(change: (text: string) => string) {
  const { store, noted } = notingStore();
  await generated(wrap(scriptedModel([kept]), store));
  const { key, text } = noted;
  const outcomes = [];
  for (const ask of [generated, streamed]) {
    await store.set(key, change(text));
    const asking = ask(wrap(scriptedModel(['The new answer.']), store));
    outcomes.push(await raced(asking, { timeoutMs: 2000, effects: systemEffects }));
  }
  return outcomes;
}

const again = { text: 'The new answer.', status: 'miss' };
const hit = { text: 'The kept answer.', status: 'hit' };

describe('an entry of the cache', () => {
  it('is served as it was kept', async () => {
    expect(await served((text) => text)).toEqual([hit, hit]);
  });

  it.each([
    ['a text part without text', (text: string) => text.replace('"text":"The kept answer."', '"words":1')],
    ['bad base64', (text: string) => text.replace('{"bytes":"AQID"}', '{"bytes":"§"}')],
    [
      'a call of a tool',
      (text: string) =>
        text.replace('"content":[', '"content":[{"type":"tool-call","toolCallId":"1","toolName":"pay","input":"{}"},'),
    ],
    [
      'the result of a tool',
      (text: string) =>
        text.replace('"content":[', '"content":[{"type":"tool-result","toolCallId":"1","toolName":"pay","result":1},'),
    ],
    [
      'a request for approval',
      (text: string) =>
        text.replace('"content":[', '"content":[{"type":"tool-approval-request","approvalId":"1","toolCallId":"1"},'),
    ],
    ['a part of no known type', (text: string) => text.replace('"type":"custom"', '"type":"secret"')],
  ])('that has %s is a miss', async (_, change) => {
    expect(await served(change)).toEqual([again, again]);
  });

  it('that has anything else anywhere is served or a miss, and never hangs, throws or calls', async () => {
    const { store, noted } = notingStore();
    await generated(wrap(scriptedModel([kept]), store));
    const { key, text } = noted;
    for (const path of pathsOf(JSON.parse(text))) {
      for (const junk of [null, 1, 'x', [], {}, [null], { toString: 1, valueOf: 1 }]) {
        const changed = JSON.stringify(withJunk(JSON.parse(text), path, junk));
        for (const ask of [generated, streamed]) {
          await store.set(key, changed);
          const model = wrap(scriptedModel(['The new answer.']), store);
          const outcome = await raced(ask(model), { timeoutMs: 2000, effects: systemEffects }).catch(
            (error) => new Error(`${path.join('/')} = ${JSON.stringify(junk)}`, { cause: error }),
          );
          const isServed = 'status' in outcome && outcome.status === 'hit';
          if (isServed) expect(outcome.text).toMatch(/^The kept answer\.$|^x$|^$/);
          else expect(outcome).toEqual(again);
        }
      }
    }
  });
});

it('an entry that was not encrypted is a miss where entries are', async () => {
  const { store } = notingStore();
  await generated(wrap(scriptedModel([kept]), store));
  const encrypting = (answer: string) =>
    withStagedRetry(scriptedModel([answer]), {
      scope: 'tenant',
      cache: { store, encrypt: { key: 'a secret of sixteen' } },
      checks: [{ name: 'any', test: () => true }],
    });
  expect(await generated(encrypting('The new answer.'))).toEqual(again);
  expect(await generated(encrypting('Another.'))).toEqual({ text: 'The new answer.', status: 'hit' });
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const members = Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]));
  return [path, ...members];
}

function withJunk(value: unknown, [name, ...rest]: Path, junk: unknown): unknown {
  if (name === undefined) return junk;
  const members = value as Record<string, unknown>; // the path was found in it
  members[name] = withJunk(members[name], rest, junk);
  return members;
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { memoryStore, withStagedRetry } from '../../src/index.ts';
import type { CallOptions, LanguageModel } from '../../src/model/language-model.ts';
import { scriptedModel } from '../../src/testing/index.ts';

/** 20,000 calls by default; `SOAK=200000` for the whole of it (about a minute and a half). */
const count = Number(process.env.SOAK ?? 20_000);
const limitBytes = 150 * 1024 * 1024;

it(`${count} calls with distinct prompts keep the process within 150 MB of its start`, {
  timeout: 600_000,
}, async () => {
  const model = forgetful();
  const cache = { store: memoryStore({ maxBytes: 32 * 1024 * 1024 }), ttlMs: 3_600_000, singleFlight: true };
  const wrapped = withStagedRetry(model, { scope: 'public', cache }) as unknown as LanguageModel;
  for (let call = 0; call < 500; call += 1) await ask(wrapped, `before ${call}`);
  const before = memory();
  let highest = 0;
  for (let call = 0; call < count; call += 1) {
    await ask(wrapped, `question ${call} ${'with some more words '.repeat(20)}`);
    if (call % 2000 === 0) highest = Math.max(highest, memory());
  }
  expect(highest - before).toBeLessThan(limitBytes);
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** The whole process, without the garbage that V8 would let grow to a quarter of a gigabyte before it looks. */
function memory(): number {
  collectGarbage();
  return process.memoryUsage().rss;
}

async function ask(model: LanguageModel, text: string): Promise<void> {
  const prompt: CallOptions['prompt'] = [{ role: 'user', content: [{ type: 'text', text }] }];
  await model.doGenerate({ prompt });
}

/** A model that remembers no call. */
function forgetful(): ReturnType<typeof scriptedModel> {
  const model = scriptedModel([
    () => {
      model.calls.length = 0;
      return `an answer ${'of some length '.repeat(30)}`;
    },
  ]);
  return model;
}

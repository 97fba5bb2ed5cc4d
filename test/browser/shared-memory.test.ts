import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/index.ts';
import { storeContract } from '../../src/testing/index.ts';
import { type App, startApp, storeKey } from './app.ts';
import { describeInBrowser } from './chromium.ts';

// Named by a variable: the app is compiled on its own, against the built package.
const remoteStorePath = '../../examples/next/lib/remote-store.ts';

describeInBrowser('the memory that both runtimes of the app share', () => {
  let app: App;
  let createStore: (url: string, key: string) => Store;
  beforeAll(async () => {
    ({ remoteStore: createStore } = await import(remoteStorePath));
    app = await startApp();
  });
  afterAll(() => app?.stop());

  describe('is a store', () => {
    // What makes no sense it refuses too, with an error of another class.
    const cases = storeContract(() => createStore(`${app.url}/api/store`, storeKey));
    for (const { title, run } of cases) if (!title.startsWith('refuses')) test(title, run);
  });

  test('is closed to everybody else', async () => {
    await expect(createStore(`${app.url}/api/store`, 'a guess').get('run:1')).rejects.toThrow('404');
  });
});

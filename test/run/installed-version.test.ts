import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, expect, test, vi } from 'vitest';

const major = Number.parseInt(
  JSON.parse(readFileSync(createRequire(import.meta.url).resolve('ai/package.json'), 'utf8')).version,
  10,
);
const installed = major >= 7 ? 'v4' : 'v3';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** What a model that is named by its id says of itself, in a runtime whose `process` is this. */
async function versionWith(process: object | undefined, isAsked: (version: unknown) => boolean): Promise<unknown> {
  vi.resetModules();
  const { withStagedRetry } = await import('../../src/index.ts');
  vi.stubGlobal('process', process);
  const { specificationVersion } = withStagedRetry('openai/gpt-5-mini', {});
  if (isAsked(specificationVersion)) return specificationVersion;
  return undefined;
}

test.each<[string, object | undefined]>([
  ['Node', process],
  ['a runtime without a process', undefined],
  ['a runtime without built-in modules', { env: {} }],
  ['a runtime whose package says no version', { getBuiltinModule: () => ({ createRequire: () => () => ({}) }) }],
  [
    'a runtime that cannot load the package',
    {
      getBuiltinModule: () => ({
        createRequire: () => () => {
          throw new Error('No.');
        },
      }),
    },
  ],
])('a model named by its id has the version of the installed SDK, in %s', async (_, host) => {
  expect(await versionWith(host, () => true)).toBe(installed);
});

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    coverage: {
      include: ['src/**/*.ts'],
      reportsDirectory: '.tmp/coverage',
      reporter: ['text', 'json', 'json-summary'],
      reportOnFailure: true,
      thresholds: { lines: 97, branches: 96 },
    },
    reporters:
      process.env.CI === undefined ? ['default'] : ['default', ['json', { outputFile: '.tmp/test-results.json' }]],
    projects: [
      {
        test: {
          name: 'package',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          // A machine that runs two suites at once takes three times as long; a test that hangs takes for ever.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Most tests wait for a server, so two at once are no strain on two cores; Vitest's default there is one.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/*.test.ts'],
          globalSetup: 'test/browser/build-app.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
          // A browser on a busy machine stalls now and then; the report says what had to be tried twice.
          retry: 1,
          // After the others and one by one: a browser and a server want both cores for themselves.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

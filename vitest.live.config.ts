import { defineConfig } from 'vitest/config';

/** The tests that ask a real model: `npm run test:live`. */
export default defineConfig({
  test: {
    reporters: ['verbose'], // shows why a suite was skipped
    include: ['test/live/**/*.live.ts'],
    testTimeout: 180_000,
    fileParallelism: false,
  },
});

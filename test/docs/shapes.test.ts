import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Made once for a model, a store, a schema or a check's call, not for each answer; a lazy value only where a text may be JSON. */
const allowed = [
  'src/answers/candidate.ts',
  'src/checks/judging/judging-model.ts',
  'src/incremental/schema/keywords/enum.ts',
  'src/provider/metered-model.ts',
  'src/stores/expiring-map.ts',
  'src/stores/memory-index.ts',
  'src/with-staged-retry.ts',
];

test('what a run makes is no object literal with a getter', () => {
  const files = globSync('src/**/*.ts').map((file) => [file, readFileSync(file, 'utf8')] as const);
  const literal = files.filter(([, text]) => /^\s+get \w+\(\)/m.test(text) && !/^\s*(?:export )?class /m.test(text));
  expect(literal.map(([file]) => file.replaceAll('\\', '/')).sort()).toEqual(allowed);
});

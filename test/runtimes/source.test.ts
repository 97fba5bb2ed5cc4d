import { describe, test } from 'vitest';
import { behaviours } from './behaviours/index.ts';

describe('from source', () => {
  for (const { title, run } of behaviours) test(title, run);
});

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a process exits by itself when its runs are over', async () => {
  const program = fileURLToPath(new URL('runs-to-the-end.ts', import.meta.url));
  // A process that is killed for taking too long rejects.
  const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 15_000 });

  expect(stdout).toBe('All runs are over.\n');
});

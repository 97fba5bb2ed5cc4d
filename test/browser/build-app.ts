import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hasChromium } from './chromium.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the app once for all of its tests, as `npm run example:next:build` does; `APP_IS_BUILT=1` takes the one that is there. */
export async function setup(): Promise<void> {
  if (!hasChromium || process.env.APP_IS_BUILT !== undefined) return;
  await run('node', 'scripts/build.ts');
  await run('next', 'build', 'examples/next');
}

async function run(command: string, ...args: readonly string[]): Promise<void> {
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  await promisify(execFile)(`${root}node_modules/.bin/${command}`, args, { cwd: root, env });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The built app, started. */
export interface App {
  readonly url: string;
  /** What the server has written to its log as an error. */
  readonly errors: readonly string[];
  stop(): Promise<void>;
}

export const passphrase = 'open sesame';
/** Of the memory that the two runtimes share. */
export const storeKey = 'key of the memory';
export const secret = 'a secret of the tests, thirty-two bytes long and more';

const folder = fileURLToPath(new URL('../../examples/next/', import.meta.url));
const next = fileURLToPath(new URL('../../node_modules/next/dist/bin/next', import.meta.url));

/** `next start` on a free port, with the practice model and a memory of its own unless `env` says otherwise. */
export async function startApp(env: Readonly<Record<string, string>> = {}): Promise<App> {
  const { PATH } = process.env;
  const server = spawn(process.execPath, [next, 'start', '-p', '0'], {
    cwd: folder,
    env: {
      PATH,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      INBOX_PASSPHRASE: passphrase,
      INBOX_SECRET: secret,
      LOCAL_STORE_KEY: storeKey,
      PRACTICE_DELAY_MS: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithUs = () => server.kill('SIGKILL');
  process.once('exit', killWithUs);
  const errors: string[] = [];
  createInterface(server.stderr).on('line', (line) => {
    // Next.js says at every start that it will drop this runtime.
    if (/^\s*⚠ .*Edge Runtime is deprecated/i.test(line)) return;
    errors.push(line);
    console.error(line);
  });
  let url: string | undefined;
  for await (const line of createInterface(server.stdout)) {
    url ??= /http:\/\/localhost:\d+/.exec(line)?.[0];
    if (line.includes('Ready in')) break;
  }
  server.stdout.resume();
  if (url === undefined) throw new Error('The app did not start.');
  return {
    url,
    errors,
    async stop() {
      process.off('exit', killWithUs);
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}

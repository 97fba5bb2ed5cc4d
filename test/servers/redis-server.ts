import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A real `redis-server` of one's own, to break. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Hangs: accepts connections and answers nothing. */
  pause(): void;
  resume(): void;
  /** Dies at once, with its data. */
  kill(): Promise<void>;
  /** Comes back, empty, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;

/** Starts on a free port in a folder of its own; `settings` are more of redis.conf, as `{ maxmemory: '2mb' }`. */
export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  try {
    return await startOn(await freePort(), settings);
  } catch {
    return await startOn(await freePort(), settings);
  }
}

/** Fails when somebody took the port meanwhile. */
async function startOn(port: number, settings: Readonly<Record<string, string>>): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  let child = await launch();
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);

  async function launch(): Promise<ChildProcess> {
    const all = { port: String(port), bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no', ...settings };
    const server = spawn(
      'redis-server',
      Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
    );
    for await (const line of createInterface(server.stdout)) {
      if (!line.includes('Ready to accept connections')) continue;
      server.stdout.resume();
      return server;
    }
    throw new Error(`redis-server did not start on port ${port}.`);
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill,
    async restart() {
      await kill();
      child = await launch();
    },
    async stop() {
      process.off('exit', killWithUs);
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

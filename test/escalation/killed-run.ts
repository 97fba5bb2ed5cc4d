import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

/** What a run said before it ended. */
export interface Said {
  readonly what: 'began' | 'announced' | 'filed' | 'confirmed' | 'resumed';
  readonly scope: string;
  readonly id: string;
}

export interface EscalatingProgram {
  /** Starts runs, each some milliseconds late, and kills their process after `killAfterMs`, or lets it end. */
  run(options: {
    readonly url: string;
    readonly runs: readonly { readonly scope: string; readonly delayMs: number }[];
    readonly killAfterMs?: number;
  }): Promise<{ readonly said: readonly Said[]; readonly elapsedMs: number }>;
  remove(): Promise<void>;
}

/** The program in one file, since it is started so often. */
export async function buildEscalatingProgram(): Promise<EscalatingProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'escalating-run-'));
  const outfile = join(folder, 'program.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'programs/escalating-run.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['ai'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });

  return {
    async run({ url, runs, killAfterMs }) {
      const names = runs.map(({ scope, delayMs }) => `${scope}:${delayMs}`);
      const child = spawn(process.execPath, [outfile, url, ...names], { stdio: ['pipe', 'pipe', 'inherit'] });
      const ended = once(child, 'exit');
      const lines: string[] = [];
      let startedAt = 0;
      for await (const line of createInterface(child.stdout)) {
        if (line !== 'ready') {
          lines.push(line);
          continue;
        }
        start(child, killAfterMs);
        startedAt = performance.now();
      }
      await ended;
      return { said: lines.map(toSaid), elapsedMs: performance.now() - startedAt };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function start(child: ChildProcess, killAfterMs: number | undefined): void {
  child.stdin?.on('error', () => {});
  child.stdin?.end('go\n');
  if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
}

function toSaid(line: string): Said {
  const [what, scope = '', id = ''] = line.split(' ');
  return { what: what as Said['what'], scope, id };
}

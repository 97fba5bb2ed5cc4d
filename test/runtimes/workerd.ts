import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Runs a bundled module in workerd, the runtime of Cloudflare Workers, and returns the JSON of its `results()`. The only
 * flag is that of `AsyncLocalStorage`: there is no Node.
 */
export async function runInWorkerd(module: string): Promise<string> {
  const folder = dirname(module);
  writeFileSync(join(folder, 'serve.mjs'), serve(basename(module)));
  writeFileSync(join(folder, 'config.capnp'), config(basename(module)));
  const child = spawn(resolve('node_modules/.bin/workerd'), ['serve', 'config.capnp', '--control-fd=3'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (data) => errors.push(String(data)));
  try {
    const port = await portOf(child.stdio[3] as NodeJS.ReadableStream, child, errors);
    const response = await fetch(`http://127.0.0.1:${port}/`);
    const text = await response.text();
    if (!response.ok) throw new Error(`workerd answered ${response.status}: ${text}\n${errors.join('')}`);
    return text;
  } finally {
    child.kill('SIGKILL');
  }
}

/** The port that workerd chose, as it says on its control pipe. */
function portOf(control: NodeJS.ReadableStream, child: NodeJS.EventEmitter, errors: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    control.on('data', (data) => {
      const port = /"port":\s*(\d+)/.exec(String(data))?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', (code) => reject(new Error(`workerd ended with ${code}: ${errors.join('')}`)));
  });
}

function serve(module: string): string {
  return `
    import { results } from './${module}';
    export default { fetch: async () => Response.json(await results()) };
  `;
}

function config(module: string): string {
  return `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [(name = "main", worker = .worker)],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
    );
    const worker :Workerd.Worker = (
      modules = [
        (name = "serve.mjs", esModule = embed "serve.mjs"),
        (name = "${module}", esModule = embed "${module}"),
      ],
      compatibilityDate = "2025-09-01",
      compatibilityFlags = ["nodejs_als"],
    );
  `;
}

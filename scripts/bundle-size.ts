import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/**
 * What programs of users weigh: bundled for the edge, minified, compressed with brotli, peers apart. `first` is what loads
 * at once; the rest comes in chunks when it is used.
 */
interface Program {
  readonly source: string;
  /** The most bytes that may load at once. */
  readonly budget: number;
}

const programs: Readonly<Record<string, Program>> = {
  "the README's first program": {
    source: `export { logEvents, withStagedRetry } from 'ai-staged-retry';`,
    budget: 32_000,
  },
  'the validator': {
    source: `export { incrementalValidator } from 'ai-staged-retry/incremental';`,
    budget: 26_000,
  },
  'the validator and the reader': { source: `export * from 'ai-staged-retry/incremental';`, budget: 43_000 },
  'checks and stages of a configuration': {
    source: `export { withStagedRetry } from 'ai-staged-retry'; export * from 'ai-staged-retry/config';`,
    budget: 132_000,
  },
  'the inbox over HTTP': { source: `export { inboxHandler } from 'ai-staged-retry/http';`, budget: 27_000 },
  'the store on Upstash': { source: `export { upstashStore } from 'ai-staged-retry/upstash';`, budget: 4_000 },
};

const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  peerDependencies: Record<string, string>;
};

let isOver = false;
for (const [name, { source, budget }] of Object.entries(programs)) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    outdir: 'bundle',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['edge-light', 'worker', 'import'],
    external: Object.keys(peerDependencies),
    metafile: true,
    logLevel: 'error',
  });
  const atOnce = staticImports(metafile);
  let first = 0;
  let later = 0;
  for (const { path, contents } of outputFiles) {
    const bytes = brotliCompressSync(contents).length;
    if (atOnce.has(relative(process.cwd(), path))) first += bytes;
    else later += bytes;
  }
  const verdict = first > budget ? `over its ${budget}` : 'within budget';
  isOver ||= first > budget;
  console.log(`${name.padEnd(30)} ${String(first).padStart(6)} B at once, ${later} B later, ${verdict}`);
}
process.exitCode = isOver ? 1 : 0;

/** The files that load with the program, chunks it imports included. */
function staticImports({ outputs }: Metafile): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = Object.keys(outputs).filter((path) => path.endsWith('stdin.js'));
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && imported in outputs) pending.push(imported);
    }
  }
  return found;
}

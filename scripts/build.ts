import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type ChunkingContext, rolldown } from 'rolldown';
import { configSchema } from '../src/config/json-schema.ts';

/**
 * Builds what is published: each entry of `exports` as an ES module, with what they share in chunks, the types beside
 * them, and the JSON Schema of a configuration. Source maps name the files of `src`, which are published too, and do not repeat them.
 */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, { default?: string }>;
};
const modules = Object.values(exports).flatMap(({ default: module }) => module ?? []);
const names = modules.map((module) => module.replace('./dist/', '').replace(/\.js$/, ''));
const common = {
  platform: 'neutral',
  external: (id: string) => !/^[./]/.test(id),
  treeshake: { moduleSideEffects: false },
} as const;
const output = {
  dir: 'dist',
  chunkFileNames: 'chunks/[name]-[hash].js',
  sourcemap: true,
  sourcemapExcludeSources: true,
} as const;

/** What browsers load, in a file that needs no other: not every bundler leaves out what a chunk holds besides. */
const forBrowsers = 'http/inbox-client';

rmSync('dist', { recursive: true, force: true });
const browserBundle = await rolldown({ ...common, input: { [forBrowsers]: `src/${forBrowsers}.ts` } });
await browserBundle.write(output);

const bundle = await rolldown({
  ...common,
  input: Object.fromEntries(names.map((name) => [name, `src/${name}.ts`])),
  plugins: [
    {
      name: 'for-browsers',
      resolveId: (id, importer) =>
        importer !== undefined && resolve(dirname(importer), id) === resolve(`src/${forBrowsers}.ts`)
          ? { id: `./${basename(forBrowsers)}.js`, external: 'absolute' }
          : null,
    },
  ],
});
await bundle.write({
  ...output,
  codeSplitting: {
    // What every first program loads, in two chunks: in many small ones it would compress a quarter worse and load slower.
    groups: [
      // Its emitter is a CommonJS module, which bundlers keep wherever it is imported.
      { name: 'events', priority: 3, test: /src\/events\.ts$/ },
      { debugName: 'base', priority: 2, name: (id, context) => (isBase(id, context) ? 'base' : null) },
      { debugName: 'core', priority: 1, name: (id, context) => (isCore(id, context) ? 'core' : null) },
    ],
  },
});
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
writeFileSync('dist/config.schema.json', `${JSON.stringify(configSchema())}\n`);

/** What every first program loads, and what bundlers load with it, because the main entry exports it and later parts use it too. */
function isCore(id: string, context: ChunkingContext): boolean {
  const first = ['with-staged-retry', 'telemetry/log-events'];
  const exported = ['errors/index', 'feedback/feedback', 'limits/billed', 'stores/guarded-store'];
  return loadedBy([...first, ...exported], context).has(id);
}

/** What entries that wrap no model need of the core; they are not to load the rest of it. */
function isBase(id: string, context: ChunkingContext): boolean {
  const light = names.filter((name) => /^(http|stores|incremental|mcp)\//.test(name));
  return isCore(id, context) && loadedBy(light, context).has(id);
}

/** The modules that load at once with those of these names. */
function loadedBy(names: readonly string[], context: ChunkingContext): ReadonlySet<string> {
  const found = new Set(names.map((name) => resolve(`src/${name}.ts`)));
  for (const id of found) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

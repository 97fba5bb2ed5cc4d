import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { configSchema } from '../src/config/json-schema.ts';

/**
 * Builds what is published: each entry of `exports` as an ES module, with what they share in chunks, and the types beside
 * them, and the JSON Schema of a configuration. Source maps name the files of `src`, which are published too, and do not repeat them.
 */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, { default?: string }>;
};
const modules = Object.values(exports).flatMap(({ default: module }) => module ?? []);
const entryPoints = modules.map((module) => module.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints,
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  packages: 'external',
  sourcemap: 'linked',
  sourcesContent: false,
});
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
writeFileSync('dist/config.schema.json', `${JSON.stringify(configSchema())}\n`);

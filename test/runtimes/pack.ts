import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** A folder with the published package and one major of the SDK installed, as a user has them. */
export interface Project {
  readonly folder: string;
  /** Bundles a module of the tests with the package as it is published, for a runtime without `node_modules`. */
  readonly bundle: (entry: string, outfile: string, conditions: readonly string[]) => Promise<void>;
  /** The same, with packages left to the runtime. */
  readonly compile: (entry: string, outfile: string) => Promise<void>;
}

/** The installed packages of each major of the SDK. */
const majors = {
  7: { ai: 'ai', '@ai-sdk/provider': '@ai-sdk/provider', '@ai-sdk/openai': '@ai-sdk/openai' },
  6: { ai: 'ai-v6', '@ai-sdk/provider': 'ai-sdk-provider-v3', '@ai-sdk/openai': 'ai-sdk-openai-v3' },
} as const;

export type Major = keyof typeof majors;

/** Builds the package and packs it. */
export function pack(): string {
  const folder = resolve('.tmp/packed');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, ['scripts/build.ts'], { stdio: 'pipe' });
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { stdio: 'pipe' });
  execFileSync('tar', ['-xzf', join(folder, readdirSync(folder)[0] ?? ''), '-C', folder]);
  return join(folder, 'package');
}

/** Installs the packed package beside a major of the SDK, without a registry. */
export function install(packed: string, major: Major): Project {
  const folder = join(dirname(packed), `ai-${major}`);
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@ai-sdk'), { recursive: true });
  execFileSync('cp', ['-r', packed, join(modules, 'ai-staged-retry')]);
  const links = { ...majors[major], zod: 'zod', '@cfworker': '@cfworker', eventemitter3: 'eventemitter3' };
  for (const [name, from] of Object.entries(links)) {
    symlinkSync(realpathSync(join('node_modules', from)), join(modules, name));
  }
  const options = { bundle: true, format: 'esm', target: 'es2022', absWorkingDir: folder, logLevel: 'error' } as const;
  return {
    folder,
    async compile(entry, outfile) {
      const entryPoints = [resolve(entry)];
      await build({
        ...options,
        entryPoints,
        outfile: join(folder, outfile),
        plugins: [published],
        packages: 'external',
      });
    },
    async bundle(entry, outfile, conditions) {
      const entryPoints = [join(folder, entry)];
      const external = ['node:*', ...optionalPeers];
      await build({ ...options, entryPoints, outfile: join(folder, outfile), conditions: [...conditions], external });
    },
  };
}

/** Takes the package by its names where the tests import its sources. */
const published: Plugin = {
  name: 'published',
  setup({ onResolve }) {
    onResolve({ filter: /\/src\// }, ({ path }) => {
      const entry = path.replace(/^.*\/src\//, '').replace(/(?:\/?index)?\.ts$/, '');
      return { path: ['ai-staged-retry', entry].filter(Boolean).join('/'), external: true };
    });
  },
};

const optionalPeers = [
  '@ai-sdk/mcp',
  '@astral-sh/ruff-wasm-nodejs',
  '@babel/parser',
  '@guanmingchiu/sqlparser-ts',
  '@rgrove/parse-xml',
  '@seriousme/openapi-schema-validator',
  '@vscode/tree-sitter-wasm',
  'libpg-query',
  'parse5',
  'postcss',
  'yaml',
];

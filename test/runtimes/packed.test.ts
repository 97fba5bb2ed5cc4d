import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { behaviours } from './behaviours/index.ts';
import { install, type Major, type Project, pack } from './pack.ts';
import { runInWorkerd } from './workerd.ts';

/** Where the behaviours of the packed package run. Each prints what came of them as JSON. */
const runtimes = {
  node: { binary: process.execPath, arguments: ['run.mjs'] },
  deno: { binary: resolve('node_modules/.bin/deno'), arguments: ['run', '-A', '--node-modules-dir=manual', 'run.mjs'] },
  bun: { binary: resolve('node_modules/.bin/bun'), arguments: ['run.mjs'] },
} as const;

const compilers = {
  'TypeScript 5.9': 'site/node_modules/typescript/bin/tsc',
  'the newest TypeScript': 'node_modules/typescript/bin/tsc',
} as const;

const compilerOptions = {
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'nodenext',
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
};

let packed: string;
beforeAll(() => {
  packed = pack();
}, 120_000);

describe.each([7, 6] as const)('the packed package beside ai@%i', (major) => {
  let project: Project;
  beforeAll(async () => {
    project = await projectOf(packed, major);
  });

  test.concurrent.each(Object.entries(runtimes))(
    '%s: every behaviour holds',
    { timeout: 120_000 },
    async (_name, runtime) => {
      if (!existsSync(runtime.binary)) throw new Error(`${runtime.binary} is missing: run npm install.`);
      const { stdout } = await promisify(execFile)(runtime.binary, runtime.arguments, { cwd: project.folder });
      expect(failuresOf(stdout)).toEqual([]);
    },
  );

  test.concurrent.each(Object.entries(compilers))(
    '%s accepts a program of a user',
    { timeout: 120_000 },
    async (_name, compiler) => {
      copyFileSync('test/consumer/program.ts', join(project.folder, 'program.ts'));
      writeFileSync(join(project.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
      expect(await printedBy(process.execPath, [resolve(compiler), '-p', '.'], project.folder)).toBe('');
    },
  );

  test.concurrent('workerd: every behaviour holds', { timeout: 120_000 }, async () => {
    await project.bundle('behaviours.mjs', 'worker.mjs', ['workerd', 'worker', 'edge-light', 'import']);
    expect(failuresOf(await runInWorkerd(join(project.folder, 'worker.mjs')))).toEqual([]);
  });
});

/** What a command prints, whether it fails or not. */
async function printedBy(command: string, parameters: readonly string[], cwd: string): Promise<string> {
  try {
    return (await promisify(execFile)(command, parameters, { cwd })).stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

async function projectOf(packed: string, major: Major): Promise<Project> {
  const project = install(packed, major);
  await project.compile('test/runtimes/behaviours/index.ts', 'behaviours.mjs');
  const run = `import { results } from './behaviours.mjs';\nconsole.log(JSON.stringify(await results()));\n`;
  writeFileSync(join(project.folder, 'run.mjs'), run);
  writeFileSync(join(project.folder, 'package.json'), '{"type":"module"}');
  return project;
}

/** The behaviours that did not hold; all of them must have run. */
function failuresOf(printed: string): unknown[] {
  const found = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as { title: string; error?: string }[];
  expect(found.map(({ title }) => title)).toEqual(behaviours.map(({ title }) => title));
  return found.filter(({ error }) => error !== undefined);
}

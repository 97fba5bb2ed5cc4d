import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runExample } from '../examples/run-example.ts';
import { type CodeBlock, codeBlocks, documents, root } from './markdown.ts';
import { entries, prelude } from './prelude.ts';

test('the TypeScript of the documents compiles', { timeout: 120_000 }, async () => {
  const folder = `${root}.tmp/docs/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const blocks = documents()
    .flatMap(codeBlocks)
    .filter(({ language }) => language === 'ts');
  for (const block of blocks) writeFileSync(folder + fileOf(block), `${block.code}\nexport {};\n`);
  writeFileSync(`${folder}prelude.d.ts`, await prelude());
  writeFileSync(`${folder}tsconfig.json`, JSON.stringify(project()));
  expect(blocks.length).toBeGreaterThan(0);
  expect(await compile(folder)).toBe('');
});

test.each([
  [0, 'generate.ts'],
  [1, 'checked.ts'],
])('program %i of the README is the example %s, and prints what the README says', async (number, file) => {
  const blocks = codeBlocks('README.md');
  const program = blocks.filter(({ language }) => language === 'ts')[number];
  const output = blocks.filter(({ language }) => language === 'text')[number];
  expect(program?.code).toBe(asPublished(readFileSync(`${root}examples/node/${file}`, 'utf8')));
  expect(anyRun(output?.code ?? '')).toBe(anyRun(await runExample(file)));
});

/** The log of a run without what differs from run to run: its id and its times. */
function anyRun(log: string): string {
  return log.replaceAll(/^\[[0-9a-f]{8}\]/gm, '[id]').replaceAll(/\b[\d.]+ m?s\b/g, 'a while');
}

test.each(documents())('the links of %s lead somewhere', (document) => {
  const text = readFileSync(root + document, 'utf8');
  const folder = new URL(document, `file://${root}`);
  for (const [, target = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
    expect(() => readFileSync(new URL(target, folder)), target).not.toThrow(/ENOENT/);
  }
});

function fileOf({ document, line }: CodeBlock): string {
  return `${document.replaceAll(/[/.]/g, '-')}-line-${line}.ts`;
}

function project() {
  const paths = Object.fromEntries([...entries()].map(([name, file]) => [name, [`../../${file}`]]));
  return {
    extends: '../../tsconfig.json',
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false, paths },
    include: ['*.ts'],
  };
}

/** What the compiler finds, one complaint a line. */
async function compile(folder: string): Promise<string> {
  try {
    await promisify(execFile)(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', folder]);
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** An example as a reader writes it: with the package and the provider by their names. */
function asPublished(code: string): string {
  return code.replace("'../../src/index.ts'", "'ai-staged-retry'").replace("'./openai.ts'", "'@ai-sdk/openai'");
}

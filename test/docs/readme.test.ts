import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runExample } from '../examples/run-example.ts';
import { type CodeBlock, codeBlocks, docstringExamples, documents, root } from './markdown.ts';
import { declaredIn, docstringNames, entries, prelude } from './prelude.ts';

test('the TypeScript of the documents compiles', { timeout: 120_000 }, async () => {
  const blocks = documents()
    .flatMap(codeBlocks)
    .filter(({ language }) => language === 'ts');
  expect(await compile('documents', blocks, { 'prelude.d.ts': await prelude() })).toBe('');
});

test('the examples of the docstrings compile', { timeout: 120_000 }, async () => {
  const names = await docstringNames();
  const blocks = docstringExamples().map((block) => ({ ...block, code: withImports(block.code, declaredIn(names)) }));
  expect(await compile('docstrings', blocks, { 'names.d.ts': names })).toBe('');
});

/** An example of a few lines with those of the names that it uses. */
function withImports(code: string, names: readonly string[]): string {
  const own = declaredIn(code);
  const used = names.filter(
    (name) => !own.includes(name) && new RegExp(`(?<!(?<!\\.\\.)\\.|['\\w])${name}\\b(?!')`).test(code),
  );
  return `import { ${used.join(', ')} } from './names.js';\n${code}`;
}

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
    compilerOptions: { allowUnusedLabels: true, noUnusedLocals: false, noUnusedParameters: false, paths },
    include: ['*.ts'],
  };
}

/** What the compiler finds, one complaint a line. */
async function compile(
  name: string,
  blocks: readonly CodeBlock[],
  more: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = `${root}.tmp/${name}/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) writeFileSync(folder + fileOf(block), `${block.code}\nexport {};\n`);
  for (const [file, text] of Object.entries(more)) writeFileSync(folder + file, text);
  writeFileSync(`${folder}tsconfig.json`, JSON.stringify(project()));
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

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const program = `
  import { customProvider, generateText } from 'ai';
  import { withStagedRetry } from 'ai-staged-retry';
  import { scriptedModel } from 'ai-staged-retry/testing';

  const named = withStagedRetry('openai/gpt-5-mini');
  const versions = [named.specificationVersion, scriptedModel(['Hi.']).specificationVersion];
  const { text } = await generateText({ model: scriptedModel(['Hi.']), prompt: 'Hello?' });

  globalThis.AI_SDK_DEFAULT_PROVIDER = customProvider({ languageModels: { greeter: scriptedModel(['Hello.']) } });
  const byId = await generateText({ model: withStagedRetry('greeter'), prompt: 'Hello?' });
  delete globalThis.AI_SDK_DEFAULT_PROVIDER;
  const provider = customProvider({ languageModels: { greeter: named } });
  console.log(JSON.stringify([...versions, text, byId.text, provider.languageModel('greeter').specificationVersion]));
`;

const types = `
  import { customProvider, generateText, type LanguageModel } from 'ai';
  import { withStagedRetry } from '../../src/index.ts';
  import { scriptedModel } from '../../src/testing/index.ts';

  const greeter = withStagedRetry('openai/gpt-5-mini');
  export const provider = customProvider({ languageModels: { greeter } });
  export const models: LanguageModel[] = [greeter, withStagedRetry(scriptedModel(['Hi.']))];
  export const result = generateText({ model: greeter, prompt: 'Hello?' });
`;

/** What npm installs for \`ai\`, and beside it: the newest \`@ai-sdk/provider\` that is allowed. */
describe.each([
  ['ai@7', 'ai', 'v4'],
  ['ai@6 with an @ai-sdk/provider of ai@7 beside it', 'ai-v6', 'v3'],
] as const)('a project with %s', (_, sdk, version) => {
  let project: string;
  beforeAll(async () => {
    project = mkdtempSync(join(tmpdir(), 'installed-sdk-'));
    const installed = (name: string) => join(process.cwd(), 'node_modules', name);
    mkdirSync(join(project, 'node_modules/@ai-sdk'), { recursive: true });
    mkdirSync(join(project, 'node_modules/@cfworker'));
    symlinkSync(installed(sdk), join(project, 'node_modules/ai'));
    for (const name of ['@ai-sdk/provider', '@cfworker/json-schema', 'eventemitter3', 'zod'])
      symlinkSync(installed(name), join(project, 'node_modules', name));
    const outdir = join(project, 'node_modules/ai-staged-retry');
    await build({
      entryPoints: { index: 'src/index.ts', testing: 'src/testing/index.ts' },
      outdir,
      bundle: true,
      splitting: true,
      format: 'esm',
      packages: 'external',
    });
    const exports = { '.': './index.js', './testing': './testing.js' };
    writeFileSync(join(outdir, 'package.json'), JSON.stringify({ name: 'ai-staged-retry', type: 'module', exports }));
    writeFileSync(join(project, 'program.mjs'), program);
  });
  afterAll(() => rmSync(project, { recursive: true }));

  test('is given models of the version its ai takes', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], { cwd: project });
    expect(JSON.parse(stdout)).toEqual([version, version, 'Hi.', 'Hello.', version]);
  });

  test('has them fit by their types, too', async () => {
    mkdirSync('.tmp', { recursive: true });
    const folder = mkdtempSync('.tmp/types-');
    const provider = version === 'v3' ? 'ai-sdk-provider-v3' : '@ai-sdk/provider';
    const paths = { ai: [`../../node_modules/${sdk}`], '@ai-sdk/provider': [`../../node_modules/${provider}`] };
    const config = { extends: '../../tsconfig.json', compilerOptions: { paths }, include: ['types.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    writeFileSync(join(folder, 'types.ts'), types);
    const compiling = promisify(execFile)(join('node_modules/.bin/tsc'), ['-p', folder]);
    const errors = await compiling.then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
    rmSync(folder, { recursive: true });
    expect(errors).toBe('');
  });
});

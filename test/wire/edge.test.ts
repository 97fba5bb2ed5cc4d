import { existsSync } from 'node:fs';
import { build, type Metafile } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { inEdgeRuntime } from '../edge-runtime.ts';

/** The entry points that run where there is no Node. */
const entries = [
  'index',
  'checks/index',
  'config/index',
  'incremental/index',
  'stores/upstash',
  'http/index',
  'otel/index',
]
  .map((name) => `src/${name}.ts`)
  .filter((path) => existsSync(path));

const program = `
  import { createInbox, human, memoryStore, retry, withStagedRetry, check, reportOf, fallback } from './src/index.ts';
  import { json, notEmpty } from './src/checks/index.ts';
  import { incrementalValidator } from './src/incremental/index.ts';
  import { upstashStore } from './src/stores/upstash.ts';
  import { scriptedModel } from './src/testing/index.ts';

  const schema = { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] };
  const prompt = [{ role: 'user', content: [{ type: 'text', text: 'The total?' }] }];

  globalThis.generates = async () => {
    const inner = scriptedModel(['Sure: {"total": "twelve"}', '{"total": 12,}']);
    const model = withStagedRetry(inner, { checks: [notEmpty()], stages: [retry({ attempts: 2 })] });
    const { content, providerMetadata } = await model.doGenerate({ prompt, responseFormat: { type: 'json', schema } });
    return JSON.stringify({ text: content[0].text, attempts: reportOf(providerMetadata).attempts });
  };

  globalThis.streams = async () => {
    const inner = scriptedModel(['{"total": "twelve"}', '{"total": 12}']);
    const model = withStagedRetry(inner, { checks: [json(), check('twelve', ({ value }) => value.total === 12 || 'Count.')] });
    const { stream } = await model.doStream({ prompt });
    let text = '';
    for await (const part of stream) if (part.type === 'text-delta') text += part.delta;
    return text;
  };

  globalThis.validates = () => {
    const check = incrementalValidator(schema).start();
    return check.push('{"total": "').state;
  };

  globalThis.escalates = async () => {
    const inbox = createInbox({ store: memoryStore() });
    const model = withStagedRetry(scriptedModel(['No.']), {
      checks: [check('right', ({ text }) => text === 'Right.' || 'Try again.')],
      stages: [retry({ attempts: 1 }), human({ inbox })],
      scope: 'public',
    });
    const error = await model.doGenerate({ prompt }).catch((caught) => caught);
    await inbox.decide(error.escalation.id, { type: 'edit', text: 'Right.' });
    return (await model.doGenerate({ prompt })).content[0].text;
  };

  globalThis.opensStore = () => typeof upstashStore({ get() {}, eval() {} }).get;
`;

describe('in an edge runtime', async () => {
  const runtime = await inEdgeRuntime(program, ['ai']);
  const run = (name: string) => runtime.evaluate<Promise<string>>(`${name}()`);

  test('no code comes of strings', () => {
    expect(() => runtime.evaluate('new Function("return 1")()')).toThrow('Code generation from strings');
  });

  test('a wrapped model answers after one re-ask', async () => {
    expect(JSON.parse(await run('generates'))).toEqual({ text: '{"total": 12}', attempts: 2 });
  });

  test('a wrapped model streams what was accepted', async () => {
    expect(await run('streams')).toBe('{"total": 12}');
  });

  test('the incremental validator judges', async () => {
    expect(await run('validates')).toBe('dead');
  });

  test('a person is asked, and the request goes on', async () => {
    expect(await run('escalates')).toBe('Right.');
  });

  test('the Upstash store opens', async () => {
    expect(await run('opensStore')).toBe('function');
  });
});

describe.each(entries)('%s', async (entry) => {
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    packages: 'external',
    metafile: true,
    platform: 'browser',
  });
  const imports = importsOf(metafile);

  test('imports nothing of Node', () => {
    expect(imports.map(({ path }) => path).filter((path) => path.startsWith('node:'))).toEqual([]);
    expect(outputFiles[0]?.text).not.toMatch(/\bprocess\.|\bBuffer\b|\brequire\(/);
  });

  test('makes no code of strings', () => {
    expect(outputFiles[0]?.text).not.toMatch(/(?<![.\w])(?:eval|Function)\s*\(/);
  });

  test('loads neither the SDK nor zod before they are needed', () => {
    const atOnce = imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path);
    expect(atOnce.filter((path) => /^(?:ai|zod)(?:\/|$)/.test(path))).toEqual([]);
  });
});

function importsOf({ outputs }: Metafile): { path: string; kind: string }[] {
  return Object.values(outputs).flatMap(({ imports }) => imports);
}

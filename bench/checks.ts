import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { brotliCompressSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import * as factories from '../src/checks/index.ts';
import type { Check } from '../src/index.ts';
import type { Answer } from '../src/model/answer.ts';
import { runCheck, scriptedModel } from '../src/testing/index.ts';

/** What each built-in check costs: its weight in a bundle, and the least CPU time of many judgements of an ordinary answer of about 10 KB. */
const rounds = 25;
/** CPU time is counted in microseconds, so that a round has to take some milliseconds. */
const shortestRoundMs = 4;
const second = scriptedModel(['{"issues":[]}']);
const third = scriptedModel(['{"contradictions":[]}']);
const sentence =
  'On 5 March 2024 Acme Corporation billed Jane Doe 1,240.50 EUR for three large widgets, as agreed in writing. ';
const prose = sentence.repeat(90);
const json = JSON.stringify({
  lines: Array.from({ length: 130 }, (_, n) => ({ id: n, name: `Widget ${n}`, price: 12.5, currency: 'EUR' })),
});
const linked = 'See [the terms](https://example.com/terms) and https://docs.example.com/a?b=c for more. '.repeat(110);
const python =
  'def add(left, right):\n    """Adds two numbers."""\n    return {"sum": left + right, "of": [left, right]}\n\n'.repeat(
    90,
  );
const select = `SELECT ${Array.from({ length: 600 }, (_, n) => `o.total + ${n} AS t${n}`).join(', ')} FROM orders o`;
const openApiText = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: Object.fromEntries(
    Array.from({ length: 90 }, (_, n) => [
      `/pets${n}`,
      { get: { operationId: `get${n}`, responses: { 200: { description: 'A pet.' } } } },
    ]),
  ),
});
const params = {
  prompt: [{ role: 'user', content: [{ type: 'text', text: prose }] }],
  tools: [
    {
      type: 'function',
      name: 'save',
      inputSchema: {
        type: 'object',
        properties: { lines: { type: 'array', items: { type: 'object', required: ['id'] } } },
      },
    },
  ],
} as const;

const cases: Readonly<Record<string, readonly [Check, string | Partial<Answer>]>> = {
  notEmpty: [factories.notEmpty(), prose],
  finished: [factories.finished(), prose],
  length: [factories.length({ max: 100_000, unit: 'words' }), prose],
  maxTokens: [factories.maxTokens(100_000), prose],
  json: [factories.json(), json],
  fieldPresent: [factories.fieldPresent('lines.*.price'), json],
  toolInputs: [
    factories.toolInputs(),
    { content: [{ type: 'tool-call', toolCallId: '1', toolName: 'save', input: json }] },
  ],
  matches: [factories.matches(/^(?=.*Acme)(?:[^!]|!(?!!))*$/s), prose],
  contains: [factories.contains(['Acme', 'Jane Doe'], { ignoreCase: true }), prose],
  excludes: [factories.excludes(['lorem', 'ipsum'], { ignoreCase: true }), prose],
  language: [factories.language('en'), prose],
  noRefusal: [factories.noRefusal(), prose],
  noSecrets: [factories.noSecrets(), prose],
  links: [factories.links(), linked],
  url: [factories.url('home'), JSON.stringify({ home: 'https://example.com/', text: prose })],
  citations: [factories.citations({ sources: { a: prose } }), `${sentence}[a] `.repeat(80)],
  grounded: [factories.grounded(), prose],
  code: [factories.code({ language: 'python' }), python],
  openApi: [factories.openApi(), openApiText],
  sql: [factories.sql({ schema: { orders: ['total'] } }), select],
  sqlSafe: [factories.sqlSafe(), select],
  noContradiction: [factories.noContradiction({ model: third }), prose],
  judge: [factories.judge({ model: second, rubric: 'Good.' }), prose],
};

console.log(`${cpus()[0]?.model}, Node ${process.version}`);
console.log(`${'check'.padEnd(16)} ${'at once'.padStart(9)} ${'first'.padStart(9)} ${'then'.padStart(11)}`);
const base = await weightOf('');
// Named, each can run in a process of its own, where what ran before does not count.
const asked = process.argv.slice(2);
for (const [name, [check, answer]] of Object.entries(cases)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const first = await weightOf(name);
  const size = typeof answer === 'string' ? answer.length : json.length;
  const { firstMs, leastMs } = await timesOf(check, answer);
  const perKb = (leastMs * 1000 * 1000) / size;
  console.log(
    `${name.padEnd(16)} ${kb(first - base)} ${firstMs.toFixed(1).padStart(6)} ms ${perKb.toFixed(1).padStart(8)} µs/KB`,
  );
}

/**
 * CPU time of the first judgement, and the least one of a judgement among many rounds: what else the machine does adds to a
 * time, and never takes from it.
 */
async function timesOf(check: Check, answer: string | Partial<Answer>): Promise<{ firstMs: number; leastMs: number }> {
  const firstMs = await cpuMs(check, answer, 1);
  // Until the code is compiled as far as it gets.
  // A parser's load counts for none of the runs that it takes.
  for (let spentMs = 0, runs = 0; runs < 40 || (spentMs < 200 && runs < 2000); runs += 1)
    spentMs += await cpuMs(check, answer, 1);
  let count = 1;
  while ((await cpuMs(check, answer, count)) < shortestRoundMs) count *= 2;
  let leastMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1)
    leastMs = Math.min(leastMs, (await cpuMs(check, answer, count)) / count);
  return { firstMs, leastMs };
}

async function cpuMs(check: Check, answer: string | Partial<Answer>, count: number): Promise<number> {
  const before = process.cpuUsage();
  for (let run = 0; run < count; run += 1) {
    const verdict = await runCheck(check, answer, { params: params as never });
    if (verdict.type === 'fail') throw new Error(`${check.name}: ${verdict.issues[0]?.message}`);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Bytes of brotli of a program with nothing but the check: what loads at once. */
async function weightOf(name: string): Promise<number> {
  const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { peerDependencies: object };
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: name === '' ? '' : `export { ${name} } from './src/checks/index.ts'`,
      resolveDir: process.cwd(),
    },
    ...{ bundle: true, splitting: true, minify: true, write: false, metafile: true, treeShaking: true },
    ...{ format: 'esm', target: 'es2022', platform: 'neutral', outdir: 'out', logLevel: 'error' },
    mainFields: ['module', 'main'],
    external: Object.keys(peerDependencies),
  });
  const atOnce = loadedBy(metafile);
  let first = 0;
  for (const { path, contents } of outputFiles) {
    if ([...atOnce].some((output) => path.endsWith(output))) first += brotliCompressSync(contents).length;
  }
  return first;
}

function loadedBy({ outputs }: Metafile): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = Object.keys(outputs).filter((path) => path.endsWith('stdin.js'));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const { path: imported, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && imported in outputs) waiting.push(imported);
  }
  return found;
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
}

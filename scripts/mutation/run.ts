import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createVitest, type TestSpecification } from 'vitest/node';
import { type Mutant, mutantsOf } from './mutants.ts';
import { withMutants } from './with-mutants.ts';

/**
 * Mutation tests of one room, or of a folder or a file in it: changes its sources in one small place at a time and runs the tests that reach the place. A
 * change that no test notices survives. The mutants are a seeded sample; all of them are in the sources at once, behind a
 * condition, so that nothing is compiled again.
 *
 *     npm run mutation -- policy --sample 150 --seed 1
 *     npm run mutation -- policy --survivors      only those that survived the last time
 *     npm run mutation -- "checks/sql*.ts" --sample 1000
 *     npm run mutation -- checks --quick          without tests over a second, and the runs for what is reached while a module loads
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    survivors: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    tests: { type: 'string', multiple: true },
  },
});
const [place = 'policy'] = positionals;
const [room = ''] = place.split('/');
const sources = globSync(place.endsWith('.ts') ? `src/${place}` : `src/${place}/**/*.ts`).sort();

/** Beside `test/<room>`: the tests that go through the room on their way. */
const testsOf: Readonly<Record<string, readonly string[]>> = {
  policy: ['test/policy', 'test/stages'],
  feedback: [
    'test/feedback',
    'test/wire/retry-exchanges',
    'test/providers/retry',
    'test/providers/executed',
    'test/providers/cached-answers',
    'test/providers/handed',
    'test/stages',
  ],
  // Not those that wait for servers, or for time to pass.
  cache: ['cache', 'corrupt', 'kept-content', 'key', 'record', 'shared-failure', 'turns'].map(
    (name) => `test/cache/${name}.test.ts`,
  ),
  // Not those that measure how the time grows with the text.
  reading: [
    ...globSync('test/reading/*.test.ts').filter((file) => !file.includes('linear')),
    ...['live-reading', 'live-wire', 'partial-value'].map((name) => `test/stream/${name}.test.ts`),
    'test/http/edit-form',
  ],
  incremental: ['test/incremental', 'test/checks/schemas', 'test/reading/prototype-member'],
  escalation: ['test/escalation', 'test/http/changes', 'test/http/handler'],
};

const notesFile = `.tmp/mutation/${place.replace(/[/*]+/g, '-')}.notes`;
const resultFile = `.tmp/mutation/${place.replace(/[/*]+/g, '-')}.json`;
mkdirSync('.tmp/mutation', { recursive: true });

interface Result extends Mutant {
  readonly was: string;
  readonly outcome: 'killed' | 'survived' | 'survived on load' | 'not reached';
}

const mutants = values.survivors ? survivorsOfLastTime() : sampled(sources.flatMap(mutantsOf));

const vitest = await createVitest(
  {
    config: false,
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    watch: false,
    // It would keep changed sources for other runs.
    fsModuleCache: false,
    reporters: [{}],
    runner: resolve('scripts/mutation/runner.ts'),
    dangerouslyIgnoreUnhandledErrors: true,
    maxConcurrency: 1,
    maxWorkers: 2,
  },
  { plugins: [withMutants(mutants)] },
);
const specifications = await vitest.globTestSpecifications([...(values.tests ?? testsOf[room] ?? [`test/${room}/`])]);

writeFileSync(notesFile, '');
process.env.MUTATION_NOTES = notesFile;
const unsteady = new Set<string>();
// The quick tests first: what they kill, the slow ones need not try.
for (const slowestMs of values.quick ? [50, 1000] : [50, 1000, 20_000]) {
  process.env.SLOWEST_MS = String(slowestMs);
  const { testModules } = await vitest.runTestSpecifications(specifications);
  for (const module of testModules.filter((module) => !module.ok())) {
    console.log(`Fails without a mutant: ${relative('.', module.moduleId)}`);
    unsteady.add(module.moduleId);
  }
  console.log(`${readNotes().killed.size} killed by tests of up to ${slowestMs} ms`);
}

const { killed, onLoad, inTest } = readNotes();
const results: Result[] = [];
for (const [id, mutant] of mutants.entries()) {
  const tests = specifications
    .filter(({ moduleId }) => !unsteady.has(moduleId) && onLoad.get(moduleId)?.has(id))
    .slice(0, 4);
  if (!values.quick && !killed.has(id) && (await isKilledOnLoad(id, tests))) killed.add(id);
  const outcome = killed.has(id)
    ? 'killed'
    : inTest.has(id)
      ? 'survived'
      : tests.length > 0
        ? 'survived on load'
        : 'not reached';
  results.push({ ...mutant, was: readFileSync(mutant.file, 'utf8').slice(mutant.start, mutant.end), outcome });
}
writeFileSync(resultFile, JSON.stringify(results, undefined, 1));

for (const { outcome, file, line, was, text } of results.toSorted((one, other) => one.line - other.line)) {
  if (outcome !== 'killed') console.log(`${outcome}: ${file}:${line}\n  - ${inLine(was)}\n  + ${inLine(text)}`);
}
if (sources.length > 1)
  for (const file of sources)
    tellScore(
      file.slice('src/'.length),
      results.filter((result) => result.file === file),
    );
tellScore(place, results);
await vitest.close();
process.exit();

/** What fails for want of time kills nothing: it has to pass without the mutant, and to fail with it again. */
async function isKilledOnLoad(id: number, tests: TestSpecification[]): Promise<boolean> {
  const failed = await failing(tests, id);
  const unsteady = await failing(failed);
  const steady = failed.filter((test) => !unsteady.includes(test));
  return (await failing(steady, id)).length > 0;
}

/** The tests that fail with the mutant, or as they are. */
async function failing(tests: TestSpecification[], id = -1): Promise<TestSpecification[]> {
  if (tests.length === 0) return [];
  process.env.MUTANT = String(id);
  const { testModules } = await vitest.runTestSpecifications(tests);
  const failed = testModules.filter((module) => module.state() === 'failed').map(({ moduleId }) => moduleId);
  return tests.filter(({ moduleId }) => failed.includes(moduleId));
}

function readNotes() {
  const notes = { killed: new Set<number>(), inTest: new Set<number>(), onLoad: new Map<string, Set<number>>() };
  const lines = readFileSync(notesFile, 'utf8').trim().split('\n');
  for (const note of lines.map((line) => JSON.parse(line))) {
    if (note.killed !== undefined) notes.killed.add(note.killed);
    if (note.inTest !== undefined) {
      for (const id of note.inTest) notes.inTest.add(id);
      notes.onLoad.set(note.file, new Set([...(notes.onLoad.get(note.file) ?? []), ...note.onLoad]));
    }
  }
  return notes;
}

function survivorsOfLastTime(): Mutant[] {
  const before = JSON.parse(readFileSync(resultFile, 'utf8')) as Result[];
  return before.filter(({ outcome }) => outcome !== 'killed');
}

function sampled(all: readonly Mutant[]): Mutant[] {
  console.log(`${all.length} mutants of ${`src/${place}`}`);
  const drawn = [...all];
  let state = Number(values.seed);
  for (let index = 0; index < drawn.length; index += 1) {
    state = (state * 48_271) % 2_147_483_647;
    const other = index + (state % (drawn.length - index));
    [drawn[index], drawn[other]] = [drawn[other] as Mutant, drawn[index] as Mutant];
  }
  return drawn.slice(0, Number(values.sample));
}

function tellScore(name: string, tried: readonly Result[]): void {
  const [count, all] = [tried.filter(({ outcome }) => outcome === 'killed').length, tried.length];
  if (all === 0) return;
  console.log(`${name}: ${count} of ${all} mutants killed, ${percent(count / all)} (95 %: ${interval(count, all)})`);
}

function inLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 150);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Wilson's interval. */
function interval(hits: number, count: number): string {
  const [z, share] = [1.96, hits / count];
  const middle = (share + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half = (z / (1 + z ** 2 / count)) * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  return `${percent(middle - half)} to ${percent(middle + half)}`;
}

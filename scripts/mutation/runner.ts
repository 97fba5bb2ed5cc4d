import { appendFileSync, readFileSync } from 'node:fs';
import { configureGlobal } from 'fast-check';
import { type RunnerTestCase, TestRunner } from 'vitest';

/**
 * Runs each test once as it is, and once more for each mutant that it reached and no other test has killed. Where a mutant is
 * reached while a constant of a file is set, all tests of the file that loaded it are asked, with the constants set anew. What
 * else runs only on load, and a test that cannot be run twice, is left to a run of its own (`MUTANT`).
 */
export default class MutationRunner extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    const { killed, asked } = readNotes();
    if (asked.has(test.id)) return;
    const run = TestRunner.getTestFn(test);
    const onLoad = take(reached);
    // What was kept while the file loaded, or by the test before, would hide what this one reaches.
    turn += 1;
    const started = now();
    await run();
    const [inTest, durationMs] = [take(reached), now() - started];
    if (chosen !== undefined) return;
    const file = test.file.filepath;
    note({ file, onLoad: onLoad.filter((id) => !initials.has(id)), inTest: [...inTest, ...initials.keys()] });
    if (durationMs > Number(process.env.SLOWEST_MS)) return;
    note({ asked: test.id });
    const left = [...new Set([...inTest, ...initials.keys()])].filter((id) => !killed.has(id));
    const untried = left.length === 0 ? [] : await tryAll(run, left, durationMs);
    if (untried.length > 0) note({ file, onLoad: untried, inTest: [] });
  }
}

/** Notes the mutants that the test kills, and returns those that it could not try. */
async function tryAll(run: () => unknown, ids: readonly number[], usualMs: number): Promise<readonly number[]> {
  const limitMs = LONGEST_WAIT_MS + 20 * usualMs;
  const deadline = now() + MOST_MS_A_TEST;
  for (const [index, id] of ids.entries()) {
    if (now() > deadline) break;
    if (await passes(run, id, limitMs)) continue;
    if (!(await passes(run))) return ids.slice(index);
    note({ killed: id });
  }
  return [];
}

const chosen = process.env.MUTANT === undefined ? undefined : Number(process.env.MUTANT);
const MOST_STEPS = 30_000_000;
const MOST_MS_A_TEST = 60_000;
/** A test that waits for longer than this and some of its usual times waits for what never comes. */
const LONGEST_WAIT_MS = 4000;
const notes = process.env.MUTATION_NOTES ?? '';
const reached = new Set<number>();
/** Tests have clocks of their own. */
const [later, never, now] = [setTimeout, clearTimeout, performance.now.bind(performance)];
let [tried, steps, turn] = [chosen, 0, 0];
let ends = Number.POSITIVE_INFINITY;

async function passes(run: () => unknown, id?: number, limitMs?: number): Promise<boolean> {
  [tried, steps, turn] = [id, 0, turn + 1];
  ends = limitMs === undefined ? Number.POSITIVE_INFINITY : now() + limitMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isOver = new Promise<never>((_, reject) => {
    if (limitMs !== undefined) timer = later(() => reject(new Error('The mutant does not end.')), limitMs);
  });
  const first = id === undefined ? undefined : initials.get(id);
  try {
    forgetKept(id);
    setAnew(first);
    await Promise.race([run(), isOver]);
    return true;
  } catch {
    return false;
  } finally {
    never(timer);
    [tried, turn] = [undefined, turn + 1];
    forgetKept(id);
    setAnew(first);
    reached.clear();
  }
}

/** What a map keeps from before the mutant is not found: caches would hide what it does. */
class ForgetfulMap<KEY, VALUE> extends Map<KEY, VALUE> {
  #turn = turn;
  #forget(): void {
    if (this.#turn !== turn) this.clear();
    this.#turn = turn;
  }
  override get(key: KEY): VALUE | undefined {
    this.#forget();
    return super.get(key);
  }
  override set(key: KEY, value: VALUE): this {
    this.#forget();
    return super.set(key, value);
  }
}

class ForgetfulList<ITEM> extends Array<ITEM> {
  #turn = turn;
  override [Symbol.iterator](): ArrayIterator<ITEM> {
    if (this.#turn !== turn) this.length = 0;
    this.#turn = turn;
    return Object.values<ITEM>(this)[Symbol.iterator]();
  }
}

class ForgetfulWeakMap<KEY extends object, VALUE> {
  #kept = new WeakMap<KEY, { readonly value: VALUE; readonly turn: number }>();
  get(key: KEY): VALUE | undefined {
    const found = this.#kept.get(key);
    return found?.turn === turn ? found.value : undefined;
  }
  has(key: KEY): boolean {
    return this.#kept.get(key)?.turn === turn;
  }
  set(key: KEY, value: VALUE): this {
    this.#kept.set(key, { value, turn });
    return this;
  }
  delete(key: KEY): boolean {
    return this.#kept.delete(key);
  }
}

/** What sets the constants of the room's files, in the order in which they were loaded. */
const constants: (() => void)[] = [];
/** Of the mutants that were reached meanwhile: at which constant. */
const initials = new Map<number, number>();
let isLoading = false;

function initial(set: () => void): void {
  const wasLoading = isLoading;
  isLoading = true;
  constants.push(set);
  try {
    set();
  } finally {
    isLoading = wasLoading;
  }
}

/** Sets the constants from one on anew: those that follow may be made of it. */
function setAnew(first = constants.length): void {
  for (const set of constants.slice(first)) set();
}

/** What a file keeps once it is known, by the mutants of the file. */
const kept = new Map<number, (() => void)[]>();

function forgets(forget: () => void, ids: readonly number[]): void {
  for (const id of ids) kept.set(id, [...(kept.get(id) ?? []), forget]);
}

function forgetKept(id: number | undefined): void {
  for (const forget of kept.get(id ?? -1) ?? []) forget();
}

/** What `with-mutants.ts` writes into the sources. */
Object.assign(globalThis, {
  isMutant(id: number): boolean {
    reached.add(id);
    if (isLoading && !initials.has(id)) initials.set(id, constants.length - 1);
    if (id === tried) countStep();
    return id === tried;
  },
  countStep,
  ForgetfulList,
  ForgetfulMap,
  ForgetfulWeakMap,
  forgets,
  initial,
});
configureGlobal({ endOnFailure: true });

function countStep(): void {
  steps += 1;
  const isOver = steps > MOST_STEPS || (steps % 1000 === 0 && now() > ends);
  if (tried !== undefined && isOver) throw new Error('The mutant does not end.');
}

function take(ids: Set<number>): number[] {
  const taken = [...ids];
  ids.clear();
  return taken;
}

function note(line: object): void {
  appendFileSync(notes, `${JSON.stringify(line)}\n`);
}

function readNotes(): Readonly<Record<'killed' | 'asked', ReadonlySet<unknown>>> {
  const lines = readFileSync(notes, 'utf8')
    .split('\n')
    .filter((line) => /^\{"(?:killed|asked)"/.test(line));
  const all = lines.map((line) => JSON.parse(line));
  return { killed: new Set(all.map(({ killed }) => killed)), asked: new Set(all.map(({ asked }) => asked)) };
}

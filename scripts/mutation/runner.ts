import { appendFileSync, readFileSync } from 'node:fs';
import { configureGlobal } from 'fast-check';
import { type RunnerTestCase, TestRunner } from 'vitest';

/**
 * Runs each test once as it is, and once more for each mutant that it reached and no other test has killed. A mutant whose
 * place runs only while a file loads, or whose test cannot be run twice, is left to a run of its own (`MUTANT`).
 */
export default class MutationRunner extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    const run = TestRunner.getTestFn(test);
    const onLoad = take(reached);
    const started = now();
    await run();
    const [inTest, durationMs] = [take(reached), now() - started];
    if (chosen !== undefined) return;
    note({ file: test.file.filepath, onLoad, inTest });
    if (durationMs > Number(process.env.SLOWEST_MS)) return;
    const killed = readKilled();
    const left = inTest.filter((id) => !killed.has(id));
    const untried = left.length === 0 ? [] : await tryAll(run, left);
    if (untried.length > 0) note({ file: test.file.filepath, onLoad: untried, inTest: [] });
  }
}

/** Notes the mutants that the test kills, and returns those that it could not try. */
async function tryAll(run: () => unknown, ids: readonly number[]): Promise<readonly number[]> {
  const started = now();
  if (!(await passes(run))) return ids;
  const limitMs = LONGEST_WAIT_MS + 5 * (now() - started);
  const deadline = now() + MOST_MS_A_TEST;
  for (const [index, id] of ids.entries()) {
    if (now() > deadline) return ids.slice(index);
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
const LONGEST_WAIT_MS = 10_000;
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
  try {
    await Promise.race([run(), isOver]);
    return true;
  } catch {
    return false;
  } finally {
    never(timer);
    [tried, turn] = [undefined, turn + 1];
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

/** What `with-mutants.ts` writes into the sources. */
Object.assign(globalThis, {
  isMutant(id: number): boolean {
    reached.add(id);
    if (id === tried) countStep();
    return id === tried;
  },
  countStep,
  ForgetfulMap,
  ForgetfulWeakMap,
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

function readKilled(): ReadonlySet<number> {
  const lines = readFileSync(notes, 'utf8').matchAll(/^\{"killed":(\d+)\}$/gm);
  return new Set(Array.from(lines, ([, id]) => Number(id)));
}

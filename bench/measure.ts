import { fileURLToPath } from 'node:url';

/** One way to do the work that is measured. */
export interface Contestant {
  readonly title: string;
  readonly run: () => unknown;
}

export interface MeasureOptions {
  /** Turns of each contestant; the first fifth warms up and does not count. @default 200 */
  readonly rounds?: number;
  /** Runs a turn. @default 200 */
  readonly batch?: number;
}

/**
 * Lets contestants take turns in one process, so that a busy moment of the machine falls on all, and prints what each
 * costs: the median, and the median of its ratios to the first, turn by turn. Resolves to the turns, in microseconds.
 */
export async function compare(
  title: string,
  contestants: readonly [Contestant, ...Contestant[]],
  { rounds = 200, batch = 200 }: MeasureOptions = {},
): Promise<readonly (readonly number[])[]> {
  const turns: number[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = [];
    // Whoever begins changes, so that garbage of one is not always collected in the turn of the next.
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const index = (round + turn) % contestants.length;
      times[index] = await microseconds(contestants[index]?.run ?? (() => {}), batch);
    }
    if (round >= rounds / 5) turns.push(times);
  }
  const rows = contestants.map(({ title: contestant }, index) => ({
    [title]: contestant,
    microseconds: median(turns.map((times) => times[index] ?? 0)).toFixed(2),
    ratio: median(turns.map((times) => (times[index] ?? 0) / (times[0] ?? 1))).toFixed(2),
  }));
  console.table(rows);
  return turns;
}

async function microseconds(run: () => unknown, batch: number): Promise<number> {
  const ms = await timed(async () => {
    for (let count = 0; count < batch; count += 1) await run();
  });
  return (1000 * ms) / batch;
}

/** How long one run takes, in milliseconds. */
export async function timed(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  return [...values].sort((first, second) => first - second)[values.length >> 1] ?? Number.NaN;
}

/** A file beside this one. */
export function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

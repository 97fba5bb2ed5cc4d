import { type Random, seeded } from '../faults/simulation/random.ts';

export interface AttackOptions {
  readonly seed: number;
  /** How often it is tried at most. */
  readonly tries: number;
  /** When it ends at the latest, in milliseconds since the epoch. */
  readonly until: number;
}

export interface Findings {
  readonly tried: number;
  /** What did not hold, each with what it takes to see it again. */
  readonly failures: readonly string[];
  readonly figures: Readonly<Record<string, number | string>>;
}

export type Attack = (options: AttackOptions) => Promise<Findings>;

/** Tries again and again, each time with chance of its own, and collects what does not hold. */
export async function tried(
  { seed, tries, until }: AttackOptions,
  attempt: (random: Random, number: number) => Promise<string | undefined>,
): Promise<Pick<Findings, 'tried' | 'failures'>> {
  const failures: string[] = [];
  let number = 0;
  for (; number < tries && Date.now() < until; number += 1) {
    const failure = await attempt(seeded(seed * 100_003 + number), number);
    if (failure !== undefined) failures.push(`try ${number}: ${failure}`);
  }
  return { tried: number, failures };
}

/** The rejections that nobody handles while something runs. */
export async function unhandledOf<RESULT>(
  run: () => Promise<RESULT>,
): Promise<{ result: RESULT; unhandled: string[] }> {
  const unhandled: string[] = [];
  const note = (reason: unknown) => void unhandled.push(`unhandled rejection: ${String(reason).slice(0, 200)}`);
  process.on('unhandledRejection', note);
  try {
    const result = await run();
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { result, unhandled };
  } finally {
    process.off('unhandledRejection', note);
  }
}

/** The error as a line. */
export function lineOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 120)}` : String(error).slice(0, 120);
}

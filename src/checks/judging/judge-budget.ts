import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Usage } from '../../trace/usage.ts';

/** What a judge may spend in one run; each is checked before its next model call. */
export interface JudgeBudget {
  readonly calls?: number;
  readonly outputTokens?: number;
  readonly totalTokens?: number;
}

interface Spending {
  calls: number;
  outputTokens: number;
  totalTokens: number;
}

const limits = ['calls', 'outputTokens', 'totalTokens'] as const;

/** @throws InvalidArgumentError for what is no budget. */
export function refuseBadJudgeBudget(budget: JudgeBudget): void {
  for (const [limit, value] of Object.entries(budget)) {
    if ((limits as readonly string[]).includes(limit) && typeof value === 'number' && value > 0) continue;
    throw new InvalidArgumentError({
      argument: 'judge',
      message: `The budget of judge() takes ${limits.join(', ')}, each above 0; not ${limit}: ${String(value)}.`,
    });
  }
}

/** Keeps what a judge has spent, by the run. */
export function judgePurse(name: string, budget: JudgeBudget) {
  const spent = new WeakMap<object, Spending>();
  const of = (run: object): Spending => {
    const known = spent.get(run) ?? { calls: 0, outputTokens: 0, totalTokens: 0 };
    spent.set(run, known);
    return known;
  };
  return {
    /** @throws Error when the budget is used up. */
    open(run: object): void {
      const limit = limits.find((each) => of(run)[each] >= (budget[each] ?? Number.POSITIVE_INFINITY));
      if (limit !== undefined)
        throw new Error(
          `The judge "${name}" has used up its budget (${limit}); raise it, or judge fewer answers with after.`,
        );
      of(run).calls += 1;
    },
    pay(run: object, { inputTokens, outputTokens }: Usage): void {
      of(run).outputTokens += outputTokens.total ?? 0;
      of(run).totalTokens += (inputTokens.total ?? 0) + (outputTokens.total ?? 0);
    },
  };
}

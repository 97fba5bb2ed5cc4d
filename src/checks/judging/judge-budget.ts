import { AISDKError, InvalidArgumentError } from '@ai-sdk/provider';
import { type Price, type Pricing, refuseNoPrice, usdOf } from '../../trace/price.ts';
import type { Usage } from '../../trace/usage.ts';

/** What a judge may spend in one run. Each limit is checked before its next model call. */
export interface JudgeBudget {
  /** Model calls. */
  readonly calls?: number;
  /** Output tokens of these calls. */
  readonly outputTokens?: number;
  /** Input and output tokens of these calls. */
  readonly totalTokens?: number;
  /** Cost in USD; requires the option `price`. */
  readonly usd?: number;
}

interface Spending {
  calls: number;
  outputTokens: number;
  totalTokens: number;
  usd: number;
}

const limits = ['calls', 'outputTokens', 'totalTokens', 'usd'] as const;

/** @throws InvalidArgumentError for what is no budget, and for one in USD without a price. */
export function refuseBadJudgeBudget(budget: JudgeBudget, price: Pricing | undefined): void {
  if (typeof budget !== 'object' || budget === null)
    throw new InvalidArgumentError({
      argument: 'judge',
      message: `The budget of judge() must be { ${limits.join(', ')} }.`,
    });
  for (const [limit, value] of Object.entries(budget)) {
    if ((limits as readonly string[]).includes(limit) && typeof value === 'number' && value > 0) continue;
    throw new InvalidArgumentError({
      argument: 'judge',
      message: `The budget of judge() takes ${limits.join(', ')}, each above 0; not ${limit}: ${String(value)}.`,
    });
  }
  if (price !== undefined) refuseNoPrice(price);
  else if (budget.usd !== undefined)
    throw new InvalidArgumentError({
      argument: 'judge',
      message:
        'budget.usd of judge() needs its option price, to know what a call costs: price: { input: 1.25, output: 10 }, in USD per million tokens.',
    });
}

/** Whether what a call costs is known only when it is over, so that a second call has to wait for the first. */
export function countsWhatIsUsed({ outputTokens, totalTokens, usd }: JudgeBudget): boolean {
  return (outputTokens ?? totalTokens ?? usd) !== undefined;
}

/** Keeps what a judge has spent, by the run. */
export function judgePurse(name: string, budget: JudgeBudget) {
  const spent = new WeakMap<object, Spending>();
  const of = (run: object): Spending => {
    const known = spent.get(run) ?? { calls: 0, outputTokens: 0, totalTokens: 0, usd: 0 };
    spent.set(run, known);
    return known;
  };
  return {
    /** @throws AISDKError when the budget is used up. */
    open(run: object): void {
      const limit = limits.find((each) => of(run)[each] >= (budget[each] ?? Number.POSITIVE_INFINITY));
      if (limit !== undefined)
        throw new AISDKError({
          name: 'StagedRetry_JudgeBudgetError',
          message: `The judge "${name}" has used up its budget (${limit}); raise it, or judge fewer answers with after.`,
        });
      of(run).calls += 1;
    },
    pay(run: object, usage: Usage, price: Price | undefined): void {
      const { inputTokens, outputTokens } = usage;
      of(run).outputTokens += outputTokens.total ?? 0;
      of(run).totalTokens += (inputTokens.total ?? 0) + (outputTokens.total ?? 0);
      if (price !== undefined) of(run).usd += usdOf(usage, price);
    },
  };
}

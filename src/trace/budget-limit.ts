/** What a budget can limit. */
export type BudgetLimit = 'attempts' | 'outputTokens' | 'totalTokens' | 'elapsedMs' | 'usd';

import { InvalidArgumentError } from '@ai-sdk/provider';
import type { BudgetLimit } from '../trace/budget-limit.ts';
import { type Budget, budgetLimits } from './budget.ts';

/** @throws InvalidArgumentError for limits there are none of, and for limits of no number above 0. */
export function refuseBadBudget(budget: Budget, where = 'budget'): void {
  const invalid = (message: string) => new InvalidArgumentError({ argument: where, message });
  if (typeof budget !== 'object' || budget === null) throw invalid(`${where} must be { attempts, … }.`);
  for (const [name, limit] of Object.entries(budget)) {
    if (!budgetLimits.includes(name as BudgetLimit)) {
      throw invalid(`There is no option ${where}.${name}; there are ${budgetLimits.join(', ')}.`);
    }
    if (limit !== undefined && !(typeof limit === 'number' && limit > 0)) {
      throw invalid(`${where}.${name} must be a number above 0.`);
    }
  }
}

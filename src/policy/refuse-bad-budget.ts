import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { type Budget, budgetLimits } from './budget.ts';

/** @throws InvalidArgumentError for an unknown limit, and for a limit that is not a number above 0. */
export function refuseBadBudget(budget: Budget, where = 'budget'): void {
  const invalid = (message: string) => new InvalidArgumentError({ argument: where, message });
  if ('reserve' in Object(budget))
    throw invalid(`${where} is given a limiter: put it into limits: limits: [spendLimiter({ … })].`);
  refuseUnknown(where, budget, budgetLimits);
  for (const [name, limit] of Object.entries(budget)) {
    if (limit !== undefined && !(typeof limit === 'number' && limit > 0)) {
      throw invalid(`${where}.${name} must be a number above 0.`);
    }
  }
}

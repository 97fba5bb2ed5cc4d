import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Decision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';

/** @throws InvalidArgumentError for what is no decision about this escalation. */
export function validateDecision(decision: Decision, { attempts }: Pick<Escalation, 'attempts'>): void {
  switch (decision?.type) {
    case 'approve':
      if (attempts.length === 0) throw invalid('There is no attempt to approve; edit, retry or reject instead.');
      if (decision.attempt !== undefined && !attempts.some(({ number }) => number === decision.attempt)) {
        throw invalid(`There is no attempt ${decision.attempt} to approve.`);
      }
      return;
    case 'edit':
      if (typeof decision.text !== 'string') throw invalid('An edit needs a text.');
      return;
    case 'retry':
      if (typeof decision.advice !== 'string' || decision.advice.trim() === '') throw invalid('A retry needs advice.');
      return;
    case 'reject':
    case 'escalate':
      return;
    default:
      throw invalid('A decision is of type approve, edit, retry, reject or escalate.');
  }
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'decision', message });
}

import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Decision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Attempt } from '../trace/history.ts';

/**
 * The decision with its own members alone, so that nobody slips a `by` in.
 *
 * @throws InvalidArgumentError for what is no decision about this escalation.
 */
export function readDecision(
  decision: unknown,
  { attempts, proposal, stage, passesOnTo }: Pick<Escalation, 'attempts' | 'proposal' | 'stage' | 'passesOnTo'>,
): Decision {
  const { type, attempt, text, force, advice, reason } = membersOf(decision);
  switch (type) {
    case 'approve':
      if (attempts.every(isCancelled)) {
        throw invalid('There is no complete answer to approve; edit, retry or reject instead.');
      }
      if (attempt === undefined) {
        if (proposal === '') throw invalid('The best attempt has no text to approve; name another, or edit instead.');
        return { type };
      }
      if (typeof attempt !== 'number' || !attempts.some(({ number }) => number === attempt)) {
        throw invalid('There is no attempt of that number to approve.');
      }
      if (attempts.some((named) => named.number === attempt && (named.text === '' || isCancelled(named)))) {
        throw invalid('That attempt has no complete text to approve; name another, or edit instead.');
      }
      return { type, attempt };
    case 'edit':
      if (typeof text !== 'string') throw invalid('An edit needs a text.');
      if (force !== undefined && typeof force !== 'boolean') throw invalid('force is true or false.');
      return { type, text, ...(force === undefined ? {} : { force }) };
    case 'retry':
      if (typeof advice !== 'string' || advice.trim() === '') throw invalid('A retry needs advice.');
      return { type, advice };
    case 'reject':
    case 'escalate':
      if (type === 'escalate' && passesOnTo === null) {
        throw invalid(
          `There is nobody to pass this on to: "${stage}" is the last person on the ladder. Approve, edit, retry or reject, or put another human({ name, inbox }) on the ladder.`,
        );
      }
      if (reason !== undefined && typeof reason !== 'string') throw invalid('A reason is a text.');
      return { type, ...(reason === undefined ? {} : { reason }) };
    default:
      throw invalid('A decision is of type approve, edit, retry, reject or escalate.');
  }
}

function isCancelled({ estimatedTokens }: Attempt): boolean {
  return estimatedTokens !== undefined;
}

function membersOf(decision: unknown): Readonly<Record<string, unknown>> {
  return typeof decision === 'object' && decision !== null ? { ...decision } : {};
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'decision', message });
}

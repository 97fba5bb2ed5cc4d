import type { Escalation } from '../trace/escalation.ts';

/** A run that stops because nobody has decided yet, with what its human stage answers meanwhile, if it does. */
export class Suspended extends Error {
  override readonly name = 'Suspended';
  readonly escalation: Escalation;
  readonly response: string | undefined;

  constructor(escalation: Escalation, response: string | undefined) {
    super(`Escalation ${escalation.id} is pending.`);
    this.escalation = escalation;
    this.response = response;
  }
}

import type { Escalation } from '../trace/escalation.ts';
import type { History } from '../trace/history.ts';

/** A run that stops because nobody has decided yet, with what its human stage answers meanwhile, if it does. */
export class Suspended extends Error {
  override readonly name = 'Suspended';
  readonly escalation: Escalation;
  /** What led to the escalation. */
  readonly history: History;
  readonly response: string | undefined;

  constructor({ escalation, history, response }: Pick<Suspended, 'escalation' | 'history' | 'response'>) {
    super(`Escalation ${escalation.id} is pending.`);
    this.escalation = escalation;
    this.history = history;
    this.response = response;
  }
}

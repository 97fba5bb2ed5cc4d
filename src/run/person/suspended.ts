import type { Escalation } from '../../trace/escalation.ts';
import type { History } from '../../trace/history.ts';

/** A run that stops because nobody has decided yet, with the interim answer of its human stage, if there is one. */
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

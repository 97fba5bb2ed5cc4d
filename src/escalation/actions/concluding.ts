import type { Effects } from '../../effects/effects.ts';
import type { EscalationOutcome } from '../../trace/escalation.ts';
import type { Records } from '../records.ts';
import { redactIssues } from '../redaction.ts';

interface ConcludingOptions {
  readonly records: Records;
  readonly redact: (text: string) => string;
  readonly effects: Pick<Effects, 'now'>;
}

/** Writing down what came of a decision, once the run knows. */
export function concluding({ records, redact, effects }: ConcludingOptions) {
  return {
    /** Does nothing where the record says so already, or the store has forgotten it. */
    async conclude(id: string, outcome: Omit<EscalationOutcome, 'at'>): Promise<void> {
      const { verdict } = outcome;
      const issues = verdict?.type === 'fail' ? redactIssues(verdict.issues, redact) : undefined;
      const said = issues === undefined ? outcome : { ...outcome, verdict: { type: 'fail' as const, issues } };
      if ((await records.read(id)) === undefined) return;
      await records.change(id, (record) => {
        const { decision, outcome: known } = record.escalation;
        if (decision === undefined || isSaid(known, said)) return undefined;
        const at = new Date(effects.now()).toISOString();
        return { ...record, escalation: { ...record.escalation, outcome: { ...said, at } } };
      });
    },
  };
}

function isSaid(known: EscalationOutcome | undefined, said: Omit<EscalationOutcome, 'at'>): boolean {
  if (known === undefined) return false;
  const { at, ...rest } = known;
  return (
    rest.type === said.type && rest.text === said.text && JSON.stringify(rest.verdict) === JSON.stringify(said.verdict)
  );
}

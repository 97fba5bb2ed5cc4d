import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Effects } from '../effects/effects.ts';
import type { AuditEntry, Claim } from '../trace/escalation.ts';
import { requireName } from './names.ts';
import { type EscalationRecord, withAudit } from './record.ts';
import type { ChangeResult, Records } from './records.ts';

const quarterHourMs = 15 * 60_000;
const maxNoteLength = 10_000;
const maxNotes = 200;

interface SharingOptions {
  readonly records: Records;
  readonly effects: Pick<Effects, 'now'>;
}

/** How people share the work on an escalation: who is on it, and what they tell each other. */
export function sharing({ records, effects }: SharingOptions) {
  /** The record with a claim or without one, and the change of it. */
  function held(record: EscalationRecord, claim: Claim | undefined, entry: Omit<AuditEntry, 'at'>): EscalationRecord {
    const { claimed, ...escalation } = record.escalation;
    const audit = withAudit(escalation.audit, { ...entry, at: new Date(effects.now()).toISOString() });
    return { ...record, escalation: { ...escalation, ...(claim === undefined ? {} : { claimed: claim }), audit } };
  }

  return {
    async claim(
      id: string,
      { by, ttlMs = quarterHourMs }: { readonly by: string; readonly ttlMs?: number },
    ): Promise<ChangeResult> {
      requireName('by', by);
      if (!(ttlMs > 0 && Number.isFinite(ttlMs))) throw invalid('ttlMs', 'ttlMs must be above 0 and finite.');
      return await records.change(id, (record, { state, claimed }) => {
        if (state !== 'pending' || (claimed !== undefined && claimed.by !== by)) return undefined;
        const ends = Math.min(effects.now() + ttlMs, Date.parse(record.escalation.expiresAt));
        const until = new Date(Math.max(ends, Date.parse(claimed?.until ?? '') || 0)).toISOString();
        return held(record, { ...claimed, by, until }, { type: 'claimed', by });
      });
    },

    async release(id: string, { by }: { readonly by: string }): Promise<ChangeResult> {
      requireName('by', by);
      return await records.change(id, (record, { claimed }) =>
        claimed?.by === by ? held(record, undefined, { type: 'released', by }) : undefined,
      );
    },

    async assign(id: string, { to, by }: { readonly to: string | null; readonly by: string }): Promise<ChangeResult> {
      requireName('by', by);
      if (to !== null) requireName('to', to);
      return await records.change(id, (record, { state }) => {
        if (state !== 'pending') return undefined;
        const { expiresAt } = record.escalation;
        const claim = to === null ? undefined : { by: to, until: expiresAt, assignedBy: by };
        return held(record, claim, { type: 'assigned', by, to });
      });
    },

    async note(id: string, { by, text }: { readonly by: string; readonly text: string }): Promise<ChangeResult> {
      requireName('by', by);
      if (typeof text !== 'string' || text.trim() === '' || text.length > maxNoteLength) {
        throw invalid('text', `text must be a note of at most ${maxNoteLength} characters.`);
      }
      return await records.change(id, (record) => {
        const { notes = [], audit } = record.escalation;
        if (notes.length >= maxNotes) throw invalid('text', `There are ${maxNotes} notes already.`);
        const at = new Date(effects.now()).toISOString();
        const noted = { notes: [...notes, { by, at, text }], audit: withAudit(audit, { type: 'noted', at, by }) };
        return { ...record, escalation: { ...record.escalation, ...noted } };
      });
    },
  };
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}

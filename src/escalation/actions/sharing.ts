import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Effects } from '../../effects/effects.ts';
import { refuseBadOptions } from '../../errors/refuse-bad-options.ts';
import type { AuditEntry, Claim } from '../../trace/escalation.ts';
import { type EscalationRecord, withAudit } from '../record.ts';
import type { Change, ChangeResult, Records } from '../records.ts';
import { requireName } from '../require-name.ts';

const quarterHourMs = 15 * 60_000;
const maxNoteLength = 10_000;
const maxNotes = 200;

/** Who does something. */
export interface NamedOptions {
  /** The name of the person, for the record. */
  readonly by: string;
  /** If it is aborted, nothing more is changed. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** Who claims an escalation, and for how long. */
export interface ClaimOptions extends NamedOptions {
  /** How long the claim lasts, in milliseconds. @default 900_000 (a quarter of an hour) */
  readonly ttlMs?: number;
}

/** Who assigns an escalation, and to whom. */
export interface AssignOptions extends NamedOptions {
  /** The person to assign it to; `null` removes the assignment. */
  readonly to: string | null;
}

/** Who writes a note, and its text. */
export interface NoteOptions extends NamedOptions {
  /** The note, at most 10,000 characters. */
  readonly text: string;
}

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
    async claim(id: string, options: ClaimOptions): Promise<ChangeResult> {
      refuseBadOptions('inbox.claim', options, { by: true, ttlMs: 'number', abortSignal: true });
      const { by, ttlMs = quarterHourMs } = options;
      requireName('by', by);
      if (!(ttlMs > 0 && Number.isFinite(ttlMs))) throw invalid('ttlMs', 'ttlMs must be above 0 and finite.');
      const claim: Change = (record, { state, claimed }) => {
        if (state !== 'pending' || (claimed !== undefined && claimed.by !== by)) return undefined;
        const ends = Math.min(effects.now() + ttlMs, Date.parse(record.escalation.expiresAt));
        const until = new Date(Math.max(ends, Date.parse(claimed?.until ?? '') || 0)).toISOString();
        return held(record, { ...claimed, by, until }, { type: 'claimed', by });
      };
      return await records.change(id, claim, options);
    },

    async release(id: string, options: NamedOptions): Promise<ChangeResult> {
      refuseBadOptions('inbox.release', options, { by: true, abortSignal: true });
      const { by } = options;
      requireName('by', by);
      const release: Change = (record, { claimed }) =>
        claimed?.by === by ? held(record, undefined, { type: 'released', by }) : undefined;
      return await records.change(id, release, options);
    },

    async assign(id: string, options: AssignOptions): Promise<ChangeResult> {
      refuseBadOptions('inbox.assign', options, { to: true, by: true, abortSignal: true });
      const { to, by } = options;
      requireName('by', by);
      if (to !== null) requireName('to', to);
      const assign: Change = (record, { state }) => {
        if (state !== 'pending') return undefined;
        const { expiresAt } = record.escalation;
        const claim = to === null ? undefined : { by: to, until: expiresAt, assignedBy: by };
        return held(record, claim, { type: 'assigned', by, to });
      };
      return await records.change(id, assign, options);
    },

    async note(id: string, options: NoteOptions): Promise<ChangeResult> {
      refuseBadOptions('inbox.note', options, { by: true, text: true, abortSignal: true });
      const { by, text } = options;
      requireName('by', by);
      if (typeof text !== 'string' || text.trim() === '' || text.length > maxNoteLength) {
        throw invalid('text', `text must be a note of at most ${maxNoteLength} characters.`);
      }
      const note: Change = (record) => {
        const { notes = [], audit } = record.escalation;
        if (notes.length >= maxNotes) throw invalid('text', `There are ${maxNotes} notes already.`);
        const at = new Date(effects.now()).toISOString();
        const noted = { notes: [...notes, { by, at, text }], audit: withAudit(audit, { type: 'noted', at, by }) };
        return { ...record, escalation: { ...record.escalation, ...noted } };
      };
      return await records.change(id, note, options);
    },
  };
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}

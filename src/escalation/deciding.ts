import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Effects } from '../effects/effects.ts';
import { raced } from '../effects/waiting.ts';
import type { Decision } from '../trace/decision.ts';
import { type EscalationListener, settled } from './announcing.ts';
import { readDecision } from './decision.ts';
import { withAudit } from './record.ts';
import type { ChangeResult, Records } from './records.ts';

/** Of who did something. */
export const maxNameLength = 200;

const quarterHourMs = 15 * 60_000;
const listenerPatienceMs = 5000;

interface DecidingOptions {
  readonly records: Records;
  readonly onDecided: EscalationListener | undefined;
  readonly effects: Effects;
}

/** What people do with an escalation: each is one conditional write, so that the first of many wins. */
export function deciding({ records, onDecided, effects }: DecidingOptions) {
  return {
    async decide(id: string, decision: Decision, { by }: { readonly by?: string } = {}): Promise<ChangeResult> {
      if (by !== undefined) requireName(by);
      const result = await records.change(id, (record, { state }) => {
        const { claimed, ...escalation } = record.escalation;
        const read = readDecision(decision, { attempts: attemptsOf(record), proposal: escalation.proposal });
        if (state !== 'pending') return undefined;
        const who = by === undefined ? {} : { by };
        const at = new Date(effects.now()).toISOString();
        const audit = withAudit(escalation.audit, { type: 'decided', at, ...who, decision: read.type });
        return { ...record, escalation: { ...escalation, decision: { ...read, ...who, at }, audit } };
      });
      if (result.won && onDecided !== undefined) {
        const told = settled(onDecided, result.escalation);
        await raced(told, { timeoutMs: listenerPatienceMs, effects }).catch(() => {});
      }
      return result;
    },

    async claim(
      id: string,
      { by, ttlMs = quarterHourMs }: { readonly by: string; readonly ttlMs?: number },
    ): Promise<ChangeResult> {
      requireName(by);
      if (!(ttlMs > 0 && Number.isFinite(ttlMs))) throw invalid('ttlMs', 'ttlMs must be above 0 and finite.');
      return await records.change(id, (record, { state, claimed }) => {
        if (state !== 'pending' || (claimed !== undefined && claimed.by !== by)) return undefined;
        const now = effects.now();
        const ends = Math.min(now + ttlMs, Date.parse(record.escalation.expiresAt));
        const at = new Date(now).toISOString();
        const audit = withAudit(record.escalation.audit, { type: 'claimed', at, by });
        const claim = { by, until: new Date(ends).toISOString() };
        return { ...record, escalation: { ...record.escalation, claimed: claim, audit } };
      });
    },

    async release(id: string, { by }: { readonly by: string }): Promise<ChangeResult> {
      requireName(by);
      return await records.change(id, (record, { claimed: current }) => {
        if (current?.by !== by) return undefined;
        const { claimed, ...escalation } = record.escalation;
        const at = new Date(effects.now()).toISOString();
        return {
          ...record,
          escalation: { ...escalation, audit: withAudit(escalation.audit, { type: 'released', at, by }) },
        };
      });
    },
  };
}

function attemptsOf({ history }: Parameters<Parameters<Records['change']>[1]>[0]) {
  return history.filter((entry) => entry.type === 'attempt');
}

function requireName(by: unknown): void {
  if (typeof by === 'string' && by.trim() !== '' && by.length <= maxNameLength) return;
  throw invalid('by', `by must be a name of at most ${maxNameLength} characters.`);
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}

import type { Effects } from '../../effects/effects.ts';
import { raced } from '../../effects/waiting.ts';
import { refuseBadOptions } from '../../errors/refuse-bad-options.ts';
import { approvedAttempt } from '../../policy/best-attempt.ts';
import type { Decision } from '../../trace/decision.ts';
import type { EscalationOutcome } from '../../trace/escalation.ts';
import type { History } from '../../trace/history.ts';
import { readDecision } from '../read-decision.ts';
import { withAudit } from '../record.ts';
import type { Change, ChangeResult, Records } from '../records.ts';
import { requireId, requireName } from '../require-name.ts';
import { type EscalationListener, settled } from './announcing.ts';

const listenerPatienceMs = 5000;

/** How many of a bulk are written at once. */
const bulkSize = 50;

interface DecidingOptions {
  readonly records: Records;
  readonly onDecided: EscalationListener | undefined;
  readonly effects: Effects;
}

/** The result for one of several ids. */
export type BulkResult = { readonly id: string } & (
  | ChangeResult
  /** The id is unknown, or the decision is invalid for it. */
  | { readonly won: false; readonly error: Error }
);

/** Who decides, and whether a claim of somebody else prevents it. */
export interface DecideOptions {
  /** The name of the person, for the record. */
  readonly by?: string | undefined;
  /** `false`: nothing is decided while somebody else holds a claim. By default, anybody may decide. */
  readonly takeOver?: boolean | undefined;
  /**
   * The `createdAt` of the escalation that the person saw. If another answer was filed under the same id since, nothing is
   * decided. @default any
   */
  readonly createdAt?: string | undefined;
  /** If it is aborted, nothing more is decided. */
  readonly abortSignal?: AbortSignal | undefined;
}

export interface Decide {
  (id: string, decision: Decision, options?: DecideOptions): Promise<ChangeResult>;
  (ids: readonly string[], decision: Decision, options?: DecideOptions): Promise<readonly BulkResult[]>;
}

/** Deciding is one conditional write, so that the first of many wins. */
export function deciding({ records, onDecided, effects }: DecidingOptions): { readonly decide: Decide } {
  async function decideOne(id: string, decision: Decision, options: DecideOptions): Promise<ChangeResult> {
    const { by, takeOver, createdAt } = options;
    const decided: Change = (record, { state, claimed: claim }) => {
      const { claimed, ...escalation } = record.escalation;
      if (createdAt !== undefined && escalation.createdAt !== createdAt) return undefined;
      const attempts = attemptsOf(record);
      const read = readDecision(decision, { ...escalation, attempts });
      if (state !== 'pending' || (takeOver === false && claim !== undefined && claim.by !== by)) return undefined;
      const who = by === undefined ? {} : { by };
      const at = new Date(effects.now()).toISOString();
      const audit = withAudit(escalation.audit, { type: 'decided', at, ...who, decision: read.type });
      const outcome = outcomeAtOnce(read, record.history, at);
      return { ...record, escalation: { ...escalation, decision: { ...read, ...who, at }, ...outcome, audit } };
    };
    const result = await records.change(id, decided, options);
    if (result.won && onDecided !== undefined) {
      const told = settled(onDecided, result.escalation);
      await raced(told, { timeoutMs: listenerPatienceMs, effects }).catch(() => {});
    }
    return result;
  }

  async function decideEach(ids: readonly string[], decision: Decision, options: DecideOptions): Promise<BulkResult[]> {
    const results: BulkResult[] = [];
    for (let start = 0; start < ids.length; start += bulkSize) {
      const deciding = ids.slice(start, start + bulkSize).map(async (id): Promise<BulkResult> => {
        try {
          return { id, ...(await decideOne(id, decision, options)) };
        } catch (error) {
          options.abortSignal?.throwIfAborted();
          return { id, won: false, error: error instanceof Error ? error : new Error(String(error)) };
        }
      });
      results.push(...(await Promise.all(deciding)));
    }
    return results;
  }

  function decide(id: string, decision: Decision, options?: DecideOptions): Promise<ChangeResult>;
  function decide(ids: readonly string[], decision: Decision, options?: DecideOptions): Promise<readonly BulkResult[]>;
  async function decide(
    which: string | readonly string[],
    decision: Decision,
    options: DecideOptions = {},
  ): Promise<ChangeResult | readonly BulkResult[]> {
    refuseBadOptions('inbox.decide', options, {
      by: 'string',
      takeOver: 'boolean',
      createdAt: 'string',
      abortSignal: true,
    });
    if (options.by !== undefined) requireName('by', options.by);
    if (!Array.isArray(which)) {
      requireId(which);
      return await decideOne(which, decision, options);
    }
    return await decideEach(which, decision, options);
  }

  return { decide };
}

/** What is known to come of a decision without the run: an approved answer goes out as it is. */
function outcomeAtOnce(decision: Decision, history: History, at: string): { outcome?: EscalationOutcome } {
  if (decision.type === 'edit' && decision.force === true) {
    return { outcome: { type: 'accepted', text: decision.text, at } };
  }
  if (decision.type !== 'approve') return {};
  const approved = approvedAttempt(history, decision.attempt);
  return approved === undefined
    ? {}
    : { outcome: { type: 'accepted', text: approved.text, verdict: approved.verdict, at } };
}

function attemptsOf({ history }: Parameters<Parameters<Records['change']>[1]>[0]) {
  return history.filter((entry) => entry.type === 'attempt');
}

import type { Effects } from '../../effects/effects.ts';
import { raced } from '../../effects/waiting.ts';
import type { Escalation } from '../../trace/escalation.ts';
import { withAudit } from '../record.ts';
import type { Change, Records } from '../records.ts';

/** What an inbox tells of an escalation to. */
export type EscalationListener = (escalation: Escalation) => PromiseLike<void> | void;

/** How long a run waits for a listener; one that takes longer goes on, and counts when it is done. */
const patienceMs = 5000;

/** How long nobody else tells of the same escalation. */
export const announcementMs = 10_000;

interface AnnouncingOptions {
  readonly records: Records;
  readonly onFiled: EscalationListener | undefined;
  readonly effects: Effects;
}

/** Tells of what was filed, at least once: what a dead process or a failing listener left is told again. */
export function announcing({ records, onFiled, effects }: AnnouncingOptions) {
  /** The record says afterwards whether the listener was told, also if the signal ends the wait. */
  async function tell(escalation: Escalation, signal?: AbortSignal): Promise<Escalation | undefined> {
    if (onFiled === undefined) return undefined;
    const telling = settled(onFiled, escalation).then((isTold) =>
      records.change(escalation.id, (record) => {
        if (record.announced === true) return undefined;
        const now = effects.now();
        if (!isTold) return { ...record, announced: { until: now } };
        const audit = withAudit(record.escalation.audit, { type: 'announced', at: new Date(now).toISOString() });
        return { ...record, announced: true, escalation: { ...record.escalation, audit } };
      }),
    );
    try {
      return (await raced(telling, { signal, timeoutMs: patienceMs, effects })).escalation;
    } catch {
      // The escalation stands whether or not somebody could be told; the listener reports its own failures.
      return undefined;
    }
  }

  return {
    tell,

    /** Tells of an escalation nobody has told of and nobody is telling of; `undefined` for any other. */
    async announce(id: string, abortSignal?: AbortSignal): Promise<Escalation | undefined> {
      const claim: Change = (record, { state }) => {
        if (
          onFiled === undefined ||
          state !== 'pending' ||
          record.announced === true ||
          record.announced.until > effects.now()
        )
          return undefined;
        return { ...record, announced: { until: effects.now() + announcementMs } };
      };
      const { won, escalation } = await records.change(id, claim, { abortSignal });
      return won ? ((await tell(escalation, abortSignal)) ?? escalation) : undefined;
    },
  };
}

/** Whether the listener did it; it may throw, reject, or return nothing at all. */
export async function settled(listener: EscalationListener, escalation: Escalation): Promise<boolean> {
  try {
    await listener(escalation);
    return true;
  } catch {
    return false;
  }
}

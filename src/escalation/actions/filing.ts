import type { JSONObject } from '@ai-sdk/provider';
import type { Effects } from '../../effects/effects.ts';
import { raced } from '../../effects/waiting.ts';
import { StoreError } from '../../errors/store-error.ts';
import type { Prompt } from '../../model/language-model.ts';
import { base64Url } from '../../trace/base64.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { History } from '../../trace/history.ts';
import { sha256 } from '../../trace/sha256.ts';
import { type EscalationRecord, isOver, toEscalation } from '../record.ts';
import type { Records } from '../records.ts';
import { promptToJson, redactHistory, redactIssues } from '../redaction.ts';
import { announcementMs, type announcing } from './announcing.ts';
import { type Describe, described } from './describing.ts';
import { proposed } from './proposed.ts';

/** What a run files. */
export interface EscalationRequest {
  /** The key of the request; it covers the scope. */
  readonly requestKey: string;
  readonly scope: string;
  readonly stage: string;
  /** The next human stage; `null` if there is none. @default not said, and nobody is refused to pass it on */
  readonly passesOnTo?: string | null | undefined;
  readonly prompt: Prompt;
  readonly history: History;
  /** The call's `metadata`. */
  readonly metadata?: JSONObject | undefined;
  /** What a live stream has shown of an answer. */
  readonly released?: string | undefined;
  /** What reviewers are to read of it. */
  readonly describe?: Describe | undefined;
  /** If it is aborted before the write begins, no escalation is written, at once; nobody waits for `onFiled`. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** An escalation found again, with what a run needs to go on. */
export interface FoundEscalation {
  readonly escalation: Escalation;
  readonly stage: string;
  readonly history: History;
  /** Whether `onFiled` succeeded; `announce` tells of one that nobody was told of. */
  readonly isAnnounced: boolean;
  /** Whether its time is over: it only leads to the next round then. */
  readonly isOver: boolean;
}

export interface FiledEscalation extends FoundEscalation {
  /** Whether this call wrote it. */
  readonly isNew: boolean;
  /** Whether this call asks people: it wrote the escalation, or told `onFiled` of one that nobody was told of. */
  readonly isRequest: boolean;
}

interface FilingOptions {
  readonly records: Records;
  readonly announcements: ReturnType<typeof announcing>;
  readonly sweep: () => Promise<void>;
  readonly isTelling: boolean;
  readonly redact: (text: string) => string;
  readonly ttlMs: number;
  readonly effects: Effects;
}

/** What is read and not written is somebody else's, who may be writing it just now. */
const maxTries = 3;

/** Writing escalations, and finding them again by the request that filed them. */
export function filing({ records, announcements, sweep, isTelling, redact, ttlMs, effects }: FilingOptions) {
  function found(record: EscalationRecord): FoundEscalation {
    const escalation = toEscalation(record, effects.now());
    const isAnnounced = record.announced === true || record.announced.until > effects.now();
    const isPast = isOver(escalation, effects.now());
    return { escalation, stage: escalation.stage, history: record.history, isAnnounced, isOver: isPast };
  }

  async function announced(again: FoundEscalation, abortSignal: AbortSignal | undefined): Promise<FiledEscalation> {
    if (again.isAnnounced) return { ...again, isNew: false, isRequest: false };
    const told = await announcements.announce(again.escalation.id, abortSignal);
    const escalation = told ?? again.escalation;
    return { ...again, escalation, isAnnounced: true, isNew: false, isRequest: told !== undefined };
  }

  function newRecord(id: string, request: EscalationRequest) {
    const { scope, stage, passesOnTo, prompt, history, metadata, released = '' } = request;
    const now = effects.now();
    const { proposal, issues } = proposed(history);
    const createdAt = new Date(now).toISOString();
    const { problem, ...description } = described(request, redact);
    return {
      v: 1 as const,
      escalation: {
        id,
        scope,
        stage,
        ...(passesOnTo === undefined ? {} : { passesOnTo }),
        createdAt,
        expiresAt: new Date(now + ttlMs).toISOString(),
        ...description,
        ...(metadata === undefined ? {} : { metadata }),
        prompt: promptToJson(prompt, redact),
        issues: redactIssues(issues, redact),
        proposal,
        ...(released === '' ? {} : { released }),
        audit: [{ type: 'filed' as const, at: createdAt, ...(problem === undefined ? {} : { problem }) }],
      },
      history: redactHistory(history, redact),
      announced: isTelling ? { until: now + announcementMs } : (true as const),
    };
  }

  return {
    async file(request: EscalationRequest): Promise<FiledEscalation> {
      const { abortSignal } = request;
      const id = await escalationId(request.requestKey, countDecisions(request.history));
      const swept = sweep().catch(() => {});
      for (let tries = 0; tries < maxTries; tries += 1) {
        const [stored] = await raced(Promise.all([records.read(id), swept]), { signal: abortSignal });
        abortSignal?.throwIfAborted();
        if (stored !== undefined && !isOver(stored.record.escalation, effects.now())) {
          return await announced(found(stored.record), abortSignal);
        }
        const record = newRecord(id, request);
        if (!(await records.create(record, stored))) continue;
        const filed = found({ ...record, revision: '', changedAt: 0 });
        const escalation = (await announcements.tell(filed.escalation, abortSignal)) ?? filed.escalation;
        return { ...filed, escalation, history: request.history, isNew: true, isRequest: true };
      }
      throw new StoreError({ operation: 'file', key: id, reason: 'something else is stored at its key' });
    },

    async find(requestKey: string, round: number): Promise<FoundEscalation | undefined> {
      const stored = await records.read(await escalationId(requestKey, round));
      return stored === undefined ? undefined : found(stored.record);
    },

    async keep(ids: readonly string[], forMs: number): Promise<void> {
      await Promise.all(ids.map((id) => records.keep(id, effects.now() + forMs)));
    },
  };
}

/** The same for the same request and round, from any process, so that no two are filed. */
async function escalationId(requestKey: string, round: number): Promise<string> {
  const bytes = new TextEncoder().encode(`${requestKey}#${round}`);
  return base64Url((await sha256(bytes)).slice(0, 18));
}

function countDecisions(history: History): number {
  return history.filter((entry) => entry.type === 'decision').length;
}

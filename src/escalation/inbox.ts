import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Effects, systemEffects } from '../effects/effects.ts';
import { raced, sleep } from '../effects/waiting.ts';
import type { Prompt } from '../model/language-model.ts';
import { bestAttempt } from '../policy/best-attempt.ts';
import { durablePrefix } from '../stores/durable.ts';
import { memoryStore } from '../stores/memory.ts';
import type { Store } from '../stores/store.ts';
import type { Decision, RecordedDecision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { History } from '../trace/history.ts';
import { validateDecision } from './decision.ts';
import { escalationIndex } from './escalation-index.ts';
import {
  type EscalationRecord,
  parseRecord,
  promptToJson,
  redactHistory,
  redactIssues,
  toEscalation,
} from './record.ts';
import { base64Url } from './request-key.ts';

export interface InboxOptions {
  /** Where escalations wait. @default memoryStore() */
  readonly store?: Store;
  /** How long a decision is possible, in milliseconds. @default 604_800_000 (7 days) */
  readonly ttlMs?: number;
  /** Changes the stored prompt and issue texts, never the proposal. */
  readonly redact?: (text: string) => string;
  /** Runs after an escalation was written; what it throws does not harm the run. */
  readonly onFiled?: (escalation: Escalation) => PromiseLike<void> | void;
  /** Runs after a decision was written. */
  readonly onDecided?: (escalation: Escalation) => PromiseLike<void> | void;
}

/** What a run files. */
export interface EscalationRequest {
  /** The key of the request; it covers the scope. */
  readonly requestKey: string;
  readonly scope: string;
  readonly stage: string;
  readonly prompt: Prompt;
  readonly history: History;
}

/** An escalation found again, with what a run needs to go on. */
export interface FoundEscalation {
  readonly escalation: Escalation;
  readonly stage: string;
  readonly history: History;
}

export interface ListOptions {
  readonly scope?: string;
  /** @default 'pending' */
  readonly state?: Escalation['state'];
  /** @default 50 */
  readonly limit?: number;
  readonly cursor?: string;
}

/** Where escalations wait and are decided. */
export interface Inbox {
  /** Writes an escalation, or finds the one that was written for the same request before. */
  file(request: EscalationRequest): Promise<{ readonly escalation: Escalation; readonly isNew: boolean }>;
  /** The escalation a request filed after `round` decisions, while it counts. */
  find(requestKey: string, round: number): Promise<FoundEscalation | undefined>;
  get(id: string): Promise<Escalation | undefined>;
  /** Newest first. */
  list(options?: ListOptions): Promise<{ readonly escalations: readonly Escalation[]; readonly cursor?: string }>;
  /**
   * The first decision wins; a later one gets the recorded outcome.
   *
   * @throws InvalidArgumentError for an unknown id, and for a decision that is none.
   */
  decide(
    id: string,
    decision: Decision,
    options?: { readonly by?: string },
  ): Promise<{ readonly won: boolean; readonly escalation: Escalation }>;
  /** The decided escalation, or `undefined` when `timeoutMs` is up; rejects with the signal's reason. */
  waitFor(
    id: string,
    options: { readonly timeoutMs: number; readonly pollMs?: number; readonly abortSignal?: AbortSignal | undefined },
  ): Promise<Escalation | undefined>;
}

const weekMs = 7 * 24 * 3_600_000;
const announceTimeoutMs = 30_000;

/**
 * A durable inbox on a store.
 *
 * @throws InvalidArgumentError for a `ttlMs` that is no positive number.
 * @example
 * const inbox = createInbox({ store, onFiled: (escalation) => post(`/inbox/${escalation.id}`) });
 * const model = withStagedRetry(openai('gpt-5-mini'), { stages: [retry({ attempts: 2 }), human({ inbox })], scope: 'public' });
 */
export function createInbox(options: InboxOptions = {}, effects: Effects = systemEffects): Inbox {
  const { store = memoryStore(), ttlMs = weekMs, redact = (text) => text, onFiled, onDecided } = options;
  if (!(ttlMs > 0)) throw new InvalidArgumentError({ argument: 'ttlMs', message: 'ttlMs must be above 0.' });
  const index = escalationIndex(store);
  const waiting = new Map<string, Set<() => void>>();

  async function read(id: string): Promise<{ text: string; record: EscalationRecord } | undefined> {
    const text = await store.get(recordKey(id));
    const record = parseRecord(text);
    return text === undefined || record === undefined ? undefined : { text, record };
  }

  async function announce(listener: typeof onFiled, escalation: Escalation): Promise<void> {
    if (listener === undefined) return;
    try {
      await raced(Promise.resolve(listener(escalation)), { timeoutMs: announceTimeoutMs, effects });
    } catch {
      // The record stands whether or not somebody could be told; the listener reports its own failures.
    }
  }

  return {
    async file({ requestKey, scope, stage, prompt, history }) {
      const id = await escalationId(requestKey, countDecisions(history));
      const now = effects.now();
      const best = bestAttempt(history);
      const record: EscalationRecord = {
        v: 1,
        escalation: {
          id,
          scope,
          createdAt: new Date(now).toISOString(),
          expiresAt: new Date(now + ttlMs).toISOString(),
          prompt: promptToJson(prompt, redact),
          issues: best?.verdict.type === 'fail' ? redactIssues(best.verdict.issues, redact) : [],
          proposal: best?.text ?? '',
        },
        stage,
        history: redactHistory(history, redact),
        revision: effects.createId(),
      };
      const existing = await read(id);
      if (existing !== undefined) {
        const escalation = toEscalation(existing.record, now);
        if (escalation.state !== 'expired') return { escalation, isNew: false };
      }
      const escalation = toEscalation(record, now);
      await index.addPending(escalation);
      const hasWritten = await store.set(recordKey(id), JSON.stringify(record), {
        ttlMs: 2 * ttlMs,
        onlyIf: existing === undefined ? 'absent' : { equals: existing.text },
      });
      if (!hasWritten) {
        const winner = await read(id);
        if (winner !== undefined) return { escalation: toEscalation(winner.record, now), isNew: false };
      }
      await announce(onFiled, escalation);
      return { escalation, isNew: true };
    },

    async find(requestKey, round) {
      const stored = await read(await escalationId(requestKey, round));
      if (stored === undefined) return undefined;
      const { record } = stored;
      if (Date.parse(record.escalation.expiresAt) <= effects.now()) return undefined;
      return { escalation: toEscalation(record, effects.now()), stage: record.stage, history: record.history };
    },

    async get(id) {
      const stored = await read(id);
      return stored === undefined ? undefined : toEscalation(stored.record, effects.now());
    },

    list({ scope, state = 'pending', limit = 50, cursor } = {}) {
      return index.list({ scope, state, limit, cursor }, async (id) => {
        const stored = await read(id);
        return stored === undefined ? undefined : toEscalation(stored.record, effects.now());
      });
    },

    async decide(id, decision, { by } = {}) {
      for (;;) {
        const stored = await read(id);
        if (stored === undefined)
          throw new InvalidArgumentError({ argument: 'id', message: `There is no escalation ${id}.` });
        const { record, text } = stored;
        const current = toEscalation(record, effects.now());
        validateDecision(decision, current);
        if (current.state !== 'pending') return { won: false, escalation: current };
        const at = new Date(effects.now()).toISOString();
        const recorded: RecordedDecision = { ...decision, ...(by === undefined ? {} : { by }), at };
        const decided = {
          ...record,
          escalation: { ...record.escalation, decision: recorded },
          revision: effects.createId(),
        };
        const remainingMs = Date.parse(current.expiresAt) - effects.now() + ttlMs;
        const won = await store.set(recordKey(id), JSON.stringify(decided), {
          ttlMs: Math.max(1, remainingMs),
          onlyIf: { equals: text },
        });
        if (!won) continue;
        const escalation = toEscalation(decided, effects.now());
        await index.move(escalation, 'pending');
        for (const wake of waiting.get(id) ?? []) wake();
        await announce(onDecided, escalation);
        return { won, escalation };
      }
    },

    async waitFor(id, { timeoutMs, pollMs = 1000, abortSignal }) {
      const deadline = effects.now() + timeoutMs;
      for (;;) {
        abortSignal?.throwIfAborted();
        const stored = await raced(read(id), { signal: abortSignal });
        const escalation = stored === undefined ? undefined : toEscalation(stored.record, effects.now());
        if (escalation?.state !== 'pending') return escalation?.state === 'decided' ? escalation : undefined;
        const remainingMs = deadline - effects.now();
        if (remainingMs <= 0) return undefined;
        await untilWokenOr(sleepBetween(pollMs, remainingMs), id, abortSignal);
      }
    },
  };

  function sleepBetween(pollMs: number, remainingMs: number): number {
    return Math.min(remainingMs, pollMs * (0.75 + effects.random() / 2));
  }

  /** A decision made through this very inbox needs no poll. */
  async function untilWokenOr(ms: number, id: string, abortSignal: AbortSignal | undefined): Promise<void> {
    const wakers = waiting.get(id) ?? new Set();
    waiting.set(id, wakers);
    const controller = new AbortController();
    const wake = () => controller.abort();
    const abort = () => controller.abort();
    wakers.add(wake);
    abortSignal?.addEventListener('abort', abort, { once: true });
    try {
      await sleep(ms, effects, controller.signal).catch(() => {});
    } finally {
      abortSignal?.removeEventListener('abort', abort);
      wakers.delete(wake);
      if (wakers.size === 0) waiting.delete(id);
    }
  }
}

function recordKey(id: string): string {
  return `${durablePrefix}${id}`;
}

/** The same for the same request and round, from any process, so that no two are filed. */
async function escalationId(requestKey: string, round: number): Promise<string> {
  const bytes = new TextEncoder().encode(`${requestKey}#${round}`);
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, 18));
}

function countDecisions(history: History): number {
  return history.filter((entry) => entry.type === 'decision').length;
}

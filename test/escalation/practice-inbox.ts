import type { JSONObject } from '@ai-sdk/provider';
import { type Effects, systemEffects } from '../../src/effects/effects.ts';
import {
  createInbox,
  type Escalation,
  type HumanOptions,
  type Inbox,
  type InboxOptions,
  memoryStore,
  type Store,
} from '../../src/index.ts';
import type { Prompt } from '../../src/model/language-model.ts';
import type { Attempt, History } from '../../src/trace/history.ts';
import { noUsage } from '../../src/trace/usage.ts';

export interface PracticeInbox {
  readonly inbox: Inbox;
  readonly store: Store;
  /** Files an escalation about this answer. */
  file(
    answer?: string,
    more?: {
      readonly scope?: string;
      readonly key?: string;
      /** The user's words, or a whole prompt. */
      readonly prompt?: string | Prompt;
      readonly history?: History;
      readonly released?: string;
      readonly stage?: string;
      readonly passesOnTo?: string | null;
      readonly metadata?: JSONObject;
      readonly describe?: HumanOptions['describe'];
    },
  ): Promise<Escalation>;
}

/** An inbox one can file into without a model. */
export function practiceInbox(options: InboxOptions = {}, effects: Effects = systemEffects): PracticeInbox {
  const store = options.store ?? memoryStore({ now: effects.now });
  const inbox = createInbox({ ...options, store }, effects);
  let count = 0;
  return {
    inbox,
    store,
    async file(
      answer = '{"total":12}',
      {
        scope = 'acme',
        key,
        prompt = 'Read the invoice.',
        stage = 'human',
        passesOnTo,
        metadata,
        describe,
        history,
        released,
      } = {},
    ) {
      count += 1;
      const { escalation } = await inbox.file({
        requestKey: key ?? `${scope}-${count}`,
        scope,
        stage,
        passesOnTo,
        metadata,
        describe,
        released,
        prompt: typeof prompt === 'string' ? [{ role: 'user', content: [{ type: 'text', text: prompt }] }] : prompt,
        history: history ?? [failedAttempt(answer)],
      });
      return escalation;
    },
  };
}

export function failedAttempt(text: string, number = 1): Attempt {
  const issue = { message: 'Make total the sum.', path: ['total'], check: 'adds-up', kind: 'content' as const };
  return {
    type: 'attempt',
    number,
    stage: 'retry',
    model: 'scripted-model',
    text,
    verdict: { type: 'fail', issues: [issue] },
    usage: noUsage,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 5,
  };
}

/** The system's effects with a clock one can turn. */
export function turnableClock(): Effects & { turn(ms: number): void } {
  let offset = 0;
  return {
    ...systemEffects,
    now: () => Date.now() + offset,
    turn(ms) {
      offset += ms;
    },
  };
}

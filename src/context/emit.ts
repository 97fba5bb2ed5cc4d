import { lazily } from '../effects/lazily.ts';
import type { Explaining } from '../errors/explain-issue.ts';
import type { EventDetail, StagedRetryEventName } from '../events.ts';
import type { Run } from './run.ts';

const telling = /* @__PURE__ */ lazily(() => import('./tell-sinks.ts'));

let tell: Awaited<ReturnType<typeof telling>>['tellSinks'] | undefined;

/** Loads what a run with sinks needs before its first event. */
export async function openEvents(): Promise<void> {
  tell = (await telling()).tellSinks;
}

/** Sends an event to the sinks of a run that has called `openEvents`. */
export function emit<NAME extends StagedRetryEventName>(
  run: Run,
  name: NAME,
  detail: EventDetail<NAME>,
  explaining?: Explaining,
): void {
  if (run.sinks.length > 0) tell?.(run, name, detail, explaining);
}

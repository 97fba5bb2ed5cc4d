import type { Explaining } from '../errors/explain-issue.ts';
import type { EventDetail, StagedRetryEventName, StagedRetryEvents } from '../events.ts';
import { attachExplaining } from '../telemetry/explained.ts';
import type { Run } from './run.ts';

/** Sends an event to the sinks. A sink that throws or rejects affects neither the run nor the other sinks. */
export function emit<NAME extends StagedRetryEventName>(
  run: Run,
  name: NAME,
  detail: EventDetail<NAME>,
  explaining?: Explaining,
): void {
  const { id, sinks, callOptions } = run;
  if (sinks.length === 0) return;
  const { metadata } = callOptions;
  const identity = metadata === undefined ? { runId: id } : { runId: id, metadata };
  const event = { ...identity, ...detail } as unknown as StagedRetryEvents[NAME]; // its detail and whose it is
  if (explaining !== undefined) attachExplaining(event, explaining);
  for (const sink of sinks) {
    try {
      const returned: unknown = sink.emit(name, event);
      if (returned instanceof Promise) returned.catch(() => {});
    } catch {
      // A failing listener is the caller's problem.
    }
  }
}

import type { EventDetail, StagedRetryEventName, StagedRetryEvents } from '../events.ts';
import { rememberSaid } from '../telemetry/withheld.ts';
import type { Run } from './run.ts';

/** Tells the event sinks; what one throws, or rejects with, harms neither the run nor the others. */
export function emit<NAME extends StagedRetryEventName>(run: Run, name: NAME, detail: EventDetail<NAME>): void {
  const { id, sinks, callOptions } = run;
  if (sinks.length === 0) return;
  const { metadata } = callOptions;
  const identity = metadata === undefined ? { runId: id } : { runId: id, metadata };
  const event = { ...identity, ...detail } as unknown as StagedRetryEvents[NAME]; // its detail and whose it is
  if (name === 'attempt-end' || name === 'run-end') rememberSaid(event, run);
  for (const sink of sinks) {
    try {
      const returned: unknown = sink.emit(name, event);
      if (returned instanceof Promise) returned.catch(() => {});
    } catch {
      // Listening is the caller's affair.
    }
  }
}

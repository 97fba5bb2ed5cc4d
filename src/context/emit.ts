import type { StagedRetryEventName, StagedRetryEvents } from '../events.ts';
import type { Run } from './run.ts';

/** Tells the caller's event sink; what it throws, or rejects with, does not harm the run. */
export function emit<NAME extends StagedRetryEventName>(
  { id, settings: { events } }: Run,
  name: NAME,
  event: Omit<StagedRetryEvents[NAME], 'runId'>,
): void {
  if (events === undefined) return;
  try {
    const returned: unknown = events.emit(name, { runId: id, ...event } as unknown as StagedRetryEvents[NAME]);
    if (returned instanceof Promise) returned.catch(() => {});
  } catch {
    // Listening is the caller's affair.
  }
}

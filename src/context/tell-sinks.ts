import { isPromiseLike } from '../checks/schema.ts';
import type { Explaining } from '../errors/explain-issue.ts';
import type { EventDetail, StagedRetryEventName, StagedRetryEvents } from '../events.ts';
import { attachExplaining } from '../telemetry/explained.ts';
import { ownError } from '../telemetry/own-error.ts';
import { copied } from '../trace/copied.ts';
import type { Run } from './run.ts';

/** Gives each sink an event of its own, so that one which changes it affects neither the run nor the other sinks. */
export function tellSinks<NAME extends StagedRetryEventName>(
  { id, sinks, callOptions: { metadata } }: Run,
  name: NAME,
  detail: EventDetail<NAME>,
  explaining?: Explaining,
): void {
  const identity = metadata === undefined ? { runId: id } : { runId: id, metadata };
  for (const sink of sinks) {
    try {
      const event = ownMembers({ ...identity, ...detail }) as unknown as StagedRetryEvents[NAME]; // its detail and whose it is
      if (explaining !== undefined) attachExplaining(event, explaining);
      const returned: unknown = sink.emit(name, event);
      if (isPromiseLike(returned)) Promise.resolve(returned).catch(() => {});
    } catch {
      // A failing listener is the caller's problem.
    }
  }
}

/** Copied one by one: what a tool got or returned may contain itself. */
function ownMembers(event: object): object {
  const own: Record<string, unknown> = { ...event };
  for (const name in own) own[name] = name === 'error' ? ownError(copied(own[name])) : copied(own[name]);
  return own;
}

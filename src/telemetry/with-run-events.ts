import { InvalidArgumentError } from '@ai-sdk/provider';
import type { EventSink } from '../events.ts';
import { type AsyncContext, asyncContext } from './async-context.ts';

let context: AsyncContext<readonly EventSink[]> | undefined;

/**
 * Sends a sink the events of all runs that begin within `code`, including those of agents and of streams that are read
 * later.
 *
 * @throws InvalidArgumentError if the first argument is not a sink, if the second is not a function, or if the runtime has
 * no `AsyncLocalStorage`.
 * @example
 * const result = await withRunEvents(events, () => generateText({ model, prompt }));
 */
export function withRunEvents<RESULT>(events: EventSink, code: () => RESULT): RESULT {
  if (typeof events?.emit !== 'function')
    throw invalid('The first argument must have emit(name, event), as createEmitter() has.');
  if (typeof code !== 'function') throw invalid('The second argument must be a function: () => generateText({ … }).');
  context ??= asyncContext();
  if (context === undefined) {
    throw invalid(
      'This runtime has no AsyncLocalStorage (Cloudflare Workers need the flag nodejs_als). Use the option events instead, and tell runs apart by runId.',
    );
  }
  return context.run([...contextualSinks(), events], code);
}

/** The sinks of the `withRunEvents` around the caller. */
export function contextualSinks(): readonly EventSink[] {
  return context?.get() ?? [];
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'events', message: `withRunEvents: ${message}` });
}

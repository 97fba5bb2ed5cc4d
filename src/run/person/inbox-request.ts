import type { Run } from '../../context/run.ts';
import type { Inbox } from '../../escalation/inbox.ts';
import { requestKey } from '../../escalation/request-key.ts';
import { isHuman } from '../../stages/human.ts';

/** The key of a run's request in an inbox. */
export function keyOf(run: Run): Promise<string> {
  const { model, params, callOptions, state } = run;
  state.requestKey ??= requestKey({ scope: scopeOf(run), model, params, resumeKey: callOptions.resumeKey });
  return state.requestKey;
}

/** A call without a scope was refused before the run began. */
export function scopeOf({ scope }: Run): string {
  return scope ?? 'public';
}

/** The inboxes of the human stages, each once. */
export function inboxesOf({ settings }: Run): readonly Inbox[] {
  return [...new Set(settings.ladder.filter(isHuman).map(({ inbox }) => inbox))];
}

import type { Run, RunStart } from '../context/run.ts';
import { requestText } from '../escalation/request-key.ts';
import type { StreamResult } from '../model/language-model.ts';
import type { Settings } from '../options/settings.ts';

/**
 * The SDK's `streamRetries` starts the model again after an `error` part, cancelling our stream with the very error we
 * emitted. The same request within a second is that repeat: it gets the error at once instead of climbing again.
 */
const repeatWindowMs = 1000;
const maxRemembered = 100;
const remembered: Remembered[] = [];

interface Remembered {
  readonly request: string;
  readonly error: unknown;
  /** Whether the stream broke off with it. */
  readonly isBroken: boolean;
  readonly until: number;
  /** The settings of the wrapped model. Two wrapped models may have the same model id. */
  readonly settings: Settings;
}

export function rememberEmitted(run: Run, error: unknown, isBroken: boolean): void {
  const until = run.settings.effects.now() + repeatWindowMs;
  const request = textOf(run);
  if (request === undefined) return;
  remembered.push({ request, error, isBroken, until, settings: run.settings });
  if (remembered.length > maxRemembered) remembered.shift();
}

/**
 * Throws the error that a repeated request ended with, once. The SDK does not repeat a call that rejects, but keeps what it
 * has of its text as if it were whole: what broke off breaks off again.
 */
export function rejectRepeated(
  start: Pick<RunStart, 'settings' | 'model' | 'params' | 'callOptions'>,
): StreamResult | undefined {
  if (remembered.length === 0) return;
  const now = start.settings.effects.now();
  while (remembered[0] !== undefined && remembered[0].until < now) remembered.shift();
  if (remembered.length === 0) return;
  const request = textOf({ ...start, scope: start.callOptions.scope ?? start.settings.scope });
  const index = remembered.findIndex((entry) => entry.settings === start.settings && entry.request === request);
  if (request === undefined || index === -1) return;
  const [repeated] = remembered.splice(index, 1);
  if (repeated?.isBroken !== true) throw repeated?.error;
  return { stream: new ReadableStream({ start: (controller) => controller.error(repeated.error) }) };
}

/** The key of a request; `undefined` if it is not plain JSON. */
function textOf(call: Pick<Run, 'scope' | 'model' | 'params' | 'callOptions'>): string | undefined {
  const { scope = '', model, params, callOptions } = call;
  try {
    const { runId = '', resumeKey } = callOptions;
    return `${runId}\n${requestText({ scope, model, params, resumeKey })}`;
  } catch {
    return undefined;
  }
}

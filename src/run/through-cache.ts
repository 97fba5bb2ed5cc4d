import { modelAnswer, toCandidate } from '../answers/candidate.ts';
import type { Cache } from '../cache/cache.ts';
import { cachedResult, type Entry } from '../cache/entry.ts';
import type { Made, MissReason, Served } from '../cache/served.ts';
import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { addRunUsage } from '../context/spent.ts';
import { isBudgetExceeded, isProviderFailed, isStagesExhausted } from '../errors/known.ts';
import { detachedFromItem } from '../feedback/item-ids.ts';
import type { ContentPart } from '../model/language-model.ts';
import type { CacheReport } from '../trace/cache-report.ts';
import type { History } from '../trace/history.ts';
import type { Usage } from '../trace/usage.ts';
import type { Outcome } from './ends/outcome.ts';

/**
 * The answer that was accepted for an equal call before, or what `climb` comes to, which is kept when it was accepted.
 * Attempts inside a run never read the cache.
 */
export function throughCache(run: Run, climb: () => Promise<Outcome>): Promise<Outcome> {
  const { cache } = run.settings;
  return cache === undefined ? climb() : servedBy(cache, run, climb);
}

async function servedBy(cache: Cache, run: Run, climb: () => Promise<Outcome>): Promise<Outcome> {
  const { cache: mode = 'default', maxAgeMs } = run.callOptions;
  if (mode === 'bypass') {
    run.state.cache = { status: 'bypass' };
    return await climb();
  }
  run.state.cache = { status: mode === 'refresh' ? 'refresh' : 'miss' };
  const key = await keyOf(run);
  if (key === undefined) {
    emit(run, 'cache-miss', { reason: 'no-key' });
    return await climb();
  }
  const call = {
    key,
    maxAgeMs,
    signal: run.abortSignal,
    specificationVersion: run.model.specificationVersion,
    onMiss: (reason: MissReason) => emit(run, 'cache-miss', { reason }),
  };
  const make = async () => madeOf(await climb());
  return await outcomeOf(run, await (mode === 'refresh' ? cache.refresh(call, make) : cache.serve(call, make)));
}

/** A call that has no key is answered without the cache. A call without a scope was refused before the run began. */
async function keyOf({ settings, scope = '', model, params }: Run): Promise<string | undefined> {
  try {
    return await settings.cache?.keyOf({ scope, model, params });
  } catch {
    return undefined;
  }
}

function madeOf(outcome: Outcome): Made<Outcome> {
  const mayKeep = outcome.type === 'accepted' && whyNotKept(outcome) === undefined;
  return { result: outcome, entry: mayKeep ? entryOf(outcome) : undefined };
}

/** Why an accepted answer is not kept: the checks did not accept it, or it is not a finished one but a step of an agent, say. */
function whyNotKept({ attempt, candidate, history }: Outcome): CacheReport['notKept'] {
  const decision = history.findLast((entry) => entry.type === 'decision')?.decision;
  const isForced = decision?.type === 'edit' && decision.force === true;
  if (isForced || attempt?.verdict.type !== 'pass') return 'forced';
  const { finishReason, content } = candidate.result;
  if (content.some(isOfTool)) return 'tool-call';
  return finishReason.unified === 'stop' ? undefined : 'unfinished';
}

function isOfTool({ type }: ContentPart): boolean {
  return type === 'tool-call' || type === 'tool-result' || type === 'tool-approval-request';
}

function entryOf({ candidate, attempt }: Outcome): Omit<Entry, 'createdAt'> | undefined {
  if (attempt === undefined) return undefined;
  const { number, stage, model, fixes, startedAt, durationMs } = attempt;
  const read = fixes === undefined ? {} : { fixes };
  return { result: cachedResult(candidate.result), attempt: { number, stage, model, ...read, startedAt, durationMs } };
}

async function outcomeOf(run: Run, served: Served<Outcome>): Promise<Outcome> {
  if (served.type === 'miss') return noted(run, served.result, served.isLost === true);
  const { entry, ageMs, type: status, error } = served;
  const { usage } = entry.result;
  // Another conversation cannot refer to what the provider stored for the first one.
  const result = { ...entry.result, content: entry.result.content.map(detachedFromItem), warnings: [] };
  const candidate = toCandidate(modelAnswer(result), { needsJson: false });
  const { text } = candidate.answer;
  // A stream that has shown something else cannot take it back.
  if (run.live !== undefined && run.live.text.disagreement(text) !== undefined) throw error;
  run.state.cache = { status, ageMs };
  addRunUsage(run, nothingUsed);
  emit(run, 'cache-hit', { ageMs, status });
  return {
    type: 'accepted',
    candidate,
    attempt: { type: 'attempt', ...entry.attempt, text, verdict: { type: 'pass' }, usage },
    history: historyBefore(run, error),
  };
}

/** Notes in the report why an accepted answer was not kept. */
function noted(run: Run, outcome: Outcome, isLost: boolean): Outcome {
  const notKept =
    outcome.type === 'accepted' ? (whyNotKept(outcome) ?? (isLost ? 'store-failed' : undefined)) : undefined;
  if (notKept !== undefined && run.state.cache !== undefined) run.state.cache = { ...run.state.cache, notKept };
  return outcome;
}

/** What happened before a stale answer was served, if it was. */
function historyBefore({ state }: Run, error: unknown): History {
  const { unowned } = state;
  if (unowned !== undefined) return [unowned];
  return isStagesExhausted(error) || isBudgetExceeded(error) || isProviderFailed(error) ? error.history : [];
}

/** The usage of an answer without a model call. */
const nothingUsed: Usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

import { modelAnswer, toCandidate } from '../answers/candidate.ts';
import type { Cache } from '../cache/cache.ts';
import { cachedResult, type Entry } from '../cache/entry.ts';
import type { Made, MissReason, Served } from '../cache/served.ts';
import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { addRunUsage } from '../context/spent.ts';
import { detachedFromItem } from '../feedback/item-ids.ts';
import type { ContentPart } from '../model/language-model.ts';
import type { Usage } from '../trace/usage.ts';
import type { Outcome } from './outcome.ts';

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
  return { result: outcome, entry: mayKeep(outcome) ? entryOf(outcome) : undefined };
}

/** Whether the checks accepted it, and it is a finished answer, not a step of an agent. */
function mayKeep({ type, attempt, candidate, history }: Outcome): boolean {
  if (type !== 'accepted' || attempt?.verdict.type !== 'pass') return false;
  const decision = history.findLast((entry) => entry.type === 'decision')?.decision;
  if (decision?.type === 'edit' && decision.force === true) return false;
  const { finishReason, content } = candidate.result;
  return finishReason.unified === 'stop' && !content.some(isOfTool);
}

function isOfTool({ type }: ContentPart): boolean {
  return type === 'tool-call' || type === 'tool-result' || type === 'tool-approval-request';
}

function entryOf({ candidate, attempt }: Outcome): Omit<Entry, 'createdAt'> | undefined {
  if (attempt === undefined) return undefined;
  const { number, stage, model, startedAt, durationMs } = attempt;
  return { result: cachedResult(candidate.result), attempt: { number, stage, model, startedAt, durationMs } };
}

async function outcomeOf(run: Run, served: Served<Outcome>): Promise<Outcome> {
  if (served.type === 'miss') return served.result;
  const { entry, ageMs, type: status } = served;
  run.state.cache = { status, ageMs };
  addRunUsage(run, nothingUsed);
  emit(run, 'cache-hit', { ageMs, status });
  const { usage } = entry.result;
  // Another conversation cannot refer to what the provider stored for the first one.
  const result = { ...entry.result, content: entry.result.content.map(detachedFromItem), warnings: [] };
  const candidate = toCandidate(modelAnswer(result), { needsJson: false });
  const { text } = candidate.answer;
  return {
    type: 'accepted',
    candidate,
    attempt: { type: 'attempt', ...entry.attempt, text, verdict: { type: 'pass' }, usage },
    history: [],
  };
}

/** The usage of an answer without a model call. */
const nothingUsed: Usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};
